import type { Id } from '@holdfast/restic-format';
import { fingerprints } from '../index-files/fingerprints.ts';
import { readIndexFiles } from '../index-files/read-index-files.ts';
import type { IndexedRepository } from '../load-index.ts';
import { reasonOf } from './check-files.ts';
import type { CheckEvent, Finding } from './finding.ts';

interface Listing {
  readonly indexes: Id[];
  readonly print: string;
  differs: boolean;
}

/**
 * Reads every index file again, adding to the repository's index what came since it was loaded. Gives whether all of
 * them could be read.
 */
export async function* checkIndexes(
  repository: IndexedRepository,
  signal?: AbortSignal,
): AsyncGenerator<CheckEvent, boolean, undefined> {
  const listings = new Map<Id, Listing>();
  let isWhole = true;
  let done = 0;
  for await (const file of readIndexFiles(repository, signal)) {
    done += 1;
    if (file.kind === 'read') {
      repository.index.addColumns(file.columns);
      for (const { pack, print } of fingerprints(file.columns)) note(listings, pack, print, file.name);
    } else {
      isWhole = false;
      const reason = reasonOf(file.failure);
      yield { kind: 'finding', finding: { kind: 'index-damaged', index: file.name, reason } };
    }
    yield { kind: 'progress', phase: 'indexes', done, total: done, bytes: 0, totalBytes: 0 };
  }
  for (const [pack, { indexes, differs }] of listings) {
    if (indexes.length === 1) continue;
    const kind: Finding['kind'] = differs ? 'pack-listed-differently' : 'pack-listed-twice';
    yield { kind: 'finding', finding: { kind, pack, indexes } };
  }
  return isWhole;
}

function note(listings: Map<Id, Listing>, pack: Id, print: string, index: Id): void {
  const listing = listings.get(pack);
  if (listing === undefined) {
    listings.set(pack, { indexes: [index], print, differs: false });
    return;
  }
  listing.indexes.push(index);
  if (listing.print !== print) listing.differs = true;
}
