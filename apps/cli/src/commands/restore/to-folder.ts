import { setFlagsFromString } from 'node:v8';
import type { Indexed } from '@holdfast/home';
import {
  type GiveBackEvent,
  type GiveBackPlan,
  type GiveBackRequest,
  giveBack,
  planGiveBack,
} from '@holdfast/home/giving';
import { Ahead } from '@holdfast/kernel';
import { findSnapshot, type IndexedRepository, type OpenRepository } from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { pathText } from '#inside/path-text.ts';
import { defaultPlaces } from '#inside/place-in-backup.ts';
import { formatBytes, plural } from '#output/words.ts';
import type { Asked } from './asked.ts';
import { placesAsked } from './places-asked.ts';
import { followRestore, reportPlan } from './report.ts';
import type { RestoreGiven } from './table.ts';

/** A restore into a folder, as it was asked for. */
export interface FolderRestore {
  readonly folder: string;
  readonly asked: Asked;
  readonly given: GivenOptions<RestoreGiven>;
  readonly context: Context;
}

/** One whose backup is found. */
export interface FoundForFolder {
  /**
   * Begins to give back before the lock counts, unless something is to be overwritten: what is written by then is right whoever else is at work, since
   * it was compared with its hash. Where the lock is not to be had it stays, and the next restore takes it up. A dry run begins nothing.
   */
  begin(indexed: IndexedRepository, signal: AbortSignal): Ahead<GiveBackEvent> | undefined;
  /** Tells what was begun, or would be, and the exit status. */
  finish(held: Pick<Indexed<unknown, Begun>, 'indexed' | 'begun' | 'signal'>): Promise<ExitCode>;
}

type Begun = Ahead<GiveBackEvent> | undefined;

/** Backups in a repository of so many packs, some 16 MiB each, are worth threads before it is known what of them is to be written. */
const MUCH_PACKS = 8;

/** What happens before the lock counts is held, to be told then: so many events at most. */
const MOST_AHEAD = 4096;

/** Finds the backup that is to be given back into a folder. Fails as `findSnapshot`. */
export async function findForFolder(
  repository: OpenRepository,
  { folder, asked, given: { dryRun, conflict }, context }: FolderRestore,
  signal: AbortSignal,
): Promise<FoundForFolder> {
  keepYoungHeapSmall();
  const { host, screen } = context;
  const entry = await findSnapshot(repository, asked.backup, signal);
  const to = { kind: 'folder', path: folder } as const;
  const requestOf = async ({ blobs }: IndexedRepository, signal: AbortSignal): Promise<GiveBackRequest> => {
    const isAll = asked.paths.length === 0;
    const paths = isAll
      ? (await defaultPlaces(blobs, entry, signal)).map(pathText)
      : await placesAsked(asked, blobs, entry, signal);
    return { tree: entry.snapshot.tree, paths, conflict };
  };
  async function* give(
    indexed: IndexedRepository,
    signal: AbortSignal,
  ): AsyncGenerator<GiveBackEvent, void, undefined> {
    yield* giveBack(host, indexed, await requestOf(indexed, signal), to, signal);
  }
  const comparing = (): void => screen.note('Comparing with what is there …');
  return {
    begin(indexed, signal) {
      if (dryRun) return undefined;
      if (asked.paths.length === 0 && indexed.index.packs.length >= MUCH_PACKS) indexed.pool.start();
      return new Ahead(give(indexed, signal), conflict === 'overwrite' ? 0 : MOST_AHEAD);
    },
    async finish({ indexed, begun, signal }) {
      if (begun !== undefined) return await followRestore(begun, { entry }, context, { onLook: comparing });
      const request = await requestOf(indexed, signal);
      comparing();
      const plan = await planGiveBack(host, indexed, request, to, { create: false, signal });
      return await reportPlan(plan, [planText(plan)], { entry, target: folder }, context);
    },
  };
}

/**
 * What a restore keeps lies in columns, and all else dies at once: room that V8 adds to a thread's young heap, up to 48 MB, is
 * never given back and gains nothing. 70 MB less with 100,000 files, for a few percent of processor time.
 */
const keepYoungHeapSmall = (): void => setFlagsFromString('--semi-space-growth-factor=1');

/** What would be written, for people. */
function planText({ items, settled, replaced, writeBytes }: GiveBackPlan): string {
  const replacing =
    replaced === 0
      ? ''
      : `, and replace ${plural(replaced, 'item')} that ${replaced === 1 ? 'is' : 'are'} there`;
  return `would write ${plural(items - settled.length, 'item')}, ${formatBytes(writeBytes)}${replacing}`;
}
