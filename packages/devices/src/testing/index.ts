/**
 * For tests: the contract of sources as a suite, and phones played back from transcripts. Nothing that ships may import it.
 *
 * ```ts
 * sourceContract('FolderSource', async (files) => ({ source: await sourceWith(files), ... }));
 * await using link = replay(await readFile('fixtures/some-phone.jsonl', 'utf8'));
 * const phone = await openPhone(link);
 * ```
 */

export { type ReplayedPhone, replay } from './replay.ts';
export { type MakeSource, type SourceFiles, sourceContract } from './source-contract.ts';
