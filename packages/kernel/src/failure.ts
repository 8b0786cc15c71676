/** Whether the same call may succeed if made again later without anything else changing first. */
export type Retry = 'never' | 'later';

/** What a `Failure` carries besides its code and sentence. */
export interface FailureOptions {
  /** Set where the error is known, not where it is caught. Default `never`. */
  readonly retry?: Retry;
  /** One imperative sentence: what the person can do. */
  readonly hint?: string;
  /** Facts for machines: no secrets, no contents. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  readonly cause?: unknown;
}

/**
 * The one error class: what a call throws when it cannot give its caller what was asked.
 *
 * `code` is `package/kebab-case`, listed in that package's `failures.ts` and never renamed once released.
 */
export class Failure extends Error {
  readonly code: string;
  readonly retry: Retry;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, string | number | boolean>>;

  constructor(code: string, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Failure';
    this.code = code;
    this.retry = options.retry ?? 'never';
    this.hint = options.hint;
    this.details = options.details ?? {};
  }
}

/**
 * True for a `Failure`, and with `code` only for that one.
 *
 * Looks at the shape, not at the class, so that it holds across worker threads and duplicated packages.
 */
export function isFailure(error: unknown, code?: string): error is Failure {
  if (!(error instanceof Error) || error.name !== 'Failure' || !('code' in error)) return false;
  return code === undefined || error.code === code;
}
