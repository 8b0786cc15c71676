import { FILE_KINDS, type FileRef, MemoryStore, type Store } from '@holdfast/store';

/** A store in memory with the same files: something to break. */
export async function copyStore(store: Store): Promise<MemoryStore> {
  const copy = new MemoryStore(store.location);
  await copy.create();
  for (const file of await listFiles(store)) await copy.put(file, [await store.get(file)]);
  return copy;
}

/** Every file of a store, by kind and name. */
export async function listFiles(store: Store): Promise<FileRef[]> {
  const files: FileRef[] = [];
  for (const kind of FILE_KINDS) {
    const listed = await Array.fromAsync(store.list(kind), ({ name }) => ({ kind, name }));
    files.push(...listed.sort((a, b) => (a.name < b.name ? -1 : 1)));
  }
  return files;
}

/** Puts other bytes in the place of a file: what a medium does that decays. */
export async function replaceFile(store: Store, file: FileRef, bytes: Uint8Array): Promise<void> {
  await store.remove(file);
  await store.put(file, [bytes]);
}
