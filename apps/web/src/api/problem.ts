import type { Problem } from '@holdfast/contract/api';

/** Why an operation did not answer: what the server said, or `web/server-gone` where nothing did. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly hint: string | undefined;
  /** The status of the answer; 0 where there was none. */
  readonly status: number;

  constructor(problem: Problem, status: number, cause?: unknown) {
    super(problem.message, { cause });
    this.code = problem.code;
    this.hint = problem.hint;
    this.status = status;
  }
}

/** What is shown of anything that was thrown. */
export function problemOf(thrown: unknown): Problem {
  if (!(thrown instanceof Refusal)) return UNEXPECTED;
  const { code, message, hint } = thrown;
  return { code, message, ...(hint !== undefined && { hint }) };
}

/** True where nothing answered at all. */
export const isServerGone = (thrown: unknown): boolean =>
  thrown instanceof Refusal && thrown.code === SERVER_GONE.code;

/** True where the browser must come in first. */
export const isShutOut = (thrown: unknown): boolean => thrown instanceof Refusal && thrown.status === 401;

/** The refusal that an answer other than 2xx is, whatever its text. */
export function refusalOf(status: number, text: string): Refusal {
  return new Refusal(readProblem(text) ?? unreadable(status), status);
}

/** The refusal where nothing answered. */
export const serverGone = (cause: unknown): Refusal => new Refusal(SERVER_GONE, 0, cause);

/** The refusal where something answered that is not Holdfast, or not this version of it. */
export const notUnderstood = (cause: unknown): Refusal => new Refusal(NOT_UNDERSTOOD, 200, cause);

const SERVER_GONE: Problem = {
  code: 'web/server-gone',
  message: 'Holdfast does not answer.',
  hint: 'Start it again on the computer it runs on. This page goes on by itself.',
};

const NOT_UNDERSTOOD: Problem = {
  code: 'web/not-understood',
  message: 'The answer was not one of Holdfast.',
  hint: 'Load this page again.',
};

const UNEXPECTED: Problem = {
  code: 'web/unexpected',
  message: 'Something went wrong in this page.',
  hint: 'Load the page again. What is backed up is not touched by this.',
};

const unreadable = (status: number): Problem => ({
  code: 'web/refused',
  message: `Holdfast refused this (${status}).`,
  hint: 'Load this page again, and try once more.',
});

function readProblem(text: string): Problem | undefined {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null) return undefined;
    const { code, message, hint } = read as Readonly<Record<string, unknown>>;
    if (typeof code !== 'string' || typeof message !== 'string') return undefined;
    return { code, message, ...(typeof hint === 'string' && { hint }) };
  } catch {
    return undefined;
  }
}
