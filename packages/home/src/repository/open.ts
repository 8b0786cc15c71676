import { Failure, isFailure } from '@holdfast/kernel';
import type { OpenRepository } from '@holdfast/repository';
import { isThere, openRepository } from '@holdfast/repository/opening';
import { LocalStore } from '@holdfast/store';
import { HOME_FAILURES } from '#failures.ts';
import type { Host } from '#host.ts';
import { givenPassword, homePasswords, type Password, settleNewPassword } from '#password/password.ts';
import { homeOf, type RepositoryPlace, repositoryPlace } from '#place/home.ts';
import { surroundingsOf } from './surroundings.ts';

/** A repository and the password that opened it. */
export interface Opened {
  readonly repository: OpenRepository;
  readonly password: Password;
  readonly place: RepositoryPlace;
}

/**
 * Opens the repository that options, variables or the home folder name; creates nothing.
 *
 * Fails with `repository/missing`, `repository/wrong-password` and `home/no-password`, each with what to do.
 */
export async function openHere(host: Host): Promise<Opened> {
  const place = repositoryPlace(host);
  const store = new LocalStore(place.path);
  if (!(await isThere(store, host.signal))) throw await missingHere(host, place);
  return openWith(host, place, await passwordsHere(host, place));
}

/** The passwords to try: the one that was given, else the home folder's, else one that is asked for. Fails with `home/no-password`. */
export async function passwordsHere(host: Host, place: RepositoryPlace): Promise<readonly Password[]> {
  const given = await givenPassword(host);
  const candidates = given === undefined ? await homePasswords(host) : [given];
  return candidates.length === 0 ? [await askPassword(host, place)] : candidates;
}

/** Opens with the first password that fits; one that was about to become the home folder's then does. */
export async function openWith(
  host: Host,
  place: RepositoryPlace,
  candidates: readonly Password[],
): Promise<Opened> {
  const store = new LocalStore(place.path);
  let refusal: unknown;
  for (const password of candidates) {
    try {
      const settings = { ...surroundingsOf(host), onTrying: () => host.tell.trying?.() };
      const repository = await openRepository(store, password.text, settings, host.signal);
      if (password.from.kind === 'home-new') await settleNewPassword(host);
      return { repository, password, place };
    } catch (error) {
      if (!isFailure(error, 'repository/wrong-password')) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

/** Why there is no repository, and what to do: in the home folder it depends on what else is there. */
async function missingHere(host: Host, { path, isDefault }: RepositoryPlace): Promise<Failure> {
  const details = { location: path };
  const message = `There is no repository at ${path}`;
  if (!isDefault) {
    return new Failure('repository/missing', message, {
      hint: 'Correct the path or connect the drive; "holdfast init" with the same --repository creates a new one there.',
      details,
    });
  }
  const hasPassword = (await homePasswords(host)).some(({ from }) => from.kind === 'home');
  if (hasPassword) return lostRepository(path, homeOf(host).password);
  return new Failure('repository/missing', `${message} yet`, {
    hint: 'Run "holdfast backup FOLDER" (it creates one), or name another one with --repository.',
    details,
  });
}

/** The `Failure` for a home folder whose password is there and whose repository is not. */
export function lostRepository(path: string, password: string): Failure {
  return new Failure(
    'repository/missing',
    `There is no repository at ${path}, though its password is at ${password}`,
    {
      hint: `If it was moved, name its place with --repository; to begin a new one with that password, run "holdfast init".`,
      details: { location: path },
    },
  );
}

async function askPassword(host: Host, { path, isDefault }: RepositoryPlace): Promise<Password> {
  const text = (await host.askPassword?.(`Password of the repository at ${path}: `)) ?? '';
  if (text !== '') return { text, from: { kind: 'typed' } };
  const file = homeOf(host).password;
  throw new Failure(
    HOME_FAILURES.noPassword,
    `Nothing says what the password of the repository at ${path} is`,
    {
      hint: isDefault
        ? `Put the password from your recovery kit into ${file}.`
        : `Give it with --password-file, HOLDFAST_PASSWORD_FILE or HOLDFAST_PASSWORD, or put it into ${file}.`,
      details: { location: path },
    },
  );
}
