import type { Run } from '@holdfast/contract/api';
import { formatBytes, formatCount, formatRate, plural, roughly } from '#design/format.ts';

/** What a run does, for a heading: `Backup of Pixel 8`. */
export function runTitle(run: Pick<Run, 'kind' | 'device' | 'target'>): string {
  const device = run.device?.name ?? 'a device';
  switch (run.kind) {
    case 'backup':
      return `Backup of ${device}`;
    case 'restore':
      return `Restore to ${run.target ?? device}`;
    case 'audit':
      return `Comparing ${device} with its backups`;
    case 'check':
      return 'Check of the repository';
    case 'drill':
      return 'Trial restore';
    case 'forget':
      return 'Removing old backups';
    case 'prune':
      return 'Freeing space';
    case 'rebuild':
      return 'Making the ledger again';
  }
}

/** 0 to 1: by bytes where there are many, else by items; `undefined` while nobody knows. */
export function shareOf({ items, bytes, state }: Pick<Run, 'items' | 'bytes' | 'state'>): number | undefined {
  if (state.kind === 'done') return 1;
  const parts = [bytes, items].flatMap(({ done, total }) =>
    total === undefined || total === 0 ? [] : [Math.min(1, done / total)],
  );
  if (parts.length === 0) return undefined;
  // A long tail of small items is time too: both count.
  return parts.reduce((sum, part) => sum + part, 0) / parts.length;
}

/** True where there is progress to be seen: a bar that only says "not known yet" is for what moves. */
export const showsProgress = (run: Run): boolean =>
  isUnderWay(run) && (run.state.kind === 'running' || shareOf(run) !== undefined);

/** `31 of 540 items · 2.1 GB of 4.0 GB`. */
export function amountsOf({
  items,
  bytes,
  kind,
}: Pick<Run, 'items' | 'bytes'> & Partial<Pick<Run, 'kind'>>): string {
  const noun = kind === 'rebuild' ? 'backup' : 'item';
  const things =
    items.total === undefined
      ? plural(items.done, noun)
      : `${formatCount(items.done)} of ${plural(items.total, noun)}`;
  if (bytes.done === 0 && (bytes.total ?? 0) === 0) return things;
  const size =
    bytes.total === undefined
      ? formatBytes(bytes.done)
      : `${formatBytes(bytes.done)} of ${formatBytes(bytes.total)}`;
  return `${things} · ${size}`;
}

/** `45 MB/s · about 3 minutes left`; empty while nobody knows. */
export function paceOf({ bytesPerSecond, secondsLeft, state }: Run): string {
  if (state.kind !== 'running') return '';
  const parts = [
    ...(bytesPerSecond !== undefined && bytesPerSecond > 0 ? [formatRate(bytesPerSecond)] : []),
    ...(secondsLeft !== undefined ? [`${roughly(secondsLeft)} left`] : []),
  ];
  return parts.join(' · ');
}

/** True until it has ended, one way or another. */
export const isUnderWay = (run: Pick<Run, 'ended'>): boolean => run.ended === undefined;

const PHASES = {
  connecting: 'Connecting',
  asking: 'Asking the phone what it has',
  looking: 'Looking for what is new',
  saving: 'Saving',
  proving: 'Reading back and comparing',
  comparing: 'Comparing',
  giving: 'Giving back',
  checking: 'Checking',
  removing: 'Removing',
  repeating: 'Reading the backups',
} as const;

type Phase = keyof typeof PHASES;

/** What a phase is called. */
export const phaseWord = (phase: Phase): string => PHASES[phase];

const PHASES_OF: Readonly<Record<Run['kind'], readonly Phase[]>> = {
  backup: ['connecting', 'asking', 'looking', 'saving', 'proving'],
  restore: ['connecting', 'asking', 'giving', 'proving'],
  audit: ['connecting', 'looking', 'comparing'],
  check: ['checking'],
  drill: ['giving', 'comparing'],
  forget: ['removing'],
  prune: ['looking', 'removing'],
  rebuild: ['repeating'],
};

/** The phases a run goes through, and where it is: `done`, `now` or `to-come`. */
export function stepsOf(
  run: Pick<Run, 'kind' | 'state'>,
): readonly { phase: Phase; at: 'done' | 'now' | 'to-come' }[] {
  const usual = PHASES_OF[run.kind];
  if (run.state.kind === 'done') return usual.map((phase) => ({ phase, at: 'done' as const }));
  if (run.state.kind !== 'running') return [];
  const { phase: now } = run.state;
  const phases = usual.includes(now) ? usual : [...usual, now];
  const here = phases.indexOf(now);
  return phases.map((phase, at) => ({ phase, at: at < here ? 'done' : at === here ? 'now' : 'to-come' }));
}
