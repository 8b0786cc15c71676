import {
  concatBytes,
  equalBytes,
  isFailure,
  type RetryOptions,
  retrying as retryingCall,
} from '@holdfast/kernel';
import { STORE_FAILURES } from './failures.ts';
import type { FileKind, FileRef } from './file.ts';
import type { ListedFile, Store } from './store.ts';

/** How often and how long to wait; the signal is each call's own. */
export type StoreRetryOptions = Omit<RetryOptions, 'signal'>;

/**
 * The same store, whose calls are made again while they fail with `retry: 'later'`.
 *
 * A call that failed may have been carried out, its answer lost. So, after a first failure, a put that finds its
 * name taken succeeds if the bytes there are its own, and a remove that finds nothing succeeds. Other bytes are
 * never replaced: what a store that is not atomic left half written stays, and the put fails with `store/exists`.
 * A listing goes on where it failed, and gives no file twice.
 */
export function retrying(store: Store, options: StoreRetryOptions): Store {
  const again = <T>(call: (n: number) => Promise<T>, signal: AbortSignal | undefined): Promise<T> =>
    retryingCall(call, { ...options, signal });

  return {
    location: store.location,
    create: () => again(() => store.create(), undefined),
    put: (file, parts, signal) =>
      again(async (n) => {
        try {
          await store.put(file, parts, signal);
        } catch (error) {
          if (n === 1 || !isFailure(error, STORE_FAILURES.exists)) throw error;
          if (!(await holds(store, file, parts, signal))) throw error;
        }
      }, signal),
    get: (file, getOptions = {}) => again(() => store.get(file, getOptions), getOptions.signal),
    readBack: (file, readOptions) => again(() => store.readBack(file, readOptions), readOptions.signal),
    size: (file, signal) => again(() => store.size(file, signal), signal),
    list: (kind, signal) => listAgain(store, kind, (call) => again(call, signal), signal),
    ...(store.packNames && {
      packNames: (signal?: AbortSignal) =>
        again(async () => (await store.packNames?.(signal)) ?? new Set(), signal),
    }),
    remove: (file, signal) =>
      again(async (n) => {
        try {
          await store.remove(file, signal);
        } catch (error) {
          if (n === 1 || !isFailure(error, STORE_FAILURES.missing)) throw error;
        }
      }, signal),
    freeSpace: (signal) => again(() => store.freeSpace(signal), signal),
  };
}

/** True if the file's bytes are those of `parts`. */
async function holds(
  store: Store,
  file: FileRef,
  parts: readonly Uint8Array[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const expected = concatBytes(parts);
  try {
    const options = { limitBytes: expected.length, ...(signal && { signal }) };
    return equalBytes(await store.get(file, options), expected);
  } catch (error) {
    if (isFailure(error, STORE_FAILURES.tooLarge)) return false;
    throw error;
  }
}

async function* listAgain(
  store: Store,
  kind: FileKind,
  again: (
    call: () => Promise<IteratorResult<ListedFile, unknown>>,
  ) => Promise<IteratorResult<ListedFile, unknown>>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ListedFile> {
  const given = new Set<string>();
  let files: AsyncIterator<ListedFile, unknown> | undefined;
  const next = async (): Promise<IteratorResult<ListedFile, unknown>> => {
    files ??= store.list(kind, signal)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const result = await files.next();
        if (result.done === true || !given.has(result.value.name)) return result;
      }
    } catch (error) {
      files = undefined;
      throw error;
    }
  };
  try {
    for (;;) {
      const result = await again(next);
      if (result.done === true) return;
      given.add(result.value.name);
      yield result.value;
    }
  } finally {
    await files?.return?.();
  }
}
