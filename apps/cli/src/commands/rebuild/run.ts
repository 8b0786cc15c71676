import { CATALOG_FAILURES, type Catalog, openCatalog, removeCatalog } from '@holdfast/catalog';
import type { JsonLineOf } from '@holdfast/contract';
import { type RebuildEvent, type RebuildSummary, rebuild, type Unread } from '@holdfast/engine';
import { beginRebuild, endRebuild, homeOf, openCatalogHere, withIndex } from '@holdfast/home';
import { isFailure, plainText } from '@holdfast/kernel';
import { listSnapshots } from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { balanceLine } from '#output/balance-line.ts';
import { sameRepository } from '#output/same-repository.ts';
import { shown } from '#output/screen.ts';
import { stopwatch } from '#output/stopwatch.ts';
import { formatCount, formatDuration, plural } from '#output/words.ts';
import { consent } from '../consent.ts';
import type { RebuildGiven } from './table.ts';

type Given = GivenOptions<RebuildGiven>;

/** Makes the ledger again. */
export async function run(given: Given, _words: readonly string[], context: Context): Promise<ExitCode> {
  const passed = stopwatch(context.world.clock);
  return await withIndex(
    context.host,
    // A backup under way would go on writing into what is forgotten here. Where no lock can be written, none can begin either.
    { exclusive: true, readOnly: true, tolerate: true },
    (repository, signal) => listSnapshots(repository, { tolerate: true, signal }),
    async (indexed, snapshots, signal) => {
      using catalog = await emptyCatalog(snapshots.entries.length, given, context);
      for (const { name } of indexed.unreadableIndexes)
        context.screen.trouble(`Index file ${shortId(name)} is damaged: what it lists counts as missing.`);
      const summary = await repeat(rebuild(indexed, snapshots, catalog, signal), context);
      await endRebuild(catalog);
      await tellEnd(catalog, summary, passed(), context);
      return summary.unread === 0 && indexed.unreadableIndexes.length === 0 ? 0 : 3;
    },
  );
}

/** The catalog with nothing but its settings; a new one in the place of one that is damaged. */
async function emptyCatalog(snapshots: number, given: Given, context: Context): Promise<Catalog> {
  const { clock } = context.world;
  try {
    const catalog = await openCatalogHere(context.host);
    try {
      await mayForget(catalog, snapshots, given, context);
      await beginRebuild(catalog, clock.now());
      catalog.forgetAll();
      return catalog;
    } catch (error) {
      catalog.close();
      throw error;
    }
  } catch (error) {
    if (!isFailure(error, CATALOG_FAILURES.damaged)) throw error;
  }
  const path = homeOf(context.world).catalog;
  context.screen.note(`The file ${path} is damaged: a new one takes its place. Settings in it are lost.`);
  removeCatalog(path);
  const catalog = openCatalog(path, { clock });
  await beginRebuild(catalog, clock.now());
  return catalog;
}

async function mayForget(catalog: Catalog, snapshots: number, given: Given, context: Context): Promise<void> {
  const known = await catalog.devices();
  if (known.length === 0 || snapshots > 0) return;
  const all = plural(known.length, 'device');
  await consent(context, given.yes, `This repository has no backup. Forget the ${all} of the ledger?`);
}

async function repeat(events: AsyncIterable<RebuildEvent>, { screen }: Context): Promise<RebuildSummary> {
  using progress = screen.progress();
  let done = 0;
  let total = 0;
  let current: string | undefined;
  let summary: RebuildSummary | undefined;
  for await (const event of events) {
    switch (event.kind) {
      case 'began':
        total = event.snapshots;
        break;
      case 'snapshot':
        current = event.device.name;
        break;
      case 'folder':
        current = event.path;
        break;
      case 'repeated':
        done += 1;
        break;
      case 'unread':
        await screen.result(unreadLine(event), unreadText(event));
        break;
      case 'done':
        ({ summary } = event);
        break;
      default:
        event satisfies never;
    }
    progress.update(() => ({
      phase: 'Reading',
      noun: ['backup', 'backups'],
      items: { done, total },
      current,
    }));
  }
  if (summary === undefined) throw new Error('a rebuild ended without its summary');
  progress.clear();
  return summary;
}

const WORDS: Readonly<Record<Unread['what'], string>> = {
  snapshot: 'the backup itself',
  manifest: 'what it says of itself',
  folder: 'a folder',
  file: 'a file',
  records: 'records of a file',
};

function unreadText({ snapshot, what, path, detail }: Unread): string {
  const where = path === '' ? '' : `: ${shown(path)}`;
  return `Cannot be read in backup ${shortId(snapshot)}: ${WORDS[what]}${where} (${plainText(detail, 200)})`;
}

const unreadLine = ({ snapshot, device, what, path, detail }: Unread): JsonLineOf<'unread'> => ({
  type: 'unread',
  snapshot,
  ...(device && { device: { ...device } }),
  what,
  path,
  detail,
});

async function tellEnd(
  catalog: Catalog,
  { snapshots, foreign, unread }: RebuildSummary,
  seconds: number,
  { screen, globals }: Context,
): Promise<void> {
  const devices: JsonLineOf<'rebuilt'>['devices'] = [];
  const text: string[] = [];
  for (const { id, name, kind } of await catalog.devices()) {
    const { present, gone } = await catalog.balance(id);
    devices.push({ device: { id, name, kind }, present, gone });
    text.push(`${screen.style('bold', shown(name))}: ${balanceLine(present)}`);
    if (gone.found > 0) text.push(`  and ${formatCount(gone.found)} no longer on the device`);
  }
  text.push(`The ledger is made of ${plural(snapshots, 'backup')}, in ${formatDuration(seconds)}.`);
  if (foreign > 0) text.push(`${plural(foreign, 'backup')} of other programs say nothing of devices.`);
  if (unread > 0)
    text.push(
      screen.style('yellow', `${plural(unread, 'thing')} could not be read.`),
      `→ Run "holdfast check${sameRepository(globals)}": it says what is damaged and what helps.`,
    );
  await screen.result({ type: 'rebuilt', devices, snapshots, foreign, unread, seconds }, text.join('\n'));
}
