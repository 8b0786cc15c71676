import type { ReasonCode } from '@holdfast/contract';
import { Failure, failureFrom, PASSES, plainText, type SystemRefusal } from '@holdfast/kernel';
import { byteLength, LONGEST_NAME, split } from '@holdfast/local-files';
import { DEVICE_FAILURES } from '#failures.ts';

const REASON_OF: Readonly<Record<string, ReasonCode>> = {
  ENOENT: 'vanished',
  ENOTDIR: 'vanished',
  ESTALE: 'vanished',
  EACCES: 'access-denied',
  EPERM: 'access-denied',
  ENAMETOOLONG: 'path-too-long',
  // Opened without following links and without waiting: a link, or a socket, took the file's place.
  ELOOP: 'changed-while-reading',
  ENXIO: 'changed-while-reading',
};

/** Why an item could not be read, from the `E…` code that the system gave for its path. */
export const reasonOf = (errno: string): ReasonCode => REASON_OF[errno] ?? 'read-error';

const FULL: SystemRefusal = {
  code: DEVICE_FAILURES.full,
  says: 'There is no room left for',
  hint: 'Free some space on the drive, then run it again.',
  retry: 'later',
};
const DENIED: SystemRefusal = {
  code: DEVICE_FAILURES.accessDenied,
  says: 'The system does not allow access to',
  hint: 'Give the account that runs this access to it.',
};
const READ_ONLY: SystemRefusal = {
  code: DEVICE_FAILURES.readOnly,
  says: 'The drive is read-only, so nothing can be changed at',
  hint: 'Make the drive writable (a damaged one is often switched to read-only: check it first), or choose another.',
};
const IN_THE_WAY: SystemRefusal = {
  code: DEVICE_FAILURES.inTheWay,
  says: 'Something else is in the way at',
  hint: 'Move it away, or choose another folder.',
};
const NAME_TOO_LONG: SystemRefusal = {
  code: DEVICE_FAILURES.nameTooLong,
  says: 'The name is longer than the drive can hold at',
  hint: 'Choose a drive with another file system.',
};
const PATH_TOO_LONG: SystemRefusal = {
  code: DEVICE_FAILURES.pathTooLong,
  says: 'The path is longer than this system can open:',
  hint: 'Choose a folder with a shorter path.',
};
const NAME_REFUSED: SystemRefusal = {
  code: DEVICE_FAILURES.nameRefused,
  says: 'The drive cannot hold a file of this name:',
  hint: 'Choose a drive with another file system: FAT and exFAT, for example, have no names with ":" or "?".',
};
const VANISHED: SystemRefusal = {
  code: DEVICE_FAILURES.vanished,
  says: 'It is gone:',
  hint: 'Make sure that the drive is connected and that nothing else moves files there, then run it again.',
  retry: 'later',
};
const PASSING: SystemRefusal = {
  code: DEVICE_FAILURES.io,
  says: 'The drive failed to answer for',
  hint: 'Check the cable and the health of the drive, then run it again.',
  retry: 'later',
};
const LASTING: SystemRefusal = {
  code: DEVICE_FAILURES.io,
  says: 'The system refused',
  hint: 'Check the drive and its file system.',
};

const REFUSALS: Readonly<Record<string, SystemRefusal>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: READ_ONLY,
  EEXIST: IN_THE_WAY,
  ENOTEMPTY: IN_THE_WAY,
  EISDIR: IN_THE_WAY,
  ENOTDIR: IN_THE_WAY,
  ELOOP: IN_THE_WAY,
  ENXIO: IN_THE_WAY,
  EINVAL: NAME_REFUSED,
  EILSEQ: NAME_REFUSED,
  ENOENT: VANISHED,
  ESTALE: VANISHED,
};

/** The `Failure` for a system error about a path, with the path in `details`; anything else untouched. */
export const failureOf = (error: unknown, path: string): unknown =>
  failureFrom(error, path, (errno) => refusalOf(errno, path));

/** `devices/in-the-way`, for what was seen before it was touched. */
export const inTheWay = (path: string, what: string): Failure =>
  new Failure(IN_THE_WAY.code, `A ${what} is in the way at ${plainText(path)}`, {
    hint: IN_THE_WAY.hint,
    details: { path, what },
  });

/** `devices/name-refused`, for a link that says it leads to a name with a NUL in it. */
export const linkRefused = (path: string): Failure =>
  new Failure(DEVICE_FAILURES.nameRefused, `No system can hold what the link says, at ${plainText(path)}`, {
    hint: 'Do not trust this backup: no phone or file system has such links. Everything else in it can be restored.',
    details: { path },
  });

/** `devices/no-hard-links`: the file's content can be written under the name instead. */
export const noHardLinks = (path: string, cause: unknown): Failure =>
  new Failure(
    DEVICE_FAILURES.noHardLinks,
    `The drive cannot give a file a second name at ${plainText(path)}`,
    {
      hint: 'Choose a drive with another file system, or give each name its own copy.',
      details: { path },
      cause,
    },
  );

function refusalOf(errno: string, path: string): SystemRefusal {
  if (errno === 'ENAMETOOLONG')
    return byteLength(split(path).name) > LONGEST_NAME ? NAME_TOO_LONG : PATH_TOO_LONG;
  return REFUSALS[errno] ?? (PASSES.has(errno) ? PASSING : LASTING);
}
