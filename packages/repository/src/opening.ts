/** What opens a repository, or makes one, and needs a third of what all the rest does to load. All of it is behind the main door too. */
export { createRepository, isThere, openRepository } from './repository.ts';
