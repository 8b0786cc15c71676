import { deepEqual, equal } from 'node:assert/strict';
import { isFailure } from '@holdfast/kernel';
import type { FileKind, FileRef } from '#file.ts';
import type { ListedFile, Store } from '#store.ts';

/** A new store of one's own, not yet created, that is cleaned up after the test. */
export type MakeStore = () => Promise<{ readonly store: Store } & AsyncDisposable>;

/** As {@link MakeStore} gives it, after `create`. */
export async function created(make: MakeStore): Promise<{ readonly store: Store } & AsyncDisposable> {
  const made = await make();
  await made.store.create();
  return made;
}

/** A valid name that says which it is: digit `n` (0 to 255) first, which is also the pack's folder. */
export const nameOf = (n: number): string => n.toString(16).padStart(2, '0').padEnd(64, 'c');

/** A pack named {@link nameOf}. */
export const pack = (n: number): FileRef => ({ kind: 'pack', name: nameOf(n) });

/** Bytes without a pattern that a misplaced block could repeat, the same for the same seed. */
export function noise(length: number, seed = 1): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = Math.imul(seed, 2654435769) | 1;
  for (let i = 0; i < words.length; i++) {
    // xorshift32 (Marsaglia 2003).
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  return new Uint8Array(words.buffer, 0, length);
}

/** Equal contents, whatever subclass of `Uint8Array` and however large (a failing `deepEqual` would print them all). */
export function sameBytes(actual: Uint8Array, expected: Uint8Array): void {
  if (actual.length <= 64 && expected.length <= 64) deepEqual([...actual], [...expected]);
  equal(actual.length, expected.length);
  equal(Buffer.compare(actual, expected), 0, 'the bytes differ');
}

/** Everything a kind's listing gives, by name. */
export async function listed(store: Store, kind: FileKind): Promise<ListedFile[]> {
  const files = await Array.fromAsync(store.list(kind));
  return files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** For `rejects`: exactly this failure. */
export const failsWith =
  (code: string) =>
  (error: unknown): boolean => {
    if (isFailure(error, code)) return true;
    throw error;
  };

/** Every call that takes a file, by name. */
export const CALLS: readonly (readonly [
  string,
  (store: Store, file: FileRef, signal?: AbortSignal) => Promise<unknown>,
])[] = [
  ['put', (store, file, signal) => store.put(file, [noise(3)], signal)],
  ['get', (store, file, signal) => store.get(file, signal === undefined ? {} : { signal })],
  ['readBack', (store, file, signal) => store.readBack(file, { from: 'device', ...(signal && { signal }) })],
  ['size', (store, file, signal) => store.size(file, signal)],
  ['remove', (store, file, signal) => store.remove(file, signal)],
];
