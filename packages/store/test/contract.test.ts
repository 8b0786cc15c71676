import { join } from 'node:path';
import { LocalStore, MemoryStore, retrying } from '@holdfast/store';
import { type FaultMode, type FaultPlan, failEvery, faulty, storeContract } from '@holdfast/store/testing';
import { hurriedClock, temporaryFolder } from '@holdfast/testkit';

const nothing = async (): Promise<void> => {};

storeContract('MemoryStore', async () => ({ store: new MemoryStore(), [Symbol.asyncDispose]: nothing }));

storeContract('LocalStore', async () => {
  const folder = await temporaryFolder();
  return {
    store: new LocalStore(join(folder.path, 'deeper', 'repository')),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
});

/** Not a remove: where the first try failed, finding nothing is success (see retrying.test.ts). */
const badConnection = (n: number, mode: FaultMode): FaultPlan => {
  const plan = failEvery(n, mode);
  return (operation, what) => (what.startsWith('remove') ? undefined : plan(operation, what));
};

for (const mode of ['before', 'after'] satisfies FaultMode[]) {
  for (const n of [3, 5]) {
    storeContract(
      `retrying over a store on which 1 operation in ${n} fails ${mode} it is done`,
      async () => ({
        store: retrying(faulty(new MemoryStore(), badConnection(n, mode)), {
          attempts: 10,
          clock: hurriedClock(),
          firstDelay: Temporal.Duration.from({ seconds: 1 }),
        }),
        [Symbol.asyncDispose]: nothing,
      }),
    );
  }
}
