import { Failure, isFailure, type Retry } from './failure.ts';

/** An error as plain data: classes do not cross threads. */
export interface ErrorFields {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly retry?: Retry;
  readonly hint?: string;
  readonly details?: Failure['details'];
}

/** What another thread is to know of an error; causes stay behind. */
export function fieldsOf(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  const plain = { name, message, ...(stack !== undefined && { stack }) };
  if (!isFailure(error)) return plain;
  const { code, retry, hint, details } = error;
  return { ...plain, code, retry, details, ...(hint !== undefined && { hint }) };
}

/** The error again: a `Failure` with the same code and hint if it was one. */
export function errorFrom({ name, message, stack, code, retry, hint, details }: ErrorFields): Error {
  const isKnown = name === 'Failure' && code !== undefined;
  const error = isKnown
    ? new Failure(code, message, {
        ...(retry !== undefined && { retry }),
        ...(hint !== undefined && { hint }),
        ...(details !== undefined && { details }),
      })
    : new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
