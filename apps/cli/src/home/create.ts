import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf, Failure, toHex } from '@holdfast/kernel';
import { createRepository, isThere, type OpenRepository } from '@holdfast/repository';
import { LocalStore, MemoryStore, syncFolder } from '@holdfast/store';
import type { Context } from '#context.ts';
import { homeOf, type RepositoryPlace, repositoryPlace } from './home.ts';
import { newPassword } from './new-password.ts';
import { lostRepository, type Opened, openHere, openWith } from './open.ts';
import { givenPassword, homePasswords, type Password } from './password.ts';
import { cannot, makePrivateFolder, writePrivateFile } from './private-file.ts';
import { surroundingsOf } from './surroundings.ts';

/**
 * Opens the repository; in the home folder, creates it first where there is none, with a random password, and says so.
 *
 * A place that somebody named is never created here: it may be a slip, or a drive that is not connected.
 */
export async function openOrCreate(context: Context): Promise<Opened> {
  const { world, globals } = context;
  const place = repositoryPlace(world, globals);
  const store = new LocalStore(place.path);
  if (!place.isDefault || (await isThere(store, world.signal))) return openHere(context);
  const given = await givenPassword(world, globals);
  const old = (await homePasswords(world)).find(({ from }) => from.kind === 'home');
  if (given === undefined && old !== undefined) {
    // Between the two looks another run may have made both.
    if (await isThere(store, world.signal)) return openHere(context);
    throw lostRepository(place.path, homeOf(world).password);
  }
  return create(context, place, given, {});
}

/** As `openOrCreate`, for looking only: where one would be created, gives an empty one in memory, and nothing is written. */
export async function openOrPretend(context: Context): Promise<OpenRepository> {
  const { world, globals } = context;
  const place = repositoryPlace(world, globals);
  const isNew = place.isDefault && !(await isThere(new LocalStore(place.path), world.signal));
  if (!isNew || (await homePasswords(world)).length > 0) return (await openHere(context)).repository;
  const password = newPassword(world.random);
  const settings = { ...surroundingsOf(world), passwordIs: 'random' } as const;
  return createRepository(new MemoryStore(), password, settings, world.signal);
}

/**
 * Creates a repository at the place that options, variables or the home folder name. Fails with `repository/exists`.
 *
 * The password is the one given, else the home folder's, else a new random one, which then becomes the home folder's.
 */
export async function createHere(context: Context, options: { readonly version?: 1 | 2 }): Promise<Opened> {
  const { world, globals } = context;
  const place = repositoryPlace(world, globals);
  if (await isThere(new LocalStore(place.path), world.signal)) throw existing(place.path);
  const given = (await givenPassword(world, globals)) ?? (await homePasswords(world))[0];
  return create(context, place, given, options);
}

async function create(
  context: Context,
  place: RepositoryPlace,
  given: Password | undefined,
  options: { readonly version?: 1 | 2 },
): Promise<Opened> {
  const { world, screen } = context;
  const home = homeOf(world);
  await makePrivateFolder(home.folder);
  // The password is durable before anything is sealed with it.
  const password = given ?? (await keepNewPassword(context));
  const passwordIs = password.from.kind === 'home-new' ? 'random' : 'chosen';
  const settings = { ...surroundingsOf(world), ...options, passwordIs } as const;
  if (place.isDefault) await createAside(place.path, password.text, context, settings);
  else await createRepository(new LocalStore(place.path), password.text, settings, world.signal);
  // Another run may have been first, with its own new password.
  const opened = await openWith(
    context,
    place,
    given === undefined ? await homePasswords(world) : [password],
  );
  screen.note(`Created an encrypted repository at ${place.path}.`);
  screen.note(
    password.from.kind === 'home' || password.from.kind === 'home-new'
      ? `Its password is in ${home.password}: without it nothing can be restored.`
      : 'Without its password nothing can be restored.',
  );
  screen.note('Run "holdfast recovery-kit --out FILE" and keep the kit somewhere else.\n');
  return opened;
}

/** A new random password, kept in the home folder; or the one that a run which was cut off had kept there. */
async function keepNewPassword({ world }: Context): Promise<Password> {
  const path = homeOf(world).newPassword;
  await writePrivateFile(path, `${newPassword(world.random)}\n`, world.random);
  const kept = (await homePasswords(world)).find(({ from }) => from.kind === 'home-new');
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
  { world }: Context,
  settings: Parameters<typeof createRepository>[2],
): Promise<void> {
  const aside = `${path}.${toHex(world.random(8))}.tmp`;
  try {
    await createRepository(new LocalStore(aside), password, settings, world.signal);
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
