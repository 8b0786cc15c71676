import type { UndoNotes } from '@holdfast/devices';
import { androidSink } from '@holdfast/devices/android';
import { type Conflict, planDeviceRestore, type RestoredItem, restoreToDevice } from '@holdfast/engine';
import { acquireLock, loadIndex, type SnapshotEntry } from '@holdfast/repository';
import { type Android, contentBytes, type PhoneNode } from '@holdfast/testkit/phone';
import { connect } from './connection.ts';
import { expect } from './expect.ts';
import type { MortalProcess } from './process.ts';
import { textsOf } from './records.ts';
import { storageOf } from './storage.ts';
import type { Fault } from './story.ts';
import { isOf, thingsOn } from './truth.ts';
import type { World } from './world.ts';

/** What is given back, and where to. */
export interface Gift {
  readonly android: Android;
  readonly entry: SnapshotEntry;
  /** What the backup holds. */
  readonly held: ReadonlyMap<string, string>;
  readonly conflict: Exclude<Conflict, 'overwrite'>;
  readonly faults: readonly Fault[];
}

/** Gives a backup back to a phone, as the command does. Throws what ends it. */
export async function giveBack(world: World, process: MortalProcess, gift: Gift): Promise<void> {
  const { android, entry, conflict, faults, held } = gift;
  const kill = faults.find((each) => each.fault === 'kill');
  const { clock, gone: signal } = process;
  const { isProcessAlive } = world;
  const repository = world.repository(process, faults);
  await using lock = await acquireLock(repository, {
    exclusive: false,
    readOnly: true,
    isProcessAlive,
    signal,
  });
  await using indexed = await loadIndex(repository, { threads: 0, signal: lock.signal });
  const { transport, phone } = await connect(android, process, faults);
  await using _ = transport;
  const sink = await androidSink(phone, { clock, signal: lock.signal });
  const selection = { tree: entry.snapshot.tree, paths: [], conflict };
  const plan = await planDeviceRestore(indexed, selection, sink, lock.signal);
  const options = { undoNotes: world.undoNotes(android, process), signal: lock.signal };
  let events = 0;
  for await (const event of restoreToDevice(indexed, plan, sink, options)) {
    if (++events === kill?.atEvent) process.die();
    await process.living(async () => undefined);
    if (event.kind === 'item') assertGiven(event, android, held);
  }
}

/** What is said to be verified is there at that moment, as the backup holds it. */
function assertGiven(
  { path, to, state }: RestoredItem,
  android: Android,
  held: ReadonlyMap<string, string>,
): void {
  if (state !== 'verified' || !path.startsWith('files/')) return;
  const node = nodeAt(android, to.split('/'));
  const isThere = node?.kind === 'file' && isOf(node.content) === held.get(path);
  expect(isThere, `${JSON.stringify(path)} is not on the phone as it was given: ${sayNode(node)} at ${to}`);
}

const sayNode = (node: PhoneNode | undefined): string =>
  node?.kind === 'file' ? `${contentBytes(node.content)} bytes` : String(node?.kind);

/** By names that may differ in case from those that are there. */
function nodeAt(android: Android, [volume, ...names]: readonly string[]): PhoneNode | undefined {
  let node: PhoneNode | undefined = storageOf(android).find(([id]) => id === volume)?.[1];
  for (const name of names) node = node?.kind === 'folder' ? node.entries.get(name) : undefined;
  return node;
}

/** Looks at a phone now; what it gives looks again later, and tells when anything was lost meanwhile, or doubled. */
export function watch(android: Android, held: readonly string[]): () => void {
  const things = thingsOn(android);
  const texts = countsOf(textsOf(android));
  const inBackup = countsOf(held);
  return () => {
    const now = thingsOn(android);
    for (const [path, { is }] of things)
      expect(
        isHalf(path) || now.get(path)?.is === is,
        `giving back changed ${JSON.stringify(path)} on the phone`,
      );
    const textsNow = countsOf(textsOf(android));
    for (const [text, count] of texts)
      expect((textsNow.get(text) ?? 0) >= count, `giving back lost the message ${text}`);
    for (const [text, count] of textsNow) {
      const most = Math.max(texts.get(text) ?? 0, inBackup.get(text) ?? 0);
      expect(count <= most, `giving back wrote ${text} ${count} times instead of ${most}`);
    }
  };
}

/** Whether a path is of a file that was on its way: the next time anything is done with the phone, it goes. */
const isHalf = (path: string): boolean => /(?:^|\/)\.holdfast-[0-9a-f]{16}$/.test(path);

/** What is on its way, or was left so. */
export const halfOn = (android: Android): readonly string[] => [...thingsOn(android).keys()].filter(isHalf);

function countsOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** Notes as a computer keeps them: they outlive the process that made them. */
export class KeptNotes {
  readonly #kept: { readonly note: Parameters<UndoNotes['remember']>[0]; readonly of: Android }[] = [];

  /** True while something on this phone is to be put back. */
  isPending(android: Android): boolean {
    return this.#kept.some(({ of }) => of === android);
  }

  /** As a process has them that gives to a phone. */
  of(android: Android, process: MortalProcess): UndoNotes {
    return {
      pending: () => process.living(async () => this.#kept.map(({ note }) => note)),
      remember: (note) => process.living(async () => void this.#kept.push({ note, of: android })),
      forget: (note) =>
        process.living(async () => {
          const at = this.#kept.findIndex((each) => JSON.stringify(each.note) === JSON.stringify(note));
          if (at >= 0) this.#kept.splice(at, 1);
        }),
    };
  }
}
