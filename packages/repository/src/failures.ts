import { Failure } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';

/** Every code this package throws; each is made by the function beside it. */
export const FAILURES = [
  'repository/missing',
  'repository/exists',
  'repository/wrong-password',
  'repository/locked',
  'repository/damaged',
  'repository/missing-blob',
  'repository/unreliable-store',
  'repository/no-snapshot',
  'repository/ambiguous',
  'repository/last-key',
  'repository/no-key',
  'repository/stopped',
] as const;

/** Nothing at that place is a repository. */
export const missingRepository = (location: string): Failure =>
  new Failure('repository/missing', `there is no repository at ${location}`, {
    hint: 'Check the path, or run "holdfast init" to create one there.',
    details: { location },
  });

/** A repository is there already. */
export const existingRepository = (location: string): Failure =>
  new Failure('repository/exists', `there is a repository at ${location} already`, {
    hint: 'Use it as it is, or choose another folder.',
    details: { location },
  });

/** No key file opens with this password. */
export const wrongPassword = (location: string): Failure =>
  new Failure('repository/wrong-password', `the password does not open the repository at ${location}`, {
    hint: 'Check the password file, or the password on your recovery kit.',
    details: { location },
  });

/** A file of the repository is not what was saved. */
export const damaged = (what: string, repair: string, cause?: unknown): Failure =>
  new Failure('repository/damaged', `${what} is damaged`, {
    hint: `Run "holdfast check", then "${repair}".`,
    cause,
  });

/** A blob that a snapshot needs is in no pack the index knows. */
export const missingBlob = (type: string, id: Id): Failure =>
  new Failure('repository/missing-blob', `${type} blob ${id.slice(0, 8)} is not in the repository`, {
    hint: 'Run "holdfast repair index", then "holdfast check".',
    details: { type, id },
  });

/** Bytes read back differ from the bytes written, again and again. */
export const unreliableStore = (location: string, pack: Id): Failure =>
  new Failure(
    'repository/unreliable-store',
    `pack ${pack.slice(0, 8)} was written to ${location} but reads back different`,
    {
      hint: 'Stop using this drive: check its cable and health, then back up to another one.',
      details: { location, pack },
    },
  );

/** The worker pool or the saver was closed while the call was waiting. */
export const stopped = (): Failure =>
  new Failure('repository/stopped', 'the work was stopped before this was done');
