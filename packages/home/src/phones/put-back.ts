import { type AndroidPhone, androidSink } from '@holdfast/devices/android';
import { undoLeftOver } from '@holdfast/engine';
import { isFailure, plainText } from '@holdfast/kernel';
import { HOME_FAILURES } from '#failures.ts';
import type { Host } from '#host.ts';
import { claimPhone } from './claim.ts';
import { undoNotes } from './undo-notes.ts';

/**
 * Puts back on a phone what a restore that died had changed there for a while, and says so. Where that cannot be done now it stays
 * noted for the next run, which is said too, and stops nothing. A restore under way is left alone.
 */
export async function putBackLeftOver(phone: AndroidPhone, host: Host): Promise<void> {
  const { clock, signal } = host;
  const { device } = phone;
  const notes = undoNotes(host);
  const isNoted = (await notes.pending()).some(({ deviceId }) => deviceId === device.id);
  if (!isNoted) return;
  const name = plainText(device.name, 80);
  try {
    await using _claim = await claimPhone(host, device, 'giving');
    const sink = await androidSink(phone, { clock, signal });
    if ((await undoLeftOver(sink, notes, signal)) > 0)
      host.tell.note(
        `${name}: a restore had been cut off; what it had changed there for a while is put back.`,
      );
  } catch (error) {
    signal.throwIfAborted();
    if (!isFailure(error)) throw error;
    if (error.code === HOME_FAILURES.phoneBusy) return;
    host.tell.note(
      `${name}: a restore had been cut off, and what it had changed there for a while cannot be put back now: ${error.message}. The next run tries again.`,
    );
  }
}
