/** What opens a repository, or makes one, locks it and loads its index: it needs half of what all the rest does to load. All of it is behind the main door too. */
export { indexFilesNow, loadIndex } from './load-index.ts';
export { acquireLock } from './locks/acquire-lock.ts';
export { createRepository, isThere, openRepository } from './repository.ts';
