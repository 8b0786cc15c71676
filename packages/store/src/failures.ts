import { Failure } from '@holdfast/kernel';
import { describeFile, type FileRef } from './file.ts';

/** Every failure code this package throws; `retry` is `later` for `full` and for a passing `io` only. */
export const STORE_FAILURES = {
  /** The place itself is not there, so nothing can be said about any file in it. */
  absent: 'store/absent',
  /** A name that no file of its kind can have; it never reaches a path. */
  badName: 'store/bad-name',
  /** The system does not let us. */
  denied: 'store/denied',
  /** The name is taken; what is there was left as it is. */
  exists: 'store/exists',
  /** No room left. */
  full: 'store/full',
  /** The medium failed. */
  io: 'store/io',
  /** The store is there, the file is not. */
  missing: 'store/missing',
  /** A folder, pipe or device is where a file should be, or the other way round. */
  notAFile: 'store/not-a-file',
  /** The medium can be read, but not changed. */
  readOnly: 'store/read-only',
  /** A file has more bytes than the caller is willing to hold. */
  tooLarge: 'store/too-large',
  /** A file ends before the range that was asked for does. */
  truncated: 'store/truncated',
} as const;

/** Gives {@link STORE_FAILURES}`.absent` for a place that people know as `location`. */
export const absent = (location: string, cause?: unknown): Failure =>
  new Failure(STORE_FAILURES.absent, `There is no repository at ${location}`, {
    hint: 'Connect the drive or correct the path; a new repository has to be created first.',
    details: { location },
    cause,
  });

/** Gives {@link STORE_FAILURES}`.badName`. The name is not repeated: it may hold anything. */
export const badName = (file: FileRef): Failure =>
  new Failure(STORE_FAILURES.badName, `Not a name that a ${file.kind} file can have`, {
    hint: 'Run a check: something in the repository names a file that cannot exist.',
    details: { kind: file.kind, nameLength: file.name.length },
  });

/** Gives {@link STORE_FAILURES}`.exists`. */
export const exists = (file: FileRef, location: string, cause?: unknown): Failure =>
  new Failure(STORE_FAILURES.exists, `The ${describeFile(file)} exists already in ${location}`, {
    hint: 'Choose another place, or use what is there.',
    details: { kind: file.kind, name: file.name, location },
    cause,
  });

/** Gives {@link STORE_FAILURES}`.missing`. */
export const missing = (file: FileRef, location: string, cause?: unknown): Failure =>
  new Failure(STORE_FAILURES.missing, `The ${describeFile(file)} is missing from ${location}`, {
    hint: 'Run a check to see what else is missing and how to repair it.',
    details: { kind: file.kind, name: file.name, location },
    cause,
  });

/** Gives {@link STORE_FAILURES}`.tooLarge`. */
export const tooLarge = (file: FileRef, sizeBytes: number, limitBytes: number): Failure =>
  new Failure(
    STORE_FAILURES.tooLarge,
    `The ${describeFile(file)} would take ${sizeBytes} bytes, where ${limitBytes} are expected at most`,
    {
      hint: 'Run a check: this file was not written by a backup program.',
      details: { kind: file.kind, name: file.name, sizeBytes, limitBytes },
    },
  );

/** Gives {@link STORE_FAILURES}`.truncated`; `wantedBytes` is where the range ends. */
export const truncated = (file: FileRef, sizeBytes: number, wantedBytes: number): Failure =>
  new Failure(
    STORE_FAILURES.truncated,
    `The ${describeFile(file)} ends at byte ${sizeBytes}, before the ${wantedBytes} that should be there`,
    {
      hint: 'Run a check to see what the damaged file held and how to repair it.',
      details: { kind: file.kind, name: file.name, sizeBytes, wantedBytes },
    },
  );
