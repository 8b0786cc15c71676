import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errnoOf } from '@holdfast/kernel';
import { truncated } from '#failures.ts';
import type { FileRef } from '#file.ts';
import { memoryFor, resolveRange } from '#range.ts';
import type { GetOptions } from '#store.ts';
import { notAFile } from './errno.ts';

/** Bytes asked of the system in one call: an abort is noticed between calls. */
const READ_BYTES = 16 * 1024 * 1024;

/** Without waiting: a pipe under a file's name would otherwise hold a thread until somebody writes to it. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** A range of the file at `path`, as {@link Store.get}; fails with the system's errors. */
export async function readRange(file: FileRef, path: string, options: GetOptions): Promise<Uint8Array> {
  await using handle = await open(path, READ_ONLY);
  const { offset, length } = resolveRange(file, await sizeOf(handle, path), options);
  const bytes = memoryFor(length, options.into);
  for (let at = 0; at < length; ) {
    options.signal?.throwIfAborted();
    const { bytesRead } = await handle.read(bytes, at, Math.min(READ_BYTES, length - at), offset + at);
    if (bytesRead === 0) throw truncated(file, offset + at, offset + length);
    at += bytesRead;
  }
  return bytes;
}

/** `O_DIRECT` wants memory, offsets and lengths in multiples of the medium's block: 512 or 4096 bytes (open(2)). */
const BLOCK_BYTES = 4096;

/** A WebAssembly page is 65,536 bytes; 4 MiB a call keeps a drive busy. */
const SCRATCH_PAGES = 64;

/** Reads past the operating system's cache, through aligned memory that it keeps for the next call. */
export class DirectReader {
  readonly #idle: Uint8Array[] = [];

  /** The whole file from its device; `undefined` where the platform or the file system cannot (tell). */
  async read(file: FileRef, path: string, options: GetOptions): Promise<Uint8Array | undefined> {
    if (constants.O_DIRECT === undefined) return undefined;
    const scratch = this.#idle.pop() ?? alignedMemory();
    try {
      await using handle = await open(path, READ_ONLY | constants.O_DIRECT);
      const bytes = memoryFor(await sizeOf(handle, path), options.into);
      for (let at = 0; at < bytes.length; ) {
        options.signal?.throwIfAborted();
        const wanted = Math.min(scratch.length, roundUp(bytes.length - at));
        const { bytesRead } = await handle.read(scratch, 0, wanted, at);
        if (bytesRead === 0) throw truncated(file, at, bytes.length);
        const usable = Math.min(bytesRead, bytes.length - at);
        bytes.set(scratch.subarray(0, usable), at);
        at += usable;
      }
      return bytes;
    } catch (error) {
      if (errnoOf(error) === 'EINVAL') return undefined;
      throw error;
    } finally {
      this.#idle.push(scratch);
    }
  }
}

const roundUp = (length: number): number => Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES;

/** What is used of it; only the browser's types describe it, and this is no browser. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
};

/** The only memory in JavaScript that starts at a page: WebAssembly maps its own. */
const alignedMemory = (): Uint8Array =>
  new Uint8Array(new WebAssembly.Memory({ initial: SCRATCH_PAGES }).buffer);

async function sizeOf(handle: FileHandle, path: string): Promise<number> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw notAFile(path);
  return stats.size;
}
