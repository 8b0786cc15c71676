export { type IndexedRepository, type LoadIndexOptions, loadIndex } from './load-index.ts';
export {
  createRepository,
  type Identity,
  isThere,
  type OpenRepository,
  openRepository,
  type Surroundings,
} from './repository.ts';
export { BlobSaver, type SavedContent, type SavedCounts } from './save/blob-saver.ts';
export { type KeptCounts, type Verify } from './save/pack-keeper.ts';
