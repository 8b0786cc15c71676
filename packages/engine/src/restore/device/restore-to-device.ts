import type { DeviceSink, IndexState, UndoNote, UndoNotes } from '@holdfast/devices';
import { isFailure } from '@holdfast/kernel';
import type { IndexedRepository } from '@holdfast/repository';
import { noRoom } from '#failures.ts';
import type { RestoreEvent } from '../events.ts';
import type { PlannedFiles } from '../planned-files.ts';
import { settledEvent } from '../settled-event.ts';
import { RESTORE_BEGINNING, type RestoreState, stepRestore, summarise } from '../state.ts';
import type { DevicePlan } from './device-plan.ts';
import { giveFiles } from './give-files.ts';
import { type PlannedRecords, settledRecord } from './plan-records.ts';

/** What a device's own storage is called, as in snapshots. */
const INTERNAL = 'internal';

/** How a plan is carried out. */
export interface DeviceRestoreOptions {
  /** Where it is kept what has to be put back on the device should this process die. */
  readonly undoNotes: UndoNotes;
  readonly signal?: AbortSignal;
}

/**
 * Carries out a plan and tells what became of each item, each once; everything is read back on the device. Records first, then
 * files. What is there is recognised again, so a run that was cut anywhere is simply planned and run again.
 *
 * One item's trouble never stops the others. Fails with `engine/no-room` before anything is written, with `adb/…` when the device is
 * gone, and on trouble with the repository as a whole. After an abort nothing more is written, but what has to be put back is.
 */
export async function* restoreToDevice(
  repository: IndexedRepository,
  plan: DevicePlan,
  sink: DeviceSink,
  options: DeviceRestoreOptions,
): AsyncGenerator<RestoreEvent, void, undefined> {
  let state: RestoreState = RESTORE_BEGINNING;
  let index: IndexState = 'nothing-to-index';
  for await (const event of events(repository, plan, sink, options)) {
    if (typeof event === 'string') {
      index = event;
      continue;
    }
    state = stepRestore(state, event);
    yield event;
  }
  yield { kind: 'done', summary: { ...summarise(state), index } };
}

async function* events(
  repository: IndexedRepository,
  plan: DevicePlan,
  sink: DeviceSink,
  { undoNotes, signal }: DeviceRestoreOptions,
): AsyncGenerator<RestoreEvent | IndexState, void, undefined> {
  yield { kind: 'began', items: plan.items, bytes: plan.totalBytes };
  await undoLeftOver(sink, undoNotes, signal);
  throwUnlessRoom(plan, sink);
  for (const item of plan.settled) yield settledEvent(item);
  for (const records of plan.records) yield* giveRecords(sink, records, undoNotes, signal);
  if (plan.files.length > 0)
    yield* giveNotedFiles(repository, plan.files, sink, { undoNotes, ...(signal && { signal }) });
  yield await sink.files.index(signal);
}

/** Gives files; what an end before its time leaves of them is removed, and by a later run where the device is gone. */
async function* giveNotedFiles(
  repository: IndexedRepository,
  files: PlannedFiles,
  sink: DeviceSink,
  { undoNotes, signal }: DeviceRestoreOptions,
): AsyncGenerator<RestoreEvent, void, undefined> {
  const note: UndoNote = { kind: 'stages', deviceId: sink.device.id, folders: foldersOf(files) };
  await undoNotes.remember(note);
  let isWhole = false;
  try {
    yield* giveFiles(repository, files, sink.files, signal);
    isWhole = true;
  } finally {
    await clear(sink, note, { undoNotes, isWhole });
  }
}

/** What fails stays noted: the device is gone, and the next run finds it. */
async function clear(
  sink: DeviceSink,
  note: UndoNote,
  { undoNotes, isWhole }: { readonly undoNotes: UndoNotes; readonly isWhole: boolean },
): Promise<void> {
  try {
    // Without the signal of whoever wants to stop: this is part of stopping.
    if (!isWhole) await sink.undo(note);
    await undoNotes.forget(note);
  } catch (error) {
    if (!isFailure(error)) throw error;
  }
}

/** A note names no more: so long a list is of a device's every folder, and still short enough to be read again. */
const MOST_NOTED = 3 * 1024 * 1024;

function foldersOf(files: PlannedFiles): readonly string[] {
  const folders = new Set<string>();
  let length = 0;
  for (let file = 0; file < files.length; file++) {
    const folder = files.at(file).to.slice(0, -1).join('/');
    if (folders.has(folder)) continue;
    length += folder.length;
    if (length > MOST_NOTED) break;
    folders.add(folder);
  }
  return [...folders];
}

/**
 * Puts back what runs that died had changed on this device, and gives how many changes that were. Fails where the device refuses, and
 * with `adb/…`: then the notes stay.
 */
export async function undoLeftOver(
  sink: DeviceSink,
  undoNotes: UndoNotes,
  signal?: AbortSignal,
): Promise<number> {
  let undone = 0;
  for (const note of await undoNotes.pending()) {
    if (!(await sink.undo(note, signal))) continue;
    await undoNotes.forget(note);
    undone += 1;
  }
  return undone;
}

function throwUnlessRoom({ writeBytes }: DevicePlan, { device, files }: DeviceSink): void {
  for (const { id, freeBytes } of files.volumes) {
    const neededBytes = writeBytes.get(id) ?? 0;
    const target = id === INTERNAL ? device.name : `the memory card ${id} of ${device.name}`;
    if (freeBytes !== undefined && neededBytes > freeBytes)
      throw noRoom(target, { neededBytes, freeBytes, volume: id });
  }
}

async function* giveRecords(
  sink: DeviceSink,
  records: PlannedRecords,
  undoNotes: UndoNotes,
  signal: AbortSignal | undefined,
): AsyncGenerator<RestoreEvent, void, undefined> {
  const { type, file, isChosen, replaces, toGive, settled } = records;
  const taker = sink.recordsOf(type);
  if (taker === undefined || toGive === 0) {
    for (const item of settled) yield settledEvent(item);
    return;
  }
  let told = 0;
  try {
    for await (const outcome of taker.give(file, { isChosen, replaces, undoNotes }, signal)) {
      told += 1;
      yield settledEvent(settledRecord(records, outcome));
    }
  } catch (error) {
    if (!isFailure(error) || !error.code.startsWith('repository/')) throw error;
    for (; told < records.items; told++)
      yield settledEvent({
        path: file.path,
        to: [type],
        reason: 'damaged-in-backup',
        detail: error.message,
        bytes: 0,
      });
  }
}
