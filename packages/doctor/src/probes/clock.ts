import { outputOf, type Told, told, unrecognised, valueOf } from '@holdfast/devices/android';
import type { ClockFacts } from '../photos-facts.ts';
import { refusalIn } from './command-probe.ts';
import type { Probe } from './probe.ts';
import { OFF_OR_ON, parseSwitch } from './switches.ts';

const DATE = ['date', '+%s'];
const AUTOMATIC = ['settings', 'get', 'global', 'auto_time'];

/** How far `date +%s` is from this computer's time, in seconds, when it was asked between these two. */
export function parseClock(
  date: string,
  automatic: string,
  [before, after]: readonly [Temporal.Instant, Temporal.Instant],
): Told<ClockFacts> {
  const seconds = /^(\d{1,12})\r?\n$/.exec(date)?.[1];
  if (seconds === undefined) return unrecognised(date);
  const middle = (before.epochMilliseconds + after.epochMilliseconds) / 2000;
  const isAutomatic = valueOf(parseSwitch(automatic, OFF_OR_ON));
  return told({
    aheadSeconds: Math.round(Number(seconds) - middle),
    ...(isAutomatic !== undefined && { isAutomatic }),
  });
}

/** The phone's clock against this computer's. */
export const clockProbe: Probe<'clock'> = {
  name: 'clock',
  title: 'Clock',
  asked: () => [DATE, AUTOMATIC],
  async ask({ transport }, { clock, signal }) {
    const automatic = await outputOf(transport, AUTOMATIC, { clock }, signal);
    const before = clock.now();
    const date = await outputOf(transport, DATE, { clock }, signal);
    const raw = `${date.stdout}${date.stderr}${automatic.stdout}${automatic.stderr}`;
    const told = refusalIn([date]) ?? parseClock(date.stdout, automatic.stdout, [before, clock.now()]);
    return { told, raw };
  },
};
