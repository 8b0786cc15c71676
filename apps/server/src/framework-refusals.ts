import type { Problem } from '@holdfast/contract/api';
import { SERVER_FAILURES } from './failures.ts';

/** What is said of a request that was refused before any operation saw it, by its HTTP status. */
export function frameworkProblem(status: number): Problem {
  const [message, hint, code = SERVER_FAILURES.badRequest] = WORDS[status] ?? UNREADABLE;
  return { code, message, hint };
}

type Words = readonly [message: string, hint: string, code?: string];

const RELOAD = 'Reload the page: it may be from an older version.';

const UNREADABLE: Words = ['What was sent cannot be read', RELOAD];

const WORDS: Readonly<Record<number, Words>> = {
  400: UNREADABLE,
  408: [
    'What was sent did not arrive in time',
    'Check the network between here and Holdfast, then try again.',
  ],
  413: ['What was sent is too large', 'Choose less at a time.', SERVER_FAILURES.tooLarge],
  414: ['This address is too long', 'Go back, and choose less at a time.', SERVER_FAILURES.tooLarge],
  415: ['What was sent is no JSON, or does not say that it is', RELOAD],
  431: [
    'The head of what was sent is too large',
    'Remove the cookies of this address in the browser, then reload the page.',
    SERVER_FAILURES.tooLarge,
  ],
};
