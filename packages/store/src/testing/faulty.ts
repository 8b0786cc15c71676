import { Failure } from '@holdfast/kernel';
import { STORE_FAILURES } from '#failures.ts';
import { describeFile, type FileRef } from '#file.ts';
import type { ListedFile, Store } from '#store.ts';

/**
 * How an operation fails: `before` it did anything, `after` it was carried out (the answer is lost), or `half`: a put
 * leaves the first half of its bytes under the name, as a store that is not atomic could; a listing breaks off; all
 * else as `before`.
 */
export type FaultMode = 'before' | 'after' | 'half';

/** Whether and how operation `n` (from 1) fails; `what` is its name, as in {@link FaultyStore.operations}. */
export type FaultPlan = (n: number, what: string) => FaultMode | undefined;

/** A passing fault: operation `n` fails, all others do not. */
export const failOnce =
  (n: number, mode: FaultMode = 'before'): FaultPlan =>
  (operation) =>
    operation === n ? mode : undefined;

/** A lasting fault: every operation from `n` on fails; after the first of them, `before` it did anything. */
export const failFrom =
  (n: number, mode: FaultMode = 'before'): FaultPlan =>
  (operation) => {
    if (operation === n) return mode;
    return operation > n ? 'before' : undefined;
  };

/** A bad connection: every `n`th operation fails. */
export const failEvery =
  (n: number, mode: FaultMode = 'before'): FaultPlan =>
  (operation) =>
    operation % n === 0 ? mode : undefined;

/** A store that fails as planned, and tells. */
export interface FaultyStore extends Store {
  /** Every operation so far, for messages: `put pack 1234abcd`. */
  readonly operations: readonly string[];
  /** Those that failed, with their number and mode; empty once a fail-at-N loop has passed the last operation. */
  readonly faults: readonly string[];
}

/** What a fault fails with unless told otherwise: a passing `store/io`. */
const passing = (fault: string): Failure =>
  new Failure(STORE_FAILURES.io, `Planned fault: ${fault}`, { retry: 'later', hint: 'Look at the test.' });

/**
 * The same store, failing as planned. Counts each call as one operation when it starts, a listing when its first file is asked for.
 *
 * ```ts
 * for (let n = 1; ; n++) {
 *   const store = faulty(await fresh(), failOnce(n));
 *   await attempt(store).catch(onlyPlanned);
 *   if (store.faults.length === 0) break;
 * }
 * ```
 */
export function faulty(
  store: Store,
  plan: FaultPlan,
  failure: (fault: string) => Error = passing,
): FaultyStore {
  const operations: string[] = [];
  const faults: string[] = [];

  const begin = (what: string): { mode: FaultMode | undefined; fail: () => never } => {
    operations.push(what);
    const mode = plan(operations.length, what);
    const fault = `${operations.length} ${mode} ${what}`;
    if (mode !== undefined) faults.push(fault);
    return {
      mode,
      fail: () => {
        throw failure(fault);
      },
    };
  };
  const run = async <T>(what: string, act: () => Promise<T>, actHalf?: () => Promise<void>): Promise<T> => {
    const { mode, fail } = begin(what);
    if (mode === undefined) return await act();
    if (mode === 'after') await act();
    if (mode === 'half') await actHalf?.();
    return fail();
  };
  const on = (verb: string, file: FileRef): string => `${verb} ${describeFile(file)}`;

  return {
    operations,
    faults,
    location: store.location,
    create: () => run('create', () => store.create()),
    put: (file, parts, signal) =>
      run(
        on('put', file),
        () => store.put(file, parts, signal),
        () => store.put(file, firstHalf(parts), signal),
      ),
    get: (file, options) => run(on('get', file), () => store.get(file, options)),
    readBack: (file, options) => run(on('read back', file), () => store.readBack(file, options)),
    size: (file, signal) => run(on('size', file), () => store.size(file, signal)),
    async *list(kind, signal): AsyncGenerator<ListedFile> {
      const { mode, fail } = begin(`list ${kind}`);
      if (mode === 'before') fail();
      if (mode === 'half') {
        const files = await Array.fromAsync(store.list(kind, signal));
        yield* files.slice(0, Math.floor(files.length / 2));
      } else {
        yield* store.list(kind, signal);
      }
      if (mode !== undefined) fail();
    },
    remove: (file, signal) => run(on('remove', file), () => store.remove(file, signal)),
    freeSpace: (signal) => run('free space', () => store.freeSpace(signal)),
  };
}

function firstHalf(parts: readonly Uint8Array[]): Uint8Array[] {
  const bytes = Buffer.concat(parts);
  return [bytes.subarray(0, Math.floor(bytes.length / 2))];
}
