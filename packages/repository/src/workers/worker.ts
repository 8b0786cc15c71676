import type { RandomBytes } from '@holdfast/kernel';
import { createGearTable, type GearTable, Sealer } from '@holdfast/restic-format';
import { checkPack } from './check-pack.ts';
import { parseIndex } from './documents.ts';
import { CipherGarbage } from './garbage.ts';
import type { JobInput, JobName, JobOutput, Jobs, SealedPack, WorkerSetup } from './jobs.ts';
import { Packer } from './packer.ts';
import { type HeldPieces, readPieces, SLAB_BYTES } from './pieces.ts';
import { prove, takeUp, write } from './restore-jobs.ts';

interface Lane {
  readonly slab: Uint8Array;
  held: HeldPieces;
}

/** Does the jobs, one at a time; the same code on a thread of the pool and, for little things, on the caller's. */
export class Worker {
  readonly #sealer: Sealer;
  readonly #gear: GearTable;
  readonly #packers: Readonly<Record<'data' | 'tree', Packer>>;
  readonly #garbage = new CipherGarbage();
  readonly #lanes = new Map<number, Lane>();

  constructor(setup: WorkerSetup, random: RandomBytes) {
    const { key, version, packBytes } = setup;
    this.#sealer = new Sealer(key);
    this.#gear = createGearTable(key);
    this.#packers = {
      data: new Packer('data', this.#sealer, random, packBytes, version),
      tree: new Packer('tree', this.#sealer, random, packBytes, version),
    };
  }

  do<N extends JobName>(name: N, input: JobInput<N>): JobOutput<N> {
    return this.#jobs[name](input) as JobOutput<N>;
  }

  readonly #jobs: { [N in JobName]: (input: Jobs[N][0]) => Jobs[N][1] } = {
    hash: ({ lane: number, pieces }) => {
      const lane = this.#lane(number);
      lane.held = readPieces(pieces, lane.slab, this.#gear);
      return lane.held.pieces;
    },
    pack: ({ lane: number, type, wanted, spares }) => {
      const packer = this.#packers[type];
      for (const spare of spares) packer.recycle(spare);
      const lane = this.#lane(number);
      const packs: SealedPack[] = [];
      let sealedBytes = 0;
      for (const [index, chunk] of lane.held.chunks.entries()) {
        if (wanted[index] !== 1) continue;
        const { sealedLength, full } = packer.add(chunk.id, chunk.bytes, chunk.compress);
        sealedBytes += sealedLength;
        if (full !== undefined) packs.push(full);
      }
      lane.held = { pieces: [], chunks: [] };
      this.#garbage.add(sealedBytes);
      return { packs, sealedBytes };
    },
    flush: () => ({ packs: Object.values(this.#packers).flatMap((packer) => packer.finish() ?? []) }),
    takeUp,
    write: (input) => {
      this.#garbage.add(input.blobs.reduce((sum, { entry }) => sum + entry.length, 0));
      return write(this.#sealer, input);
    },
    prove,
    checkPack: (input) => {
      this.#garbage.add(input.bytes.length);
      return checkPack(this.#sealer, input);
    },
    parseIndex: (input) => parseIndex(this.#sealer, input),
  };

  #lane(number: number): Lane {
    let lane = this.#lanes.get(number);
    if (lane === undefined) {
      lane = { slab: new Uint8Array(SLAB_BYTES), held: { pieces: [], chunks: [] } };
      this.#lanes.set(number, lane);
    }
    return lane;
  }
}
