import { createHash } from 'node:crypto';
import { type Device, openFolderSink, openFolderSource } from '@holdfast/devices';
import { isFailure, type RandomBytes } from '@holdfast/kernel';
import { hashContent, type IndexedRepository, type SnapshotEntry } from '@holdfast/repository';
import { planRestore } from '../restore/plan.ts';
import { restore } from '../restore/restore.ts';
import { savedDevice } from '../saved/saved-device.ts';
import { type Picked, type SampleLimits, sampleOf } from './sample.ts';

/** What became of a file of a drill. */
export interface DrilledItem {
  readonly device: Device;
  readonly snapshot: string;
  /** In the backup. */
  readonly path: string;
  readonly bytes: number;
  /** Of what was given back; absent where nothing was. */
  readonly sha256?: string;
  readonly outcome: 'same' | 'differs' | 'lost';
  readonly detail?: string;
}

/** What a drill tells. */
export type DrillEvent =
  | { readonly kind: 'began'; readonly items: number; readonly bytes: number }
  | ({ readonly kind: 'item' } & DrilledItem);

/** How a drill is done. */
export interface DrillOptions {
  /** Of each device. */
  readonly limits: SampleLimits;
  readonly random: RandomBytes;
  /** An empty folder for the file of that number; it need not be there. Whoever gives it removes it. */
  readonly scratch: (number: number) => string;
  readonly signal?: AbortSignal;
}

/**
 * Gives files back that were picked at random from the newest backup of each device, as a restore does, and compares what is there then,
 * read anew, with what the backup says it was. Only trouble with the store or the scratch folders as a whole is thrown.
 */
export async function* drill(
  repository: IndexedRepository,
  snapshots: readonly SnapshotEntry[],
  { limits, random, scratch, signal }: DrillOptions,
): AsyncGenerator<DrillEvent, void, undefined> {
  const lost: DrilledItem[] = [];
  const picked: { readonly of: Of; readonly file: Picked }[] = [];
  for (const of of newest(snapshots)) {
    const root = { snapshot: of.entry.id, tree: of.entry.snapshot.tree };
    const sample = await sampleOf(repository, root, limits, random, signal);
    for (const { path, detail } of sample.unreadable)
      lost.push({ device: of.device, snapshot: of.entry.id, path, bytes: 0, outcome: 'lost', detail });
    picked.push(...sample.files.map((file) => ({ of, file })));
  }
  const bytes = picked.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  yield { kind: 'began', items: picked.length + lost.length, bytes };
  for (const item of lost) yield { kind: 'item', ...item };
  for (const [number, { of, file }] of picked.entries()) {
    signal?.throwIfAborted();
    const found = await giveBack(repository, of.entry, file, scratch(number), signal);
    const { id: snapshot } = of.entry;
    yield { kind: 'item', device: of.device, snapshot, path: file.path, bytes: file.sizeBytes, ...found };
  }
}

interface Of {
  readonly device: Device;
  readonly entry: SnapshotEntry;
}

/** The newest backup of each device. */
function newest(snapshots: readonly SnapshotEntry[]): Of[] {
  const last = new Map<string, Of>();
  for (const entry of snapshots) {
    const device = savedDevice(entry);
    if (device !== undefined) last.set(device.id, { device, entry });
  }
  return [...last.values()];
}

async function giveBack(
  repository: IndexedRepository,
  { snapshot }: SnapshotEntry,
  { path, name, content }: Picked,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Pick<DrilledItem, 'outcome' | 'sha256' | 'detail'>> {
  const sink = openFolderSink(folder, { create: true });
  const plan = await planRestore(repository, { tree: snapshot.tree, paths: [path] }, sink, signal);
  for await (const event of restore(repository, plan, sink, signal))
    if (event.kind === 'item' && event.reason !== 'restored')
      return { outcome: 'lost', detail: event.detail ?? event.reason };
  try {
    const sha256 = await hashOf(sink.root, name, signal);
    const isSame = sha256 === (await hashContent(repository, content, signal));
    return { outcome: isSame ? 'same' : 'differs', sha256 };
  } catch (error) {
    if (!isFailure(error) || error.retry === 'later') throw error;
    return { outcome: 'lost', detail: error.message };
  }
}

async function hashOf(folder: string, name: string, signal: AbortSignal | undefined): Promise<string> {
  const source = await openFolderSource(folder, { machine: 'drill' });
  const hash = createHash('sha256');
  for await (const bytes of source.read(name, signal)) hash.update(bytes);
  return hash.digest('hex');
}
