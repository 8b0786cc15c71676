import type { AdbTransport } from '@holdfast/adb';
import { type Clock, Failure, plainText } from '@holdfast/kernel';
import { DEVICE_FAILURES } from '#failures.ts';
import type { AppOpNote, UndoNotes } from '#undo-note.ts';
import { parseAppOp } from '../../../capabilities/probes.ts';
import { type Output, outputOf } from '../../../facts/output.ts';
import { valueOf } from '../../../facts/told.ts';
import type { AndroidPhone } from '../../../phone.ts';

const SHELL = 'com.android.shell';
const OP = 'WRITE_SMS';
const ALLOW = 'allow';

interface AppOps {
  readonly transport: AdbTransport;
  readonly clock?: Clock;
}

const appops = (link: AppOps, words: readonly string[], signal?: AbortSignal): Promise<Output> =>
  outputOf(link.transport, ['cmd', 'appops', ...words], link, signal);

/**
 * Lets the shell write messages until this is disposed of; without it the provider takes what is written and keeps nothing (AOSP
 * `SmsProvider`, `AppOpsManager.OP_WRITE_SMS`). The mode there was is noted before it is changed, and the note forgotten once it is
 * back. Fails with `devices/refused-writing` where the phone does not let us.
 */
export async function allowWriting(
  phone: AndroidPhone,
  { clock, undoNotes }: { readonly clock?: Clock; readonly undoNotes: UndoNotes },
  signal?: AbortSignal,
): Promise<AsyncDisposable> {
  const link = { transport: phone.transport, ...(clock && { clock }) };
  const { stdout, stderr } = await appops(link, ['get', SHELL, OP], signal);
  const mode = parseAppOp(stdout, OP);
  if (mode.kind === 'unrecognised') throw refusedWriting(stderr === '' ? stdout : stderr);
  if (valueOf(mode) === ALLOW) return { async [Symbol.asyncDispose]() {} };
  // Of all apps of a user together it is not ours to change: what is set for the package counts for the shell.
  const own = /^\s*WRITE_SMS: (\w+)/m.exec(stdout)?.[1] ?? 'default';
  const note: AppOpNote = { kind: 'app-op', deviceId: phone.device.id, package: SHELL, op: OP, mode: own };
  await undoNotes.remember(note);
  try {
    await setMode(link, note, ALLOW, signal);
  } catch (error) {
    await putBack(link, note, undoNotes);
    throw error;
  }
  return { [Symbol.asyncDispose]: () => putBack(link, note, undoNotes) };
}

/** Puts back what a note about this phone says. Fails with `devices/refused-writing` and `adb/…`. */
export async function putBackMode(
  phone: AndroidPhone,
  note: AppOpNote,
  options: { readonly clock?: Clock },
  signal?: AbortSignal,
): Promise<void> {
  await setMode({ transport: phone.transport, ...options }, note, note.mode, signal);
}

/** Without the signal of whoever wants to stop: this is part of stopping. What fails stays noted. */
async function putBack(link: AppOps, note: AppOpNote, undoNotes: UndoNotes): Promise<void> {
  try {
    await setMode(link, note, note.mode);
    await undoNotes.forget(note);
  } catch {
    // The phone is gone: the next run finds the note.
  }
}

/** Sets it, and reads it back. */
async function setMode(
  link: AppOps,
  { package: name, op }: AppOpNote,
  mode: string,
  signal?: AbortSignal,
): Promise<void> {
  const { stdout, stderr } = await appops(link, ['set', name, op, mode], signal);
  const after = await appops(link, ['get', name, op], signal);
  const now = /^\s*(\w+): (\w+)/m.exec(after.stdout);
  const isSet = now?.[1] === op ? now[2] === mode : mode === 'default' || mode === 'ignore';
  if (!isSet) throw refusedWriting(`${stderr}${stdout}` || after.stdout);
}

/** `devices/refused-writing`. */
const refusedWriting = (said: string): Failure =>
  new Failure(DEVICE_FAILURES.refusedWriting, 'The phone does not let a computer write messages', {
    hint: 'On a Xiaomi phone switch on "USB debugging (Security settings)" in the developer options, then restore again.',
    details: { said: plainText(/\w+Exception: .*/.exec(said)?.[0] ?? said.trim(), 300) },
  });
