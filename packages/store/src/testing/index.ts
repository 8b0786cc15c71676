/**
 * For tests of stores and of what stands on them: the contract as a suite, and a store that fails as planned.
 *
 * Nothing that ships may import it.
 *
 * ```ts
 * storeContract('S3Store', async () => emptyBucket());
 * const store = faulty(new MemoryStore(), failOnce(3, 'after'));
 * ```
 */
export type { MakeStore } from './contract/fixture.ts';
export { storeContract } from './contract.ts';
export {
  type FaultMode,
  type FaultPlan,
  type FaultyStore,
  failEvery,
  failFrom,
  failOnce,
  faulty,
} from './faulty.ts';
