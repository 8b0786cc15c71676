/**
 * Names to immutable bytes: where a repository's files are. In memory, in a folder, and wrapped (`retrying`).
 *
 * It knows nothing of what is in the files: it neither encrypts nor checks contents, never changes a file that is
 * there, and never decides what to remove.
 *
 * ```ts
 * const store = new LocalStore('/media/drive/holdfast');
 * await store.create();
 * await store.put({ kind: 'pack', name: id }, [header, body]);
 * const { bytes, from } = await store.readBack({ kind: 'pack', name: id }, { from: 'device' });
 * ```
 */
export { STORE_FAILURES } from './failures.ts';
export { CONFIG, describeFile, FILE_KINDS, type FileKind, type FileRef, isFileName } from './file.ts';
export { LocalStore, type LocalStoreOptions } from './local/local-store.ts';
export { type NewFile, syncFolder, writeNew } from './local/write.ts';
export { MemoryStore } from './memory-store.ts';
export { retrying, type StoreRetryOptions } from './retrying.ts';
export type {
  FreeSpace,
  GetOptions,
  ListedFile,
  ReadBack,
  ReadBackOptions,
  ReadFrom,
  Store,
} from './store.ts';
