import { existsSync } from 'node:fs';
import { type Catalog, openCatalog, removeCatalog } from '@holdfast/catalog';
import type { RunItem } from '@holdfast/contract/api';
import { type RebuildSummary, rebuild, type Unread } from '@holdfast/engine';
import { endRebuild, type Host, homeOf, withIndex } from '@holdfast/home';
import { isFailure, plainText } from '@holdfast/kernel';
import { type IndexedRepository, listSnapshots, type SnapshotList } from '@holdfast/repository';
import { takePlace } from '../ledger/put-aside.ts';
import type { Runner, RunTools } from '../runs/runner.ts';
import { formatCount, plural } from '../words.ts';

/** What making the ledger again needs. */
export interface RebuildDeps {
  readonly host: Host;
  /** The ledger that is open: it goes on with the new file. */
  readonly catalog: Pick<Catalog, 'replace'>;
  /** Told when it is another file. */
  readonly onLedger: () => Promise<void>;
  /** Lets go of the repository, as far as nobody waits for what is read there, until the answer is disposed of. */
  readonly makeWay: () => Promise<Disposable>;
}

/**
 * Makes the ledger again from the repository, in a file of its own; when that is whole, it takes the place of the one there was, which is kept aside.
 * Until then nothing is changed, and whoever asks the ledger is answered as before.
 */
export function rebuildRunner({ host, catalog, onLedger, makeWay }: RebuildDeps): Runner<'rebuild'> {
  return async (_request, tools) => {
    using _way = await makeWay();
    const { clock } = host;
    const { catalog: path } = homeOf(host);
    const next = `${path}.new`;
    return await withIndex(
      { ...host, signal: tools.signal },
      // A backup under way elsewhere would go on writing into the old one.
      { exclusive: true, tolerate: true },
      (repository, signal) => listSnapshots(repository, { tolerate: true, signal }),
      async (indexed, snapshots, signal) => {
        // What an interruption left.
        removeCatalog(next);
        try {
          const sentence = await makeIn(next, { host, indexed, snapshots, signal, tools });
          signal.throwIfAborted();
          catalog.replace(() => takePlace(next, path, clock.now()));
          await onLedger();
          return { sentence };
        } finally {
          removeCatalog(next);
        }
      },
    );
  };
}

interface Making {
  readonly host: Host;
  readonly indexed: IndexedRepository;
  readonly snapshots: SnapshotList;
  readonly signal: AbortSignal;
  readonly tools: RunTools;
}

/** Makes a ledger at a path, and closes it; gives what came of it. */
async function makeIn(path: string, { host, indexed, snapshots, signal, tools }: Making): Promise<string> {
  using fresh = openCatalog(path, { clock: host.clock });
  for (const [key, value] of await settingsOf(homeOf(host).catalog, host)) await fresh.set(key, value);
  await endRebuild(fresh);
  let sentence = '';
  let done = 0;
  let current: string | undefined;
  for await (const event of rebuild(indexed, snapshots, fresh, signal)) {
    switch (event.kind) {
      case 'began':
        break;
      case 'snapshot':
        current = event.device.name;
        break;
      case 'folder':
        if (event.path !== '') current = event.path;
        break;
      case 'unread':
        tools.setAside(itemOf(event));
        break;
      case 'repeated':
        done += 1;
        break;
      case 'done':
        sentence = sentenceOf(event.summary);
        break;
      default:
        event satisfies never;
    }
    tools.report(() => ({
      phase: 'repeating',
      items: { done, total: snapshots.entries.length },
      bytes: { done: 0 },
      current,
    }));
  }
  return sentence;
}

/** What of the old ledger is in no backup, where it can be read. */
async function settingsOf(path: string, { clock }: Host): Promise<ReadonlyMap<string, string>> {
  if (!existsSync(path)) return new Map();
  try {
    using old = openCatalog(path, { clock });
    return await old.settings();
  } catch (error) {
    if (!isFailure(error)) throw error;
    return new Map();
  }
}

const itemOf = ({ what, path, detail }: Unread): RunItem => ({
  path,
  state: 'failed',
  reason: 'damaged-in-backup',
  sentence: `${WORDS[what]} cannot be read: what it would say is not in the ledger.`,
  remedy: '“Check everything” in Repository says what is damaged.',
  detail: plainText(detail, 1000),
});

const WORDS: Readonly<Record<Unread['what'], string>> = {
  snapshot: 'A backup',
  manifest: 'What a backup says of itself',
  folder: 'A folder of a backup',
  file: 'A file of a backup',
  records: 'Part of the records of a file',
};

function sentenceOf({ snapshots, devices, unread }: RebuildSummary): string {
  const made = `The ledger is made of ${plural(snapshots, 'backup')} of ${plural(devices, 'device')}.`;
  return unread === 0
    ? made
    : `${made} ${unread === 1 ? 'One thing' : `${formatCount(unread)} things`} could not be read.`;
}
