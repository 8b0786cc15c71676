import { type AdbTransport, connectOver } from '@holdfast/adb';
import { type AndroidPhone, openPhone } from '@holdfast/devices/android';
import {
  type Android,
  androidShell,
  type PhoneShell,
  phoneInMemory,
  phoneOptions,
  testerKey,
} from '@holdfast/testkit/phone';
import type { MortalProcess } from './process.ts';
import type { Fault } from './story.ts';

const KEY = testerKey();

/** A phone that a process has opened, and the link to it. */
export interface Connection {
  readonly transport: AdbTransport;
  readonly phone: AndroidPhone;
}

/** Plugs a phone in and opens it, with what goes wrong on the cable and what the phone refuses. */
export async function connect(
  android: Android,
  process: MortalProcess,
  faults: readonly Fault[],
): Promise<Connection> {
  const { clock } = process;
  const phone = phoneInMemory({ ...phoneOptions(android), shell: shellOf(android, faults) });
  const cable = process.cable(phone.plug(linkFaultsOf(faults)));
  const transport = await connectOver(cable, 'memory', { key: KEY, clock });
  return { transport, phone: await openPhone(transport, { clock }) };
}

/** Words of commands that these faults have the phone refuse. */
export const refusedBy = (faults: readonly Fault[]): readonly string[] =>
  faults.flatMap((each) => (each.fault === 'security' ? [each.on] : []));

function shellOf(android: Android, faults: readonly Fault[]): PhoneShell {
  const shell = androidShell(android);
  const refused = refusedBy(faults);
  return async (line, io) => {
    const text = new TextDecoder().decode(line).replaceAll("'", '');
    if (!refused.some((words) => text.includes(words))) return shell(line, io);
    const said =
      'Error while accessing provider\njava.lang.SecurityException: Permission Denial: no reading\n';
    await io.err(new TextEncoder().encode(said));
    return 0;
  };
}

function linkFaultsOf(faults: readonly Fault[]) {
  const cut = faults.find((each) => each.fault === 'cut');
  const stall = faults.find((each) => each.fault === 'stall');
  return {
    ...(cut && { cutAfterBytes: cut.afterBytes }),
    ...(stall && { stallAfterBytes: stall.afterBytes }),
  };
}

/** Whether work with a phone and a store may fail so with these faults. */
export function isExplained(code: string, faults: readonly Fault[]): boolean {
  const has = (fault: Fault['fault']): boolean => faults.some((each) => each.fault === fault);
  if (code === 'adb/gone' || code === 'adb/stalled') return has('cut') || has('stall');
  if (code.startsWith('store/') || code.startsWith('repository/')) return has('store');
  return false;
}
