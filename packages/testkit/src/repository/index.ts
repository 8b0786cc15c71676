/**
 * Small repositories for tests: made from what a test writes down, loaded again, copied and damaged.
 *
 * For test files only, and apart from the rest of the test kit, so that tests of lower packages do not load a repository.
 *
 * ```ts
 * const snapshot = await saveSample(repository, { 'a.txt': 'one', folder: { 'b.bin': [half, otherHalf] } });
 * const store = await copyStore(repository.store);
 * ```
 */
export { copyStore, listFiles, replaceFile } from './copy-store.ts';
export { type MadeByRestic, madeByRestic } from './made-by-restic.ts';
export { findingsIn, repairAsAdvised, runRepair } from './repair-as-advised.ts';
export {
  type LoadedSample,
  loadSample,
  type Sample,
  type SampleOptions,
  saveSample,
} from './sample.ts';
