import { Failure, type Retry } from '@holdfast/kernel';

/** Every failure code this package throws. */
export const CATALOG_FAILURES = {
  /** Another program holds the catalog for longer than we wait. */
  busy: 'catalog/busy',
  /** The file cannot be opened or created where it should be. */
  cannotOpen: 'catalog/cannot-open',
  /** Part of the file is not what it should be. */
  damaged: 'catalog/damaged',
  /** No room left. */
  full: 'catalog/full',
  /** The medium failed. */
  io: 'catalog/io',
  /** Written by a newer version of this program. */
  newer: 'catalog/newer',
  /** A database, but of another program. */
  notACatalog: 'catalog/not-a-catalog',
} as const;

const REBUILD = 'Run "holdfast rebuild": what the catalog holds is made again from the repository.';

interface Row {
  readonly code: string;
  readonly message: (path: string) => string;
  readonly hint: string;
  readonly retry: Retry;
}

const DAMAGED: Row = {
  code: CATALOG_FAILURES.damaged,
  message: (path) => `the catalog ${path} is damaged`,
  hint: REBUILD,
  retry: 'never',
};

const CANNOT_OPEN: Row = {
  code: CATALOG_FAILURES.cannotOpen,
  message: (path) => `the catalog ${path} cannot be opened for writing`,
  hint: 'Check that its folder is there and that this account may write in it.',
  retry: 'never',
};

/** By SQLite's primary result code (https://www.sqlite.org/rescode.html): the last byte of the extended one. */
const BY_RESULT: Readonly<Record<number, Row>> = {
  5: {
    code: CATALOG_FAILURES.busy,
    message: (path) => `another program keeps the catalog ${path} busy`,
    hint: 'Wait for the other run to end, then try again.',
    retry: 'later',
  },
  8: CANNOT_OPEN,
  10: {
    code: CATALOG_FAILURES.io,
    message: (path) => `reading or writing the catalog ${path} failed`,
    hint: 'Check the drive it is on.',
    retry: 'later',
  },
  11: DAMAGED,
  13: {
    code: CATALOG_FAILURES.full,
    message: (path) => `there is no room left for the catalog ${path}`,
    hint: 'Free some space on its drive, then try again.',
    retry: 'later',
  },
  14: CANNOT_OPEN,
  23: CANNOT_OPEN,
  26: DAMAGED,
};

/** The failure of the catalog at `path` that a database error stands for; any other error as it is. */
export function failureOf(error: unknown, path: string): unknown {
  const result = resultOf(error);
  const row = result === undefined ? undefined : BY_RESULT[result & 0xff];
  return row === undefined ? error : make(row, path, error);
}

/** {@link CATALOG_FAILURES}`.cannotOpen`. */
export const cannotOpen = (path: string, cause: unknown): Failure => make(CANNOT_OPEN, path, cause);

/** {@link CATALOG_FAILURES}`.damaged`. */
export const damaged = (path: string, cause?: unknown): Failure => make(DAMAGED, path, cause);

/** {@link CATALOG_FAILURES}`.newer`. */
export const newer = (path: string, version: number, known: number): Failure =>
  new Failure(CATALOG_FAILURES.newer, `the catalog ${path} was written by a newer version of this program`, {
    hint: 'Update this program, or keep a catalog for it alone with another HOLDFAST_HOME.',
    details: { path, version, known },
  });

/** {@link CATALOG_FAILURES}`.notACatalog`. */
export const notACatalog = (path: string): Failure =>
  new Failure(CATALOG_FAILURES.notACatalog, `${path} is a database of another program`, {
    hint: 'Move it away: the catalog needs that name.',
    details: { path },
  });

function make({ code, message, hint, retry }: Row, path: string, cause: unknown): Failure {
  return new Failure(code, message(path), { hint, retry, details: { path }, cause });
}

function resultOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}
