import { Failure } from '@holdfast/kernel';

/** Every code this package throws, by the name used in its code. */
export const RESTIC_FORMAT_FAILURES = {
  /** The bytes are not what the format says they are. */
  malformed: 'restic-format/malformed',
  /** A sealed box was not made with this key, or has changed since. */
  unauthentic: 'restic-format/unauthentic',
  /** Made by a newer version than this program knows. */
  newerVersion: 'restic-format/newer-version',
  /** A form restic once wrote, or may write, that this program does not read. */
  unsupported: 'restic-format/unsupported',
  /** More bytes, memory or work than the limit allows. */
  tooLarge: 'restic-format/too-large',
} as const;

/** The `Failure` for bytes that break the format: `what` was read (“the index file”), `why` it is refused. */
export function malformed(what: string, why: string, cause?: unknown): Failure {
  return new Failure(RESTIC_FORMAT_FAILURES.malformed, `${what} is damaged: ${why}`, {
    hint: 'Run `holdfast check` to find what else is damaged.',
    details: { what },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The `Failure` for something beyond a limit. */
export function tooLarge(what: string, why: string, details: Record<string, number> = {}): Failure {
  return new Failure(RESTIC_FORMAT_FAILURES.tooLarge, `${what} is too large: ${why}`, {
    details: { what, ...details },
  });
}
