import { errnoOf } from './errno.ts';
import { Failure, type Retry } from './failure.ts';
import { plainText } from './untrusted.ts';

/** How a system error is told: what it says goes on with the path. */
export interface SystemRefusal {
  readonly code: string;
  readonly says: string;
  readonly hint: string;
  /** Default `never`. */
  readonly retry?: Retry;
}

/** The `Failure` for a system error about a path, with the path and the `E…` code in `details`; anything else untouched. */
export function failureFrom(
  error: unknown,
  path: string,
  refusalOf: (errno: string) => SystemRefusal,
): unknown {
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  const { code, says, hint, retry = 'never' } = refusalOf(errno);
  return new Failure(code, `${says} ${plainText(path)} (${errno})`, {
    retry,
    hint,
    details: { path, errno },
    cause: error,
  });
}
