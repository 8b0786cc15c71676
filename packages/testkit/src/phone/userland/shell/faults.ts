import type { Android, CommandFault } from '../android.ts';
import type { Sink } from '../call.ts';

/** Thrown through a command that does not live to its end. */
export class Killed extends Error {}

/** A command's sinks with what goes wrong with it, if anything does. `begin` is where what fails at once fails. */
export function faultySinks(
  { faults }: Android,
  line: string,
  over: Promise<void>,
  { out, err }: { readonly out: Sink; readonly err: Sink },
): { readonly out: Sink; readonly err: Sink; readonly begin: () => Promise<void> } {
  const at = faults.findIndex(({ on, times = 1 }) => line.includes(on) && times > 0);
  const fault = faults[at];
  if (fault === undefined) return { out, err, begin: async () => undefined };
  if (fault.times !== undefined) faults[at] = { ...fault, times: fault.times - 1 };
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
  };
}

async function fail({ kind }: CommandFault, over: Promise<void>): Promise<void> {
  if (kind === 'stalls') await over;
  throw new Killed();
}
