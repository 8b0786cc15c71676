import type { Problem } from '@holdfast/contract/api';
import { type Failure, isFailure, plainText } from '@holdfast/kernel';
import type { FastifyError } from 'fastify';
import { SERVER_FAILURES } from './failures.ts';
import { frameworkProblem } from './framework-refusals.ts';

/** An HTTP status, and what is said with it. */
export interface Refusal {
  readonly status: number;
  readonly problem: Problem;
}

const STATUSES: Readonly<Record<string, number>> = {
  [SERVER_FAILURES.badRequest]: 400,
  [SERVER_FAILURES.noSession]: 401,
  [SERVER_FAILURES.badLink]: 403,
  [SERVER_FAILURES.wrongPassword]: 403,
  [SERVER_FAILURES.foreign]: 403,
  [SERVER_FAILURES.unknown]: 404,
  [SERVER_FAILURES.gone]: 410,
  [SERVER_FAILURES.conflict]: 409,
  [SERVER_FAILURES.tooLarge]: 413,
  [SERVER_FAILURES.noSuchBytes]: 416,
  [SERVER_FAILURES.tooManyTries]: 429,
  'contents/bad-page': 400,
};

/** What was named is not there. */
const NOT_THERE =
  /\/(no-such-path|no-snapshot|missing-folder|unknown-device|no-key|missing-entry|missing-thread)$/;

/**
 * What is answered for a `Failure` or a refusal of the framework, always with what to do; `undefined` for a bug. Never a stack trace, never a cause.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  if (isFailure(error)) {
    const status = statusOf(error);
    const problem = problemOf(error);
    return { status, problem: { ...problem, hint: problem.hint ?? wayOut(status) } };
  }
  if (!(error instanceof Error)) return undefined;
  const { statusCode } = error as FastifyError;
  if (statusCode === undefined || statusCode < 400 || statusCode >= 500) return undefined;
  return { status: statusCode, problem: frameworkProblem(statusCode) };
}

/** What to do where the failure itself does not know. */
function wayOut(status: number): string {
  if (status === 404) return 'Go back and reload the page: it may have been removed.';
  return status === 503
    ? 'Try again in a minute.'
    : 'Reload the page, then try again. If it happens again, send the diagnostics from Settings.';
}

/** What to do in the app, where the failure itself names commands. */
const HINTS_HERE: Readonly<Record<string, string>> = {
  'repository/missing':
    'Connect the drive it is on. If it was moved, start Holdfast with its new place (--repository).',
  'repository/wrong-password':
    'Put the password from your recovery kit into the password file. If Holdfast was started with a password, start it again with the right one.',
  'repository/nearly-full':
    'Free some space on that drive, or press “See what would be removed” in Repository; then try again. What is stored stays stored.',
  'repository/missing-pack': 'Press “Check everything” in Repository: the list says which backups need them.',
  'catalog/damaged':
    'Press “Make the ledger again” in Repository: what it holds is read from the backups, which are not touched.',
  'repository/no-snapshot': 'Backups lists those that there are.',
};

/** A `Failure` as the API tells it. */
export function problemOf({ code, message, hint }: Failure): Problem {
  const here = HINTS_HERE[code] ?? hint;
  return {
    code,
    message: plainText(message, 1000),
    ...(here !== undefined && { hint: plainText(here, 1000) }),
  };
}

/** What is said of an error that nobody foresaw. */
export const BUG: Refusal = {
  status: 500,
  problem: {
    code: SERVER_FAILURES.bug,
    message: 'Something went wrong inside Holdfast',
    hint: 'Try again. If it happens again, send the diagnostics from Settings with what you did.',
  },
};

function statusOf({ code, retry }: Failure): number {
  const status = STATUSES[code];
  if (status !== undefined) return status;
  if (NOT_THERE.test(code)) return 404;
  return retry === 'later' ? 503 : 409;
}
