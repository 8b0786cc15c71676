import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Ciphers give their output in new memory, which V8 lets pile up to 64 MB a thread before it looks; we look earlier. */
const COLLECT_AFTER_BYTES = 4 * 1024 * 1024;

/** To be called before threads start: gives them `gc`. */
export function allowCollecting(): void {
  setFlagsFromString('--expose-gc');
}

/** As `allowCollecting`, for the thread that calls it, which has started already: only what is new in it has `gc`. */
export function allowCollectingHere(): void {
  if (globalThis.gc !== undefined) return;
  allowCollecting();
  globalThis.gc = runInNewContext('gc') as NonNullable<typeof globalThis.gc>;
}

/** Frees young garbage once enough bytes have gone through ciphers. A young collection takes well under a millisecond. */
export class CipherGarbage {
  #bytes = 0;

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes < COLLECT_AFTER_BYTES) return;
    this.#bytes = 0;
    globalThis.gc?.({ type: 'minor', execution: 'sync' });
  }
}
