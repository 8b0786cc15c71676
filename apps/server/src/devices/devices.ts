import type { Catalog } from '@holdfast/catalog';
import type { ItemType } from '@holdfast/contract';
import type { Run, ServerEvent } from '@holdfast/contract/api';
import type { Device } from '@holdfast/devices';
import type { Decision } from '@holdfast/engine';
import { type ChosenSource, folderSource, type Host, type SettingsFile } from '@holdfast/home';
import { phoneSource } from '@holdfast/home/phones';
import { isOver } from '../runs/run-view.ts';
import type { Runs } from '../runs/runs.ts';
import { decideFor } from './automatic.ts';
import type { Board } from './board.ts';
import type { Folders } from './folders.ts';
import type { Watcher } from './watcher.ts';

/** Devices are looked for so often. */
const LOOK_EVERY = Temporal.Duration.from({ seconds: 3 });
/** Something changed in a folder: it is backed up again no sooner. */
const FOLDER_AGAIN_MS = 3_600_000;

/** What watching devices needs. */
export interface DevicesOptions {
  readonly host: Host;
  readonly catalog: Catalog;
  readonly settings: SettingsFile;
  readonly watcher: Watcher;
  readonly folders: Folders;
  readonly runs: Runs;
  readonly board: Board;
  /** What automatic backup decided last, by device: kept up to date here. */
  readonly decisions: Map<string, Decision>;
  readonly publish: (event: ServerEvent) => void;
  /** Aborted when it is to look at once. */
  readonly again: () => AbortSignal;
  readonly onTrouble: (error: unknown) => void;
}

/** Looks for devices until aborted: wakes runs that wait for them, begins backups that are due, and tells what has changed. */
export async function watchDevices(options: DevicesOptions): Promise<void> {
  const { host, again, onTrouble } = options;
  const { clock, signal } = host;
  let shown = '';
  while (!signal.aborted) {
    // Taken before the look: what is asked for while it lasts makes another.
    const soon = AbortSignal.any([signal, again()]);
    try {
      await lookOnce(options);
      shown = await publishHome(options, shown);
    } catch (error) {
      if (signal.aborted) return;
      onTrouble(error);
    }
    await clock.sleep(LOOK_EVERY, soon).catch(() => {});
  }
}

/** One look, and what follows from it. */
async function lookOnce(options: DevicesOptions): Promise<void> {
  const { host, watcher, folders, runs, settings, decisions } = options;
  const from = host.clock.now();
  const before = new Set(watcher.phones.keys());
  await Promise.all([watcher.look(), folders.look()]);
  const removed = new Set(settings.removed);
  for (const id of watcher.phones.keys())
    if (removed.has(id) && !before.has(id)) await settings.setRemoved(id, false);
  const here = new Set([...watcher.phones.keys(), ...folders.here.keys()]);
  runs.inSight(here, from);
  for (const id of decisions.keys()) if (!here.has(id)) decisions.delete(id);
  for (const id of here) await backUpIfDue(id, options);
}

async function backUpIfDue(
  id: string,
  { host, catalog, settings, watcher, folders, runs, decisions }: DevicesOptions,
): Promise<void> {
  if (settings.removed.includes(id)) return;
  const phone = watcher.phones.get(id);
  const decision = await decideFor(
    {
      id,
      since: phone === undefined ? changedSince(id, folders, runs.list(id)) : phone.since,
      battery: phone?.battery,
    },
    { host, catalog, rulesOf: (one) => settings.rulesOf(one), runsOf: (one) => runs.list(one) },
  );
  decisions.set(id, decision);
  if (decision.kind !== 'start') return;
  folders.backingUp(id);
  await runs.start({ kind: 'backup', device: id }, 'rule');
}

/** When something in a folder changed, unless it was backed up shortly before. */
function changedSince(id: string, folders: Folders, runs: readonly Run[]): Temporal.Instant | undefined {
  const changed = folders.here.get(id)?.changed;
  const last = runs.find(({ kind, ended }) => kind === 'backup' && ended !== undefined);
  if (changed === undefined || last?.ended === undefined) return changed;
  const sinceMs = changed.epochMilliseconds - Temporal.Instant.from(last.ended).epochMilliseconds;
  return sinceMs >= FOLDER_AGAIN_MS ? changed : undefined;
}

/** Tells the first screen when it is not as it was; gives it as it is. */
async function publishHome({ board, publish }: DevicesOptions, shown: string): Promise<string> {
  const home = await board.home();
  // Where only the clock went on, nothing is told; times are the page's to show.
  const text = JSON.stringify(home, (key, value: unknown) => (key === 'lastSeen' ? undefined : value));
  if (text !== shown) publish({ kind: 'home', home });
  return text;
}

/** A device's source for a run, its link open. Fails with `server/not-in-sight`. */
export async function openSource(
  id: string,
  types: readonly ItemType[] | undefined,
  signal: AbortSignal,
  { host, watcher, folders, board }: Pick<DevicesOptions, 'host' | 'watcher' | 'folders' | 'board'>,
): Promise<ChosenSource & AsyncDisposable> {
  const folder = folders.here.get(id);
  if (folder !== undefined) {
    const source = await folderSource(folder.path, { excludes: [] }, host);
    return { source, [Symbol.asyncDispose]: async () => {} };
  }
  const { name } = await board.known(id);
  await using stack = new AsyncDisposableStack();
  const { phone } = stack.use(await watcher.open(id, name, signal));
  const source = stack.use(phoneSource(phone, { excludes: [], ...(types && { types }) }, host));
  const held = stack.move();
  return { source, phone, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/** A phone by the name that tells it apart, its link open, to give something back to it or to mend it. Fails with `server/not-in-sight`. */
export async function openDevice(
  id: string,
  signal: AbortSignal,
  { watcher, board }: Pick<DevicesOptions, 'watcher' | 'board'>,
): ReturnType<Watcher['open']> {
  const { name } = await board.known(id);
  const opened = await watcher.open(id, name, signal);
  return { ...opened, phone: { ...opened.phone, device: { ...opened.phone.device, name } } };
}

/** The device that a request names, to be backed up or audited. Fails with `server/unknown`. */
export async function deviceOf(id: string, { board }: { readonly board: Board }): Promise<Device> {
  const { name, kind } = await board.known(id);
  return { id, name, kind };
}

/** Devices that a run reads or writes now. */
export const busyDevices = (runs: Pick<Runs, 'unfinished'>): ReadonlySet<string> =>
  new Set(
    runs
      .unfinished()
      .filter((run) => !isOver(run) && /^(running|pausing|stopping)$/.test(run.state.kind))
      .flatMap(({ device }) => (device === undefined ? [] : [device.id])),
  );
