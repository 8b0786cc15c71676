import { suite } from 'node:test';
import type { MakeStore } from './contract/fixture.ts';
import { listingContract } from './contract/listing.ts';
import { puttingContract } from './contract/putting.ts';
import { readingContract } from './contract/reading.ts';

/**
 * The tests that every store passes, as a suite of that name. `make` gives, each time, an empty store on which
 * `create` was not called.
 */
export function storeContract(name: string, make: MakeStore): void {
  suite(name, () => {
    puttingContract(make);
    readingContract(make);
    listingContract(make);
  });
}
