import type { JsonLineOf } from '@holdfast/contract';
import { openHere } from '@holdfast/home';
import { Failure, plainText } from '@holdfast/kernel';
import { deviceOf, listSnapshots, type SnapshotEntry } from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import type { GivenOptions, NoOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { shown } from '#output/screen.ts';
import { formatMoment, plural } from '#output/words.ts';

/** Lists backups. It takes no lock: a snapshot that goes meanwhile is only left out. */
export async function run(
  _given: GivenOptions<NoOptions>,
  [device]: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { screen, world } = context;
  const { repository } = await openHere(context.host);
  const { entries, unreadable } = await listSnapshots(repository, { tolerate: true, signal: world.signal });
  // A device that had that name once, or has it now, is listed with all it has.
  const meant = new Set(entries.filter((entry) => device === undefined || isOf(entry, device)).map(groupOf));
  const chosen = entries.filter((entry) => meant.has(groupOf(entry)));
  if (device !== undefined && chosen.length === 0) throw noDevice(device);
  const groups = [...Map.groupBy(chosen, groupOf).values()];
  for (const [index, group] of groups.entries()) {
    await screen.text(`${index === 0 ? '' : '\n'}${screen.style('bold', heading(group))}`);
    for (const entry of group) await screen.result(snapshotLine(entry), describe(entry, world.timeZone));
  }
  if (chosen.length === 0) await screen.text('There are no backups yet.');
  else await screen.text(`\n${plural(chosen.length, 'backup')}`);
  for (const { name } of unreadable)
    screen.trouble(`Backup ${shortId(name)} is damaged and not listed. Run "holdfast check".`);
  return unreadable.length === 0 ? 0 : 3;
}

function isOf({ snapshot }: SnapshotEntry, wanted: string): boolean {
  const { id, name } = deviceOf(snapshot);
  return id === wanted || name.toLowerCase() === wanted.toLowerCase();
}

function groupOf({ snapshot }: SnapshotEntry): string {
  const { id, name } = deviceOf(snapshot);
  return id ?? `@${name}`;
}

function heading(group: readonly SnapshotEntry[]): string {
  const newest = group.at(-1);
  if (newest === undefined) return '';
  const { id, name } = deviceOf(newest.snapshot);
  return id === undefined ? shown(name) : `${shown(name)} (${shown(id)})`;
}

function describe({ id, timeNs, snapshot }: SnapshotEntry, timeZone: string): string {
  const { paths, tags = [] } = snapshot;
  // What Holdfast always writes tells nothing; what others wrote does.
  const ownPaths = paths.length === 1 && paths[0] === '/' ? [] : paths;
  const ownTags = tags.filter((tag) => tag !== 'holdfast' && !/^(?:device|kind):/.test(tag));
  const extra = [...ownPaths, ...ownTags.map((tag) => `[${tag}]`)].map(shown);
  return `  ${[`${shortId(id)}  ${formatMoment(timeNs, timeZone)}`, ...extra].join('  ')}`;
}

function snapshotLine({ id, snapshot }: SnapshotEntry): JsonLineOf<'snapshot'> {
  const { time, paths, tags = [], parent } = snapshot;
  const device = deviceOf(snapshot);
  return {
    type: 'snapshot',
    id,
    time,
    name: device.name,
    ...(device.id !== undefined && { deviceId: device.id }),
    paths: [...paths],
    tags: [...tags],
    ...(parent !== undefined && { parent }),
  };
}

function noDevice(name: string): Failure {
  return new Failure('repository/no-snapshot', `There is no backup of "${plainText(name, 80)}"`, {
    hint: 'Run "holdfast backups" to list all of them.',
  });
}
