/**
 * For tests of sources: the contract as a suite. Nothing that ships may import it.
 *
 * ```ts
 * sourceContract('FolderSource', async (files) => ({ source: await sourceWith(files), ... }));
 * ```
 */
export { type MakeSource, type SourceFiles, sourceContract } from './source-contract.ts';
