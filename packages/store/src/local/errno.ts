import { Failure, failureFrom, PASSES, type SystemRefusal } from '@holdfast/kernel';
import { STORE_FAILURES } from '#failures.ts';

const FULL: SystemRefusal = {
  code: STORE_FAILURES.full,
  says: 'There is no room left for',
  hint: 'Free some space on the drive, then run it again.',
  retry: 'later',
};
const DENIED: SystemRefusal = {
  code: STORE_FAILURES.denied,
  says: 'The system does not allow access to',
  hint: 'Give the account that runs this access to the repository folder.',
};
const READ_ONLY: SystemRefusal = {
  code: STORE_FAILURES.readOnly,
  says: 'The drive is read-only, so nothing can be changed at',
  hint: 'Make the drive writable (a damaged one is often switched to read-only: check it first).',
};
const NOT_A_FILE: SystemRefusal = {
  code: STORE_FAILURES.notAFile,
  says: 'Something of the wrong kind is in the way at',
  hint: 'Move it out of the repository folder.',
};
const PASSING: SystemRefusal = {
  code: STORE_FAILURES.io,
  says: 'The drive failed to answer for',
  hint: 'Check the cable and the health of the drive, then run it again.',
  retry: 'later',
};
const VANISHED: SystemRefusal = {
  code: STORE_FAILURES.io,
  says: 'A folder was gone in the middle of writing',
  hint: 'Make sure that nothing else tidies up the repository folder, then run it again.',
  retry: 'later',
};
const LASTING: SystemRefusal = {
  code: STORE_FAILURES.io,
  says: 'The system refused',
  hint: 'Check that the drive and its file system can hold a repository.',
};

const REFUSALS: Readonly<Record<string, SystemRefusal>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: READ_ONLY,
  EEXIST: NOT_A_FILE,
  EISDIR: NOT_A_FILE,
  ENOTDIR: NOT_A_FILE,
  ELOOP: NOT_A_FILE,
  ENOENT: VANISHED,
  ENXIO: PASSING,
  ESTALE: PASSING,
};

/** The `Failure` for a system error about a path, with the path in `details`; anything else untouched. */
export const failureOf = (error: unknown, path: string): unknown => failureFrom(error, path, refusalOf);

/** `store/not-a-file`, for what opens but is a folder, a pipe or a device. */
export const notAFile = (path: string): Failure =>
  new Failure(NOT_A_FILE.code, `${NOT_A_FILE.says} ${path}`, { hint: NOT_A_FILE.hint, details: { path } });

const refusalOf = (errno: string): SystemRefusal =>
  REFUSALS[errno] ?? (PASSES.has(errno) ? PASSING : LASTING);
