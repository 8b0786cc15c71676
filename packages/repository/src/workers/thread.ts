import { randomFillSync } from 'node:crypto';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type ErrorFields, fieldsOf, type RandomBytes } from '@holdfast/kernel';
import type { JobInput, JobName, WorkerSetup } from './jobs.ts';
import { transferables } from './transfer.ts';
import { Worker } from './worker.ts';

/** A job on its way to a thread. */
export interface Request {
  readonly number: number;
  readonly name: JobName;
  readonly input: JobInput<JobName>;
}

/** Its answer. */
export type Reply =
  | { readonly number: number; readonly kind: 'done'; readonly output: unknown }
  | { readonly number: number; readonly kind: 'failed'; readonly failure: ErrorFields };

const port: MessagePort | null = parentPort;
if (port !== null) serve(port, new Worker(workerData as WorkerSetup, pooledRandom()));

function serve(at: MessagePort, worker: Worker): void {
  at.on('message', ({ number, name, input }: Request) => {
    try {
      const output = worker.do(name, input);
      at.postMessage({ number, kind: 'done', output } satisfies Reply, transferables(output));
    } catch (error) {
      at.postMessage({ number, kind: 'failed', failure: fieldsOf(error) } satisfies Reply);
    }
  });
}

/** Nonces are 16 bytes: drawn many at a time, a draw costs a view. */
function pooledRandom(): RandomBytes {
  const POOL_BYTES = 16 * 1024;
  let pool = new Uint8Array(0);
  return (length) => {
    if (pool.length < length) pool = randomFillSync(new Uint8Array(Math.max(length, POOL_BYTES)));
    const drawn = pool.subarray(0, length);
    pool = pool.subarray(length);
    return drawn;
  };
}
