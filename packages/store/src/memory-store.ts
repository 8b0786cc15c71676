import { concatBytes } from '@holdfast/kernel';
import { assertFile } from './assert-file.ts';
import { absent, exists, missing } from './failures.ts';
import type { FileKind, FileRef } from './file.ts';
import { memoryFor, resolveRange } from './range.ts';
import type { FreeSpace, GetOptions, ListedFile, ReadBack, ReadBackOptions, Store } from './store.ts';

/** The reference: a store in memory, which copies bytes in and out and is gone with its object. */
export class MemoryStore implements Store {
  readonly location: string;
  #files: Map<FileKind, Map<string, Uint8Array>> | undefined;

  constructor(location = 'memory') {
    this.location = location;
  }

  async create(): Promise<void> {
    this.#files ??= new Map();
  }

  async put(file: FileRef, parts: readonly Uint8Array[], signal?: AbortSignal): Promise<void> {
    const files = this.#ofKind(file, signal);
    if (files.has(file.name)) throw exists(file, this.location);
    files.set(file.name, concatBytes(parts));
  }

  async get(file: FileRef, options: GetOptions = {}): Promise<Uint8Array> {
    const bytes = this.#stored(file, options.signal);
    const { offset, length } = resolveRange(file, bytes.length, options);
    const copy = memoryFor(length, options.into);
    copy.set(bytes.subarray(offset, offset + length));
    return copy;
  }

  /** Always from `cache`: there is no device behind memory. */
  async readBack(file: FileRef, { into, signal }: ReadBackOptions): Promise<ReadBack> {
    return {
      bytes: await this.get(file, { ...(into && { into }), ...(signal && { signal }) }),
      from: 'cache',
    };
  }

  async size(file: FileRef, signal?: AbortSignal): Promise<number> {
    return this.#stored(file, signal).length;
  }

  async *list(kind: FileKind, signal?: AbortSignal): AsyncGenerator<ListedFile> {
    signal?.throwIfAborted();
    if (this.#files === undefined) throw absent(this.location);
    const found = Array.from(this.#files.get(kind) ?? [], ([name, bytes]) => ({
      name,
      sizeBytes: bytes.length,
    }));
    for (const file of found) {
      signal?.throwIfAborted();
      yield file;
    }
  }

  async remove(file: FileRef, signal?: AbortSignal): Promise<void> {
    if (!this.#ofKind(file, signal).delete(file.name)) throw missing(file, this.location);
  }

  async freeSpace(signal?: AbortSignal): Promise<FreeSpace | undefined> {
    signal?.throwIfAborted();
    return undefined;
  }

  #ofKind(file: FileRef, signal: AbortSignal | undefined): Map<string, Uint8Array> {
    assertFile(file);
    signal?.throwIfAborted();
    if (this.#files === undefined) throw absent(this.location);
    return this.#files.getOrInsertComputed(file.kind, () => new Map<string, Uint8Array>());
  }

  #stored(file: FileRef, signal: AbortSignal | undefined): Uint8Array {
    const bytes = this.#ofKind(file, signal).get(file.name);
    if (bytes === undefined) throw missing(file, this.location);
    return bytes;
  }
}
