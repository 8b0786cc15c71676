import { visibleText } from '@holdfast/kernel';
import { type Amount, type Measured, type Progress, wholePercent } from './progress.ts';
import { fitEnd, padTo, widthOf } from './width.ts';
import { formatBytes, formatCount, roughly } from './words.ts';

/** Cells of the bar. */
const BAR_CELLS = 20;

/** With less room than this a name tells nothing. */
const SHORTEST_NAME = 8;

/** Longest name looked at: no terminal is wider. */
const LONGEST_NAME = 400;

/** One line for a terminal of `columns`: bar, amounts, speed, time left, and what is being done in the room that remains. */
export function barLine(progress: Progress, measured: Measured, columns: number): string {
  const { phase, current } = progress;
  const bar =
    measured.fraction === undefined ? [] : [`${drawBar(measured.fraction)} ${percent(measured.fraction)}`];
  // The last column stays free: a full line makes some terminals wrap.
  const room = Math.max(0, columns - 1);
  let parts = [...bar, ...facts(progress, measured)];
  let line = [phase, parts.join(' · ')].join(' ');
  while (widthOf(line) > room && parts.length > 0) {
    parts = parts.slice(0, -1);
    line = [phase, parts.join(' · ')].join(' ');
  }
  const left = room - widthOf(line) - 3;
  if (current === undefined || left < SHORTEST_NAME) return fitEnd(line, room);
  return `${line} · ${fitEnd(visibleText(current.slice(-LONGEST_NAME)), left)}`;
}

/** One line for a log: `Saving: 31 of 540 files, 1.2 GB of 4.0 GB, 45 MB/s, about 3 minutes left`. */
export function logLine(progress: Progress, measured: Measured): string {
  const { fraction } = measured;
  const parts = [...(fraction === undefined ? [] : [percent(fraction)]), ...facts(progress, measured)];
  return parts.length === 0 ? progress.phase : `${progress.phase}: ${parts.join(', ')}`;
}

function facts({ items, bytes, noun = ['file', 'files'] }: Progress, measured: Measured): string[] {
  const [one, many] = noun;
  const { bytesPerSecond, secondsLeft } = measured;
  return [
    ...(items === undefined
      ? []
      : [`${amount(items, formatCount)} ${(items.total ?? items.done) === 1 ? one : many}`]),
    ...(bytes === undefined ? [] : [amount(bytes, formatBytes)]),
    ...(bytesPerSecond === undefined ? [] : [`${formatBytes(bytesPerSecond)}/s`]),
    ...(secondsLeft === undefined ? [] : [`${roughly(secondsLeft)} left`]),
  ];
}

function amount({ done, total }: Amount, format: (value: number) => string): string {
  return total === undefined ? format(done) : `${format(done)} of ${format(total)}`;
}

function drawBar(fraction: number): string {
  const full = Math.floor(fraction * BAR_CELLS);
  return '█'.repeat(full) + '░'.repeat(BAR_CELLS - full);
}

function percent(fraction: number): string {
  return padTo(`${wholePercent(fraction)}%`, 3);
}
