import type { Catalog } from '@holdfast/catalog';
import type { Rules, Run } from '@holdfast/contract/api';
import { type Decision, decide } from '@holdfast/engine';
import type { Host } from '@holdfast/home';
import { isOver } from '../runs/run-view.ts';
import type { PhoneHere } from './watcher.ts';

/** A device that is there, as far as automatic backup is concerned. */
export interface Candidate {
  readonly id: string;
  /** When it appeared, or something in it changed. */
  readonly since: Temporal.Instant | undefined;
  readonly battery?: PhoneHere['battery'] | undefined;
}

/** What deciding needs. */
export interface AutomaticOptions {
  readonly host: Pick<Host, 'clock' | 'timeZone'>;
  readonly catalog: Pick<Catalog, 'runs'>;
  readonly rulesOf: (device: string) => Rules;
  /** A device's runs, the newest first. */
  readonly runsOf: (device: string) => readonly Run[];
}

/** A person who stops a backup does not want it again in a minute. */
const STOPPED_COUNTS_AS = 3;

/** What automatic backup does about a device now. */
export async function decideFor(
  { id, since, battery }: Candidate,
  { host, catalog, rulesOf, runsOf }: AutomaticOptions,
): Promise<Decision> {
  const runs = runsOf(id);
  const past = await catalog.runs(id, 50);
  const now = host.clock.now();
  // What a clock noted that was ahead says nothing of now: else each backup would be followed by the next, until that time has come.
  const isPast = (at: Temporal.Instant): boolean => Temporal.Instant.compare(at, now) <= 0;
  // Of the ledger, and of our own runs, which are there where the ledger is not kept.
  const done = [
    ...past.filter(({ kind, state }) => kind === 'backup' && state === 'finished').map(({ began }) => began),
    ...runs
      .filter(({ kind, state }) => kind === 'backup' && state.kind === 'done')
      .map(({ began }) => Temporal.Instant.from(began)),
  ];
  return decide({
    now,
    timeZone: host.timeZone,
    rules: rulesOf(id),
    lastBackup: done
      .filter(isPast)
      .toSorted((a, b) => Temporal.Instant.compare(a, b))
      .at(-1),
    lastTry: lastTryOf(runs),
    phone: battery,
    isInSight: true,
    ...(since !== undefined && isPast(since) && { inSightSince: since }),
    activeRun: runs.some((run) => !isOver(run)),
  });
}

/** Backups in a row that did not get to their end since the last that did, of a device's runs, the newest first. */
export function lastTryOf(
  runs: readonly Run[],
): { readonly at: Temporal.Instant; readonly failures: number } | undefined {
  const backups = runs.filter((run) => run.kind === 'backup' && isOver(run));
  const good = backups.findIndex(({ state }) => state.kind === 'done');
  const since = good < 0 ? backups : backups.slice(0, good);
  const [newest] = since;
  if (newest?.ended === undefined) return undefined;
  const failures = newest.state.kind === 'stopped' ? Math.max(STOPPED_COUNTS_AS, since.length) : since.length;
  return { at: Temporal.Instant.from(newest.ended), failures };
}
