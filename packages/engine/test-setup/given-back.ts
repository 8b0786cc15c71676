import { type AdbTransport, connectTcp } from '@holdfast/adb';
import type { ItemType } from '@holdfast/contract';
import type { DeviceSink, UndoNote, UndoNotes } from '@holdfast/devices';
import { type AndroidPhone, androidSink, androidSource, openPhone } from '@holdfast/devices/android';
import {
  type Conflict,
  type DevicePlan,
  planDeviceRestore,
  type RestoredItem,
  type RestoreSummary,
  restoreToDevice,
} from '@holdfast/engine';
import { type Clock, systemClock } from '@holdfast/kernel';
import { findSnapshot, loadIndex, type OpenRepository } from '@holdfast/repository';
import {
  type Android,
  nodeAt,
  type PhoneFolder,
  type PhoneOptions,
  phoneOptions,
  type SampleOptions,
  type SimulatedPhone,
  samplePhone,
  startPhone,
  testerKey,
} from '@holdfast/testkit/phone';
import { runBackup } from './runs.ts';

const key = testerKey();

/** Waits between two looks are over at once, and counted; deadlines of the link are real, and end with what they watch. */
class ImpatientClock implements Clock {
  sleeps = 0;
  now = (): Temporal.Instant => systemClock.now();
  async sleep(duration: Temporal.Duration, signal?: AbortSignal): Promise<void> {
    if (duration.total({ unit: 'seconds' }) > 2) return systemClock.sleep(duration, signal);
    signal?.throwIfAborted();
    this.sleeps += 1;
  }
}

/** Notes as a program keeps them that may die. */
export class KeptNotes implements UndoNotes {
  readonly kept: UndoNote[] = [];
  pending = async (): Promise<readonly UndoNote[]> => [...this.kept];
  async remember(note: UndoNote): Promise<void> {
    this.kept.push(note);
  }
  async forget(note: UndoNote): Promise<void> {
    this.kept.splice(
      this.kept.findIndex((each) => JSON.stringify(each) === JSON.stringify(note)),
      1,
    );
  }
}

/** A simulated phone with apps, messages and so on, that things are given to. */
export interface PhoneToGiveTo extends AsyncDisposable {
  readonly android: Android;
  readonly simulated: SimulatedPhone;
  readonly transport: AdbTransport;
  readonly phone: AndroidPhone;
  readonly sink: DeviceSink;
  readonly clock: { readonly sleeps: number };
}

/** Starts a phone of this state and opens it. */
export async function phoneToGiveTo(
  android: Android,
  options: Partial<PhoneOptions> = {},
): Promise<PhoneToGiveTo> {
  const simulated = await startPhone({ ...phoneOptions(android), ...options });
  const transport = await connectTcp({ host: simulated.host, port: simulated.port, key });
  const phone = await openPhone(transport);
  const clock = new ImpatientClock();
  return {
    android,
    simulated,
    transport,
    phone,
    clock,
    sink: await androidSink(phone, { clock }),
    async [Symbol.asyncDispose]() {
      await transport[Symbol.asyncDispose]();
      await simulated[Symbol.asyncDispose]();
    },
  };
}

/** A sample phone whose own storage is this. */
export const phoneHaving = (storage: PhoneFolder, options: SampleOptions = {}): Android =>
  samplePhone({ messages: 0, multimedia: 0, contacts: 0, calls: 0, events: 0, apps: 0, ...options, storage });

/** Backs a phone up, of these types. */
export async function backUpPhone(
  repository: OpenRepository,
  android: Android,
  types?: readonly ItemType[],
): Promise<void> {
  await using phone = await phoneToGiveTo(android);
  using source = androidSource(phone.phone, types === undefined ? {} : { types });
  await runBackup(repository, source);
}

/** What a restore to a phone is asked to do. */
export interface GiveBackAsked {
  readonly paths?: readonly string[];
  readonly types?: readonly ItemType[];
  readonly conflict?: Conflict;
  readonly signal?: AbortSignal;
  readonly undoNotes?: UndoNotes;
  readonly onItem?: (item: RestoredItem) => void;
}

/** What came of it. */
export interface GivenBack {
  readonly plan: DevicePlan;
  readonly summary: RestoreSummary;
  readonly items: readonly RestoredItem[];
  /** Paths in the backup by reason, sorted. */
  readonly byReason: Readonly<Record<string, readonly string[]>>;
}

/** Gives the latest backup back to a phone. */
export async function giveBack(
  repository: OpenRepository,
  sink: DeviceSink,
  { onItem, undoNotes = new KeptNotes(), signal, ...asked }: GiveBackAsked = {},
): Promise<GivenBack> {
  const { snapshot } = await findSnapshot(repository, 'latest');
  await using indexed = await loadIndex(repository, { threads: 0, tolerate: true });
  const plan = await planDeviceRestore(indexed, { paths: [], ...asked, tree: snapshot.tree }, sink, signal);
  const items: RestoredItem[] = [];
  let summary: RestoreSummary | undefined;
  for await (const event of restoreToDevice(indexed, plan, sink, { undoNotes, ...(signal && { signal }) })) {
    if (event.kind === 'done') ({ summary } = event);
    if (event.kind !== 'item') continue;
    items.push(event);
    onItem?.(event);
  }
  if (summary === undefined) throw new Error('the restore told no end');
  const byReason: Record<string, string[]> = {};
  for (const { reason, path } of items) (byReason[reason] ??= []).push(path);
  for (const paths of Object.values(byReason)) paths.sort();
  return { plan, summary, items, byReason };
}

/** Shared storage of a phone. */
export function storageOf({ root }: Android, path = '/storage/emulated/0'): PhoneFolder {
  const found = nodeAt(root, path, { follow: true });
  if (found?.kind !== 'folder') throw new Error(`no folder ${path}`);
  return found;
}
