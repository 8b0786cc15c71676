import { badName } from './failures.ts';
import { FILE_KINDS, type FileRef, isFileName } from './file.ts';

/** Refuses (`store/bad-name`) whatever could reach something else than a file of the store. Every store calls it first. */
export function assertFile(file: FileRef): void {
  if (!FILE_KINDS.includes(file.kind) || !isFileName(file.kind, file.name)) throw badName(file);
}
