import { visibleText } from '@holdfast/kernel';
import { type Amount, type Measured, type Progress, wholePercent } from './progress.ts';
import { fitEnd, padTo, widthOf } from './width.ts';
import { formatBytes, formatCount, roughly } from './words.ts';

/** Cells of the bar, and where there is little room. */
const BAR_CELLS = 20;
const SHORT_BAR_CELLS = 10;

/** With less room than this a name tells nothing. */
const SHORTEST_NAME = 8;

/** Longest name looked at: no terminal is wider. */
const LONGEST_NAME = 400;

/** One line for a terminal of `columns`: bar, amounts, speed, time left, and what is being done in the room that remains. */
export function barLine(progress: Progress, measured: Measured, columns: number): string {
  const { phase, current } = progress;
  // The last column stays free: a full line makes some terminals wrap.
  const room = Math.max(0, columns - 1);
  const line =
    shapes(progress, measured)
      .map((parts) => [phase, parts.join(' · ')].join(' '))
      .find((shape) => widthOf(shape) <= room) ?? phase;
  const left = room - widthOf(line) - 3;
  if (current === undefined || left < SHORTEST_NAME) return fitEnd(line, room);
  return `${line} · ${fitEnd(visibleText(current.slice(-LONGEST_NAME)), left)}`;
}

/** What is told, in shapes that take less and less room: how long it still takes is given up after how many there are. */
function shapes(progress: Progress, measured: Measured): string[][] {
  const bar = (cells: number): string[] =>
    measured.fraction === undefined
      ? []
      : [`${drawBar(measured.fraction, cells)} ${percent(measured.fraction)}`];
  const all = facts(progress, measured);
  const { items, ...amounts } = progress;
  const fewer = amounts.bytes === undefined && items !== undefined ? progress : amounts;
  const short = [...bar(SHORT_BAR_CELLS), ...facts(fewer, measured)];
  return [
    [...bar(BAR_CELLS), ...all],
    [...bar(SHORT_BAR_CELLS), ...all],
    ...short.map((_, dropped) => short.slice(0, short.length - dropped)),
  ];
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

function drawBar(fraction: number, cells: number): string {
  const full = Math.floor(fraction * cells);
  return '█'.repeat(full) + '░'.repeat(cells - full);
}

function percent(fraction: number): string {
  return padTo(`${wholePercent(fraction)}%`, 3);
}
