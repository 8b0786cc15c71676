import type { HashableFile } from '#hash-files.ts';

/** Told of progress, and ended by an abort, after so many files … */
const MOST_FILES = 500;
/** … or so many bytes: a second, more or less. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Files that are hashed by one command, in their order. One whose line could be taken for another's, or is spelled in more than one
 * way, is alone.
 */
export function* batchesOf<File extends HashableFile>(
  files: Iterable<File>,
): Generator<File[], void, undefined> {
  let batch: File[] = [];
  let bytes = 0;
  for (const file of files) {
    const isAlone = isAmbiguous(file.path);
    const isFull = batch.length >= MOST_FILES || bytes + file.sizeBytes > MOST_BYTES;
    if (batch.length > 0 && (isAlone || isFull)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    if (isAlone) {
      yield [file];
      continue;
    }
    batch.push(file);
    bytes += file.sizeBytes;
  }
  if (batch.length > 0) yield batch;
}

/**
 * True for a name that `sha256sum` of toybox prints as it is and that of GNU in an escape (a line feed, a backslash): with the former a
 * name could be the end of its own line and the whole of another file's.
 */
export const isAmbiguous = (path: string): boolean => /[\n\r\\]/.test(path);
