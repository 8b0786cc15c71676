/** Threads beyond this would leave so many packs that are not full that they would be small ones to put together again. */
const MOST_SEALERS = 8;

/** Packs that a thread should fill before another one joins it. */
const PACKS_A_SEALER = 4;

/** How many threads at most are to seal data of so many bytes in all: each leaves one pack that is not full. */
export function sealersFor(bytes: number, packBytes: number): number {
  return Math.min(MOST_SEALERS, Math.max(1, Math.ceil(bytes / (packBytes * PACKS_A_SEALER))));
}
