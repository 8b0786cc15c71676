/**
 * For tests of what stands on a repository: one that is made and opened at once.
 *
 * Nothing that ships may import it.
 *
 * ```ts
 * const repository = await cheapRepository(new MemoryStore(), { clock: systemClock, random: seededRandom(1) });
 * ```
 */
export { CHEAP_PASSWORD, type CheapOptions, cheapRepository, onStore } from './cheap-repository.ts';
