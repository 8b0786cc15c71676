import type { StoreSigns } from '@holdfast/home';
import type { Clock } from '@holdfast/kernel';

/** What watching needs. */
export interface StoreWatch {
  readonly clock: Clock;
  readonly signs: () => Promise<StoreSigns>;
  /** Called when it is not as it was; `mayHelp` where that may let go on what could not be written. */
  readonly onChange: (mayHelp: boolean) => void;
  /** A glance that could not be had: there is another. */
  readonly onTrouble: (error: unknown) => void;
}

/** A drive that is pulled shows as soon; a glance costs a few system calls. */
const EVERY = Temporal.Duration.from({ seconds: 5 });

/** So much more or less room is worth telling: a pack. */
const NOTABLE_BYTES = 16_000_000;

/** Looks again and again whether the place of the backups is there, can be written, has room and may be opened, and tells what changes; until the signal aborts. */
export async function watchStore(
  { clock, signs, onChange, onTrouble }: StoreWatch,
  signal: AbortSignal,
): Promise<void> {
  let told: StoreSigns | undefined;
  while (!signal.aborted) {
    try {
      const now = await signs();
      const change = told && changeOf(told, now);
      if (told === undefined || change !== undefined) told = now;
      if (change !== undefined) onChange(change.mayHelp);
    } catch (error) {
      if (signal.aborted) return;
      onTrouble(error);
    }
    await clock.sleep(EVERY, signal).catch(() => {});
  }
}

function changeOf(told: StoreSigns, now: StoreSigns): { readonly mayHelp: boolean } | undefined {
  const moreBytes = (now.freeBytes ?? 0) - (told.freeBytes ?? 0);
  const isOther = keyOf(now) !== keyOf(told);
  if (!isOther && Math.abs(moreBytes) < NOTABLE_BYTES) return undefined;
  return { mayHelp: isOther || moreBytes > 0 };
}

const keyOf = ({ isThere, isWritable, passwords }: StoreSigns): string =>
  JSON.stringify([isThere, isWritable, passwords]);
