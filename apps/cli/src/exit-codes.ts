import { HOME_FAILURES } from '@holdfast/home/failures';
import { isFailure } from '@holdfast/kernel';
import { CLI_FAILURES } from '#failures.ts';

/** What each exit status says, the same for every command unless its table has other words for it. */
export const EXIT_SENTENCES = {
  0: 'Done.',
  1: 'Failed: the message says what happened.',
  2: 'Wrong usage: nothing was done.',
  3: 'Done, but not for everything: the output names what is left.',
  10: 'There is no repository at that place.',
  11: 'The repository is locked by another program.',
  12: 'The password is wrong or missing.',
  130: 'Interrupted.',
} as const;

/** One of {@link EXIT_SENTENCES}. */
export type ExitCode = keyof typeof EXIT_SENTENCES;

const BY_FAILURE: Readonly<Record<string, ExitCode>> = {
  [CLI_FAILURES.usage]: 2,
  [HOME_FAILURES.badPlace]: 2,
  [HOME_FAILURES.badAddress]: 2,
  'repository/bad-duration': 2,
  'repository/empty-policy': 2,
  'devices/bad-pattern': 2,
  'repository/missing': 10,
  'store/absent': 10,
  'repository/locked': 11,
  'repository/wrong-password': 12,
  [HOME_FAILURES.noPassword]: 12,
  [HOME_FAILURES.passwordFile]: 12,
  [CLI_FAILURES.outputClosed]: 0,
  [CLI_FAILURES.interrupted]: 130,
};

/** The exit status for whatever ended a command. */
export function exitCodeOf(error: unknown): ExitCode {
  if (isFailure(error)) return BY_FAILURE[error.code] ?? 1;
  return error instanceof Error && error.name === 'AbortError' ? 130 : 1;
}
