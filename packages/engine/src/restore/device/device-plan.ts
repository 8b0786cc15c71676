import { ITEM_TYPES, type ItemType } from '@holdfast/contract';
import type { DeviceSink, RecordFile } from '@holdfast/devices';
import type { IndexedRepository } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import { MANIFEST_NAME } from '../../backup/manifest.ts';
import type { PlannedFiles } from '../planned-files.ts';
import type { Conflict, SettledItem } from '../restore-plan.ts';
import { type Chosen, select } from '../select.ts';
import { FilePlanner } from './file-planner.ts';
import { choosePaths, madeFileOf, placeOnDevice, typeOfFile } from './places.ts';
import { type PlannedRecords, planRecords } from './plan-records.ts';
import { recordFile } from './record-file.ts';

/** What of a backup to plan for, and how. */
export interface DeviceSelection {
  /** The snapshot's tree. */
  readonly tree: Id;
  /** Of files and folders, and of records (`messages/messages.ndjson#KEY`); the empty list is everything. */
  readonly paths: readonly string[];
  /** Default: all. */
  readonly types?: readonly ItemType[];
  /** Default `skip`: nothing that is there is ever changed. What `overwrite` replaces cannot be had back. */
  readonly conflict?: Conflict;
}

/** What a restore to a device will do, as data: nothing is written before it is applied. Good with the repository it was made with. */
export interface DevicePlan {
  /** Where they go is a volume's id and names below it. */
  readonly files: PlannedFiles;
  readonly records: readonly PlannedRecords[];
  /** Files that need nothing done, or with which nothing can be done. */
  readonly settled: readonly SettledItem[];
  /** Files and apps that replace others: that cannot be undone. */
  readonly replaced: number;
  /** Of files, by volume. */
  readonly writeBytes: ReadonlyMap<string, number>;
  readonly totalBytes: number;
  /** All of it. */
  readonly items: number;
}

/**
 * Looks at the device and decides item by item; changes nothing there. A file with the name and size of one there is compared by
 * content, a record by its key: equal ones need nothing. Fails with `engine/no-such-path`, and with `adb/…` when the device is gone.
 */
export async function planDeviceRestore(
  repository: IndexedRepository,
  { tree, paths, types = ITEM_TYPES, conflict = 'skip' }: DeviceSelection,
  sink: DeviceSink,
  signal?: AbortSignal,
): Promise<DevicePlan> {
  const chosen = choosePaths(paths);
  const wanted = new Set(types);
  const planner = new FilePlanner(repository, sink.files, conflict);
  const made = new Map<string, ItemType>();
  const lost: SettledItem[] = [];
  const selected = select(repository.blobs, tree, paths.length === 0 ? [''] : chosen.paths, { signal });
  for await (const each of selected) {
    if ('damage' in each) {
      const { path, damage: detail } = each;
      lost.push({ path: path.join('/'), to: path, reason: 'damaged-in-backup', detail, bytes: 0 });
      continue;
    }
    const [top, ...below] = [...each.folder.path, each.node.name];
    if (top === 'files') {
      if (each.node.type !== 'dir' && wanted.has(typeOfFile(each.node.name)))
        await planner.add(each, placeOf(each, below, sink), signal);
      continue;
    }
    const file = each.node.type === 'file' ? madeFileOf([top ?? '', ...below]) : undefined;
    if (file !== undefined) {
      if (wanted.has(file.type)) made.set(file.path.join('/'), file.type);
    } else if (each.node.type !== 'dir' && !isAboutBackup(top, below)) lost.push(noPlaceFor(each));
  }
  const { files, settled, replaced } = await planner.plan(signal);
  const records: PlannedRecords[] = [];
  for (const type of ITEM_TYPES) {
    for (const [path] of [...made].filter(([, each]) => each === type)) {
      const file: RecordFile = await recordFile(repository, tree, path.split('/'), signal);
      const isChosen = (key: string): boolean => chosen.isChosen(path, key);
      records.push(
        await planRecords(sink, { type, file, isChosen, replaces: conflict === 'overwrite' }, signal),
      );
    }
  }
  return summed({ files, records, settled: [...lost, ...settled], replaced });
}

/** `holdfast.json` is about the backup, and no item of it. */
const isAboutBackup = (top: string | undefined, below: readonly string[]): boolean =>
  top === MANIFEST_NAME && below.length === 0;

/** Of a backup that is laid out in another way it is not known where things belong. */
const noPlaceFor = ({ folder, node }: Chosen): SettledItem => {
  const path = [...folder.path, node.name];
  return { path: path.join('/'), to: path, reason: 'not-given-back-here', bytes: node.size ?? 0 };
};

function placeOf(
  { folder }: Chosen,
  below: readonly string[],
  sink: DeviceSink,
): readonly string[] | undefined {
  // A file right beside the volumes belongs to none of them.
  return placeOnDevice(folder.path.length < 2 ? ['internal', ...below] : below, sink.files.volumes);
}

function summed({
  files,
  records,
  settled,
  replaced,
}: Pick<DevicePlan, 'files' | 'records' | 'settled' | 'replaced'>): DevicePlan {
  const writeBytes = new Map<string, number>();
  let totalBytes = settled.reduce((sum, { bytes }) => sum + bytes, 0);
  for (let file = 0; file < files.length; file++) {
    const [volume = ''] = files.at(file).to;
    const bytes = files.bytesOf(file);
    writeBytes.set(volume, (writeBytes.get(volume) ?? 0) + bytes);
    totalBytes += bytes;
  }
  const items = files.length + settled.length + records.reduce((sum, each) => sum + each.items, 0);
  const replacedRecords = records.reduce((sum, each) => sum + each.replaced, 0);
  return { files, records, settled, replaced: replaced + replacedRecords, writeBytes, totalBytes, items };
}
