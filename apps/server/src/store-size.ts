import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from '@holdfast/contract/api';
import { freeBytes } from '@holdfast/home';
import { errnoOf } from '@holdfast/kernel';

/** Bytes of all files of a folder; 0 where there is none. What goes meanwhile counts as gone. */
export async function usedBytes(folder: string, signal: AbortSignal): Promise<number> {
  let sum = 0;
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      signal.throwIfAborted();
      const path = join(folder, entry.name);
      if (entry.isDirectory()) sum += await usedBytes(path, signal);
      else if (entry.isFile()) sum += (await stat(path)).size;
    }
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
  }
  return sum;
}

/** How much room the repository takes and has, measured now and then: a large one has tens of thousands of files. */
export class StoreSize {
  readonly #place: string;
  readonly #signal: AbortSignal;
  #size: Pick<Home['store'], 'usedBytes' | 'freeBytes'> = { usedBytes: 0 };
  #measuring: Promise<void> | undefined;

  constructor(place: string, signal: AbortSignal) {
    this.#place = place;
    this.#signal = signal;
  }

  /** As it was measured last. */
  get size(): Pick<Home['store'], 'usedBytes' | 'freeBytes'> {
    return this.#size;
  }

  /** Measures it, or waits for the measuring under way. */
  measure(): Promise<void> {
    this.#measuring ??= this.#measure().finally(() => {
      this.#measuring = undefined;
    });
    return this.#measuring;
  }

  async #measure(): Promise<void> {
    const free = await freeBytes(this.#place);
    const used = await usedBytes(this.#place, this.#signal);
    this.#size = { usedBytes: used, ...(free !== undefined && { freeBytes: free }) };
  }
}
