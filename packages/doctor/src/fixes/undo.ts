import type { AndroidPhone } from '@holdfast/devices/android';
import { type Clock, Failure, isFailure, plainText } from '@holdfast/kernel';
import { DOCTOR_FAILURES } from '#failures.ts';
import type { Change } from './changes/change.ts';
import { entryOf } from './changes/changes.ts';
import { fixOf } from './fixes.ts';
import { readChange, setChange } from './read-change.ts';
import { canBeUndone, type FixJournal, type JournalEntry, type KeptFix, setOnce } from './record.ts';

/** What undoing needs. */
export interface UndoOptions {
  /** The journal of the fix. */
  readonly journal: FixJournal;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Sets back what a fix changed, the last first, to exactly what was recorded; also of a fix that was cut off in the middle, and again after
 * an undo that was. Fails with `doctor/not-undoable`, with `doctor/refused` where the phone does not let it, and with `adb/…`: all of
 * them leave it to be undone again.
 */
export async function undoFix(
  phone: AndroidPhone,
  kept: KeptFix,
  { journal, clock, signal }: UndoOptions,
): Promise<KeptFix> {
  if (!canBeUndone(kept)) throw notUndoable(kept);
  if (kept.device.id !== phone.device.id) throw otherPhone(kept);
  const entries: JournalEntry[] = [];
  const append = async (entry: JournalEntry): Promise<void> => {
    await journal.append(entry);
    entries.push(entry);
  };
  const trouble = await putBack(phone, kept, { clock, append, ...(signal && { signal }) });
  if (trouble !== undefined) throw trouble;
  const at = clock.now().toString();
  await append({ kind: 'undone', at });
  return {
    ...kept,
    state: { kind: 'undone', at },
    made: kept.made.map((one) => ({ ...one, isPutBack: true })),
  };
}

/** How what was changed is put back. */
export interface PuttingBack {
  readonly append: FixJournal['append'];
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Puts back all that a fix changed, the last first, and gives what the phone refused. One that is refused keeps none of the others
 * from being put back. Fails with `adb/…` only.
 */
export async function putBack(
  phone: AndroidPhone,
  kept: KeptFix,
  { append, ...talking }: PuttingBack,
): Promise<Failure | undefined> {
  let trouble: Failure | undefined;
  for (const one of setOnce(kept.made).toReversed()) {
    const { change, before, isPutBack } = one;
    if (isPutBack) continue;
    talking.signal?.throwIfAborted();
    const now = await readChange(phone, change, talking);
    const isSo = now.kind === 'value' && now.value === before;
    try {
      if (!isSo) await setBack(phone, { change, before }, talking);
      await append({ kind: 'put-back', place: placeOf(kept, change) });
    } catch (error) {
      if (!isFailure(error, DOCTOR_FAILURES.refused)) throw error;
      trouble ??= error;
    }
  }
  return trouble;
}

/** Of the last time it was set: that is the one `setOnce` goes by. */
const placeOf = ({ made }: KeptFix, change: Change): number =>
  made.findLastIndex((one) => JSON.stringify(one.change) === JSON.stringify(change));

async function setBack(
  phone: AndroidPhone,
  { change, before }: Pick<KeptFix['made'][number], 'change' | 'before'>,
  talking: Omit<PuttingBack, 'append'>,
): Promise<void> {
  const says = `Put ${entryOf(change).what(change)} back`;
  await setChange(phone, { change, to: before, says }, talking);
}

const notUndoable = ({ code, state }: KeptFix): Failure =>
  new Failure(
    DOCTOR_FAILURES.notUndoable,
    state.kind === 'undone'
      ? `${fixOf(code).title}: it was undone already`
      : `${fixOf(code).title}: there is nothing to put back`,
    { hint: 'Look again: the report says how it is now.' },
  );

const otherPhone = ({ device }: KeptFix): Failure =>
  new Failure(DOCTOR_FAILURES.notUndoable, `That fix was on ${plainText(device.name, 80)}`, {
    hint: 'Connect that phone.',
  });
