import { lstat, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf, Failure, toHex } from '@holdfast/kernel';
import type { OpenRepository } from '@holdfast/repository';
import { createRepository, isThere } from '@holdfast/repository/opening';
import { LocalStore, MemoryStore, syncFolder } from '@holdfast/store';
import type { Host } from '#host.ts';
import { newPassword } from '#password/new-password.ts';
import { givenPassword, homePasswords, type Password } from '#password/password.ts';
import { homeOf, type RepositoryPlace, repositoryPlace } from '#place/home.ts';
import { cannot, makePrivateFolder, writePrivateFile } from '#place/private-file.ts';
import { lostRepository, type Opened, openHere, openWith } from './open.ts';
import { surroundingsOf } from './surroundings.ts';

/**
 * Opens the repository; in the home folder, creates it first where there is none, with a random password, and says so.
 *
 * A place that somebody named is never created here: it may be a slip, or a drive that is not connected.
 */
export async function openOrCreate(host: Host): Promise<Opened> {
  const place = repositoryPlace(host);
  const store = new LocalStore(place.path);
  if (!place.isDefault || (await isThere(store, host.signal))) return openHere(host);
  const given = await givenPassword(host);
  const old = (await homePasswords(host)).find(({ from }) => from.kind === 'home');
  if (given === undefined && old !== undefined) {
    // Between the two looks another run may have made both.
    if (await isThere(store, host.signal)) return openHere(host);
    throw lostRepository(place.path, homeOf(host).password);
  }
  return create(host, place, given, {});
}

/** As `openOrCreate`, for looking only: where one would be created, gives an empty one in memory, and nothing is written. */
export async function openOrPretend(host: Host): Promise<OpenRepository> {
  const place = repositoryPlace(host);
  const isNew = place.isDefault && !(await isThere(new LocalStore(place.path), host.signal));
  if (!isNew || (await homePasswords(host)).length > 0) return (await openHere(host)).repository;
  const password = newPassword(host.random);
  const settings = { ...surroundingsOf(host), passwordIs: 'random' } as const;
  return createRepository(new MemoryStore(), password, settings, host.signal);
}

/**
 * Creates a repository at the place that options, variables or the home folder name. Fails with `repository/exists`.
 *
 * The password is the one given, else the home folder's, else a new random one, which then becomes the home folder's.
 */
export async function createHere(host: Host, options: { readonly version?: 1 | 2 }): Promise<Opened> {
  const place = repositoryPlace(host);
  if (await isThere(new LocalStore(place.path), host.signal)) throw existing(place.path);
  const given = (await givenPassword(host)) ?? (await homePasswords(host))[0];
  return create(host, place, given, options);
}

async function create(
  host: Host,
  place: RepositoryPlace,
  given: Password | undefined,
  options: { readonly version?: 1 | 2 },
): Promise<Opened> {
  const home = homeOf(host);
  const isLed = await leadsElsewhere(place.path);
  await makePrivateFolder(home.folder);
  // The password is durable before anything is sealed with it.
  const password = given ?? (await keepNewPassword(host));
  const passwordIs = password.from.kind === 'home-new' ? 'random' : 'chosen';
  const settings = { ...surroundingsOf(host), ...options, passwordIs } as const;
  if (place.isDefault && !isLed) await createAside(place.path, password.text, host, settings);
  else await createRepository(new LocalStore(place.path), password.text, settings, host.signal);
  // Another run may have been first, with its own new password.
  const opened = await openWith(host, place, given === undefined ? await homePasswords(host) : [password]);
  host.tell.note(`Created an encrypted repository at ${place.path}.`);
  host.tell.note(
    password.from.kind === 'home' || password.from.kind === 'home-new'
      ? `Its password is in ${home.password}: without it nothing can be restored.`
      : 'Without its password nothing can be restored.',
  );
  host.tell.note('Run "holdfast recovery-kit --out FILE" and keep the kit somewhere else.\n');
  return opened;
}

/** True where the place is a symbolic link to a folder, on a drive as a rule: nothing can be put in the link's place. Fails where that is not there. */
async function leadsElsewhere(path: string): Promise<boolean> {
  const isLink = await lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  if (!isLink) return false;
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return true;
  throw new Failure('repository/missing', `${path} is a link to a folder that is not there`, {
    retry: 'later',
    hint: 'Connect the drive that it leads to, or make the link anew.',
    details: { location: path },
  });
}

/** A new random password, kept in the home folder; or the one that a run which was cut off had kept there. */
async function keepNewPassword(host: Host): Promise<Password> {
  const path = homeOf(host).newPassword;
  await writePrivateFile(path, `${newPassword(host.random)}\n`, host.random);
  const kept = (await homePasswords(host)).find(({ from }) => from.kind === 'home-new');
  if (kept === undefined) throw new Error(`${path} was written and is gone`);
  return kept;
}

/**
 * Creates a repository beside its place, then moves it there in one step: a run that is cut off leaves no half of one,
 * and of two runs at once one is first and the other finds its repository.
 */
async function createAside(
  path: string,
  password: string,
  host: Host,
  settings: Parameters<typeof createRepository>[2],
): Promise<void> {
  const aside = `${path}.${toHex(host.random(8))}.tmp`;
  try {
    await createRepository(new LocalStore(aside), password, settings, host.signal);
    await rename(aside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOTEMPTY' || errno === 'EEXIST') return;
    throw cannot('make', path, error);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

function existing(location: string): Failure {
  return new Failure('repository/exists', `There is a repository at ${location} already`, {
    hint: 'Use it as it is, or name another place with --repository.',
    details: { location },
  });
}
