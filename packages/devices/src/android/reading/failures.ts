import type { RemoteProblem } from '@holdfast/adb';
import type { ReasonCode } from '@holdfast/contract';
import { Failure, type FailureOptions, plainText } from '@holdfast/kernel';
import { DEVICE_FAILURES } from '#failures.ts';
import { reasonOf } from '#folder/errno.ts';

interface Wording {
  readonly code: string;
  readonly says: string;
  readonly hint: string;
}

const DENIED: Wording = {
  code: DEVICE_FAILURES.accessDenied,
  says: 'Android keeps this closed to computers:',
  hint: 'Nothing can be done: no computer can read it without an app or root on the phone.',
};
const VANISHED: Wording = {
  code: DEVICE_FAILURES.vanished,
  says: 'It is gone from the phone:',
  hint: 'Nothing, if it was deleted on purpose; otherwise back up again.',
};
const TOO_LONG: Wording = {
  code: DEVICE_FAILURES.pathTooLong,
  says: 'The path is longer than the phone can open:',
  hint: 'Shorten the names of its folders on the phone.',
};
const BROKEN: Wording = {
  code: DEVICE_FAILURES.io,
  says: 'The phone failed to read',
  hint: 'Look at the file on the phone; if it is on a memory card, check that.',
};

const WORDINGS: Readonly<Record<string, Wording>> = {
  EACCES: DENIED,
  EPERM: DENIED,
  ENOENT: VANISHED,
  ENOTDIR: VANISHED,
  ENAMETOOLONG: TOO_LONG,
};

/** The `devices/…` failure for what a phone said of a file, with its path, the errno where there was one, and the reason. */
export function unreadable(path: string, { errno, said }: RemoteProblem, cause?: unknown): Failure {
  const { code, says, hint } = WORDINGS[errno] ?? BROKEN;
  return failure(code, `${says} ${plainText(path)} (${plainText(said)})`, path, reasonOf(errno), {
    hint,
    ...(errno !== 'unknown' && { details: { errno } }),
    cause,
  });
}

/** `devices/not-a-file`: something else has the name now. */
export const notAFile = (path: string): Failure =>
  failure(DEVICE_FAILURES.notAFile, `There is no content to read at ${plainText(path)}`, path, 'vanished', {
    hint: 'Back up again: something else has taken its name on the phone.',
  });

/** `devices/changed-while-reading`. */
export const changed = (path: string): Failure =>
  failure(
    DEVICE_FAILURES.changedWhileReading,
    `It changed on the phone while it was read: ${plainText(path)}`,
    path,
    'changed-while-reading',
    { retry: 'later', hint: 'Close the app that writes it, then back up again.' },
  );

const failure = (
  code: string,
  message: string,
  path: string,
  reason: ReasonCode,
  options: FailureOptions,
): Failure => new Failure(code, message, { ...options, details: { path, reason, ...options.details } });
