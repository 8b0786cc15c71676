import { availableParallelism } from 'node:os';
import { Worker as Thread } from 'node:worker_threads';
import { errorFrom, type RandomBytes } from '@holdfast/kernel';
import { stopped } from '../failures.ts';
import { allowCollecting } from './garbage.ts';
import type { JobInput, JobName, JobOutput, WorkerSetup } from './jobs.ts';
import type { Reply, Request } from './thread.ts';
import { transferables } from './transfer.ts';
import { Worker } from './worker.ts';

/** Bytes live in shared memory and slabs: a thread's own heap is small, and V8 would let its young part grow to 48 MB before it looks. */
const YOUNG_MEGABYTES = 6;

/** The caller's own thread as a member: for what is less work than starting another. */
export const HERE = -1;

/** More threads than this gain nothing: a disk or a phone is slower by then, and each holds about 60 MB. */
const MOST_THREADS = 8;

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Member {
  readonly thread: Thread;
  readonly waiting: Map<number, Waiting>;
  /** What the thread died of: it answers nothing any more. */
  diedOf: unknown;
}

/**
 * Threads that hash, cut, seal and open: a job goes to a member by number, and each member does its jobs in order.
 *
 * Threads start with their first job. Memory of 256 KiB or more in a job's input moves to the thread and is gone for the
 * caller. A job that throws a `Failure` rejects with one of the same code; a thread that dies rejects all its jobs, later ones too.
 */
export class WorkerPool implements AsyncDisposable {
  readonly size: number;
  readonly #setup: WorkerSetup;
  readonly #random: RandomBytes;
  readonly #members: (Member | undefined)[];
  #inline: Worker | undefined;
  #nextNumber = 0;
  #isClosed = false;

  constructor(
    setup: WorkerSetup,
    random: RandomBytes,
    size = Math.min(availableParallelism(), MOST_THREADS),
  ) {
    this.size = size;
    this.#setup = setup;
    this.#random = random;
    this.#members = Array.from({ length: size }, () => undefined);
  }

  /** Does a job on member `member` modulo `size`; with a `size` of 0, or for `HERE`, on the caller's thread. */
  run<N extends JobName>(member: number, name: N, input: JobInput<N>): Promise<JobOutput<N>> {
    if (this.#isClosed) return Promise.reject(stopped());
    if (this.size === 0 || member === HERE) return Promise.resolve().then(() => this.runHere(name, input));
    const { thread, waiting, diedOf } = this.#member(member % this.size);
    if (diedOf !== undefined) return Promise.reject(diedOf);
    const number = this.#nextNumber++;
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve: (output) => resolve(output as JobOutput<N>), reject });
      const request: Request = { number, name, input };
      thread.postMessage(request, transferables(input));
    });
  }

  /** Members that have done a job. */
  get used(): readonly number[] {
    const started = [...this.#members.keys()].filter((number) => this.#members[number] !== undefined);
    return this.#inline === undefined ? started : [HERE, ...started];
  }

  /** True once a thread runs. */
  get hasThreads(): boolean {
    return this.#members.some((member) => member !== undefined);
  }

  /** Starts every thread that has not, before there is anything to do: for whoever knows that there will be, and has to wait. */
  start(): void {
    if (!this.#isClosed) for (let number = 0; number < this.size; number++) this.#member(number);
  }

  /** The member with the fewest jobs waiting. */
  get idlest(): number {
    let idlest = 0;
    let fewest = Number.POSITIVE_INFINITY;
    for (const [number, member] of this.#members.entries()) {
      const jobs = member?.waiting.size ?? 0;
      if (jobs < fewest) {
        fewest = jobs;
        idlest = number;
      }
    }
    return idlest;
  }

  /** Does a job on the caller's thread: for what is too little to be sent. */
  runHere<N extends JobName>(name: N, input: JobInput<N>): JobOutput<N> {
    this.#inline ??= new Worker(this.#setup, this.#random);
    return this.#inline.do(name, input);
  }

  /** Ends the threads; jobs still waiting reject with `repository/stopped`. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    const members = this.#members.filter((member) => member !== undefined);
    for (const { waiting } of members) {
      for (const { reject } of waiting.values()) reject(stopped());
      waiting.clear();
    }
    await Promise.all(members.map(({ thread }) => thread.terminate()));
  }

  #member(number: number): Member {
    const member = this.#members[number] ?? this.#start();
    this.#members[number] = member;
    return member;
  }

  #start(): Member {
    allowCollecting();
    const thread = new Thread(new URL('./thread-entry.js', import.meta.url), {
      workerData: this.#setup,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    const waiting = new Map<number, Waiting>();
    thread.on('message', (reply: Reply) => {
      const waiter = waiting.get(reply.number);
      waiting.delete(reply.number);
      if (reply.kind === 'done') waiter?.resolve(reply.output);
      else waiter?.reject(errorFrom(reply.failure));
    });
    const member: Member = { thread, waiting, diedOf: undefined };
    const die = (error: unknown): void => {
      member.diedOf ??= error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    thread.on('error', die);
    thread.on('exit', () => die(new Error('a working thread ended by itself')));
    return member;
  }
}
