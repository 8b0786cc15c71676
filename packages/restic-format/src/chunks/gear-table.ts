import { hkdfSync } from 'node:crypto';

import { concatBytes } from '@holdfast/kernel';

import type { BoxKey } from '#box/box-key.ts';

/**
 * A random 32-bit number for each byte value; the secret that decides where files are cut.
 *
 * Signed, since that keeps V8's arithmetic in one register: 1.8 GB/s instead of 0.8 with unsigned numbers.
 */
export type GearTable = Int32Array;

/** Changing this changes every cut, and with it what a repository shares with its past. */
const LABEL = 'holdfast gear table 1';

const ENTRIES = 256;

/**
 * The table of a repository, always the same for one master key.
 *
 * Derived from the key, so that the sizes of chunks, which the store can see, do not tell which known file they are of. No
 * value makes a run of one byte (a hole in a sparse file, say) a place to cut: such runs give chunks of the greatest length,
 * all the same.
 */
export function createGearTable(key: BoxKey): GearTable {
  const secret = concatBytes([key.encrypt, key.k, key.r]);
  for (let attempt = 0; ; attempt++) {
    const bytes = new DataView(
      hkdfSync('sha256', secret, new Uint8Array(0), `${LABEL}/${attempt}`, 4 * ENTRIES),
    );
    const table = Int32Array.from({ length: ENTRIES }, (_, value) => bytes.getInt32(4 * value, true));
    if (table.every((gear) => !isCut(hashOfRun(gear)))) return table;
  }
}

/** A file may be cut where the hash of the bytes before has these bits zero; the caller picks the mask. */
export const LOOSE_MASK = 0xffff_e000 | 0;

/** Four times as rare. Both take the highest bits, which depend on the most bytes. */
export const STRICT_MASK = 0xffff_f800 | 0;

/** The hash settles, after 32 steps of doubling, on the sum of gear × 2^i: minus the gear itself. */
function hashOfRun(gear: number): number {
  return -gear | 0;
}

function isCut(hash: number): boolean {
  return (hash & LOOSE_MASK) === 0;
}
