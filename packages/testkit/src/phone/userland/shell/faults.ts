import type { Android, CommandFault } from '../android.ts';
import type { Sink } from '../call.ts';

/** Thrown through a command that does not live to its end. */
export class Killed extends Error {}

/** A command's sinks, and what is to be done about it: before it begins, in its place, and at its end. */
interface FaultySinks {
  readonly out: Sink;
  readonly err: Sink;
  readonly begin: () => Promise<void>;
  /** What is printed in its place. */
  readonly instead?: string;
  readonly end: () => Promise<void>;
}

const nothing = async (): Promise<void> => undefined;

/** A command's sinks with what goes wrong with it, if anything does. `begin` is where what fails at once fails. */
export function faultySinks(
  android: Android,
  line: string,
  over: Promise<void>,
  { out, err }: { readonly out: Sink; readonly err: Sink },
): FaultySinks {
  const { faults } = android;
  const at = faults.findIndex(({ on, times = 1 }) => line.includes(on) && times > 0);
  const fault = faults[at];
  if (fault === undefined) return { out, err, begin: nothing, end: nothing };
  if (fault.times !== undefined) faults[at] = { ...fault, times: fault.times - 1 };
  if (fault.kind === 'says') return { out, err, begin: nothing, instead: fault.text ?? '', end: nothing };
  if (fault.kind === 'cut-before' || fault.kind === 'cut-after') {
    const cut = async (): Promise<void> => {
      android.pullCable?.();
      await over;
      throw new Killed();
    };
    return fault.kind === 'cut-before'
      ? { out, err, begin: cut, end: nothing }
      : { out, err, begin: nothing, end: cut };
  }
  let left = fault.afterBytes ?? 0;
  const faulty: Sink = async (bytes) => {
    const sound = bytes.subarray(0, left);
    left -= sound.length;
    if (sound.length > 0) await out(sound);
    if (sound.length === bytes.length) return;
    if (fault.kind === 'garbage') await out(new Uint8Array(bytes.length - sound.length).fill(0xf5));
    else await fail(fault, over);
  };
  return {
    out: faulty,
    err,
    begin: async () => (left === 0 && fault.kind !== 'garbage' ? fail(fault, over) : undefined),
    end: nothing,
  };
}

async function fail({ kind }: CommandFault, over: Promise<void>): Promise<void> {
  if (kind === 'stalls') await over;
  throw new Killed();
}
