import { Failure } from '@holdfast/kernel';

/** Every code this package throws, by the name used in its code. */
export const RECORDS_FAILURES = {
  /** The bytes of a whole document are not what its format says they are. */
  malformed: 'records/malformed',
} as const;

/** The `Failure` for a document that breaks its format: `what` was read, `why` it is refused. */
export function malformed(what: string, why: string, cause?: unknown): Failure {
  return new Failure(RECORDS_FAILURES.malformed, `${what} is damaged: ${why}`, {
    hint: 'Take this file from another backup.',
    details: { what },
    ...(cause === undefined ? {} : { cause }),
  });
}
