import type { Run, RunRequest, Settings } from '@holdfast/contract/api';
import { type CareKind, careDue } from '@holdfast/engine';
import type { RepositoryFacts } from '@holdfast/home';
import type { Clock } from '@holdfast/kernel';
import { noted } from './forecast.ts';
import { type CareNotes, historyOf } from './notes.ts';

/** What care by itself needs. */
export interface CareWatch {
  readonly clock: Clock;
  /** IANA name: a day's size is noted by it. */
  readonly timeZone: string;
  readonly look: { readonly facts: () => Promise<RepositoryFacts> };
  readonly notes: CareNotes;
  readonly settings: () => Settings;
  /** Makes a plan of what retention lets go; `undefined` where that is nothing. */
  readonly planForget: () => Promise<string | undefined>;
  /** Runs under way and in line. */
  readonly unfinished: () => readonly Pick<Run, 'kind'>[];
  readonly start: (request: RunRequest) => Promise<unknown>;
  /** What kept it from looking. */
  readonly onTrouble: (error: unknown) => void;
}

const EVERY = Temporal.Duration.from({ minutes: 10 });

/** Begins by itself what is due for the repository, until the signal aborts. */
export async function watchCare(watch: CareWatch, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await careOnce(watch);
    } catch (error) {
      if (!signal.aborted) watch.onTrouble(error);
    }
    await watch.clock.sleep(EVERY, signal).catch(() => {});
  }
}

/** Looks once: notes how large the repository is, and begins what is due when nothing else runs. Gives what it began. */
async function careOnce(watch: CareWatch): Promise<CareKind | undefined> {
  const { clock, notes, unfinished, settings } = watch;
  const { isThere, usedBytes, firstBackup } = await watch.look.facts();
  if (!isThere) return undefined;
  const now = clock.now();
  await noteSize(watch, now, usedBytes);
  if (unfinished().length > 0) return undefined;
  const { due } = careDue(now, settings(), historyOf(notes.now, firstBackup));
  if (due === undefined) return undefined;
  const nowMs = now.epochMilliseconds;
  await notes.change((before) => ({ ...before, tried: { ...before.tried, [due]: nowMs } }));
  const request = await requestFor(due, watch);
  if (request === undefined) await notes.change((before) => ({ ...before, retention: { doneMs: nowMs } }));
  else await watch.start(request);
  return due;
}

async function noteSize(
  { notes, timeZone }: CareWatch,
  now: Temporal.Instant,
  usedBytes: number,
): Promise<void> {
  const day = now.toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const last = notes.now.sizes.at(-1);
  if (last?.day === day) return;
  await notes.change((before) => ({ ...before, sizes: noted(before.sizes, { day, usedBytes }) }));
}

async function requestFor(due: CareKind, { planForget }: CareWatch): Promise<RunRequest | undefined> {
  switch (due) {
    case 'check':
    case 'drill':
      return { kind: due };
    case 'retention': {
      const plan = await planForget();
      return plan === undefined ? undefined : { kind: 'forget', plan };
    }
    default:
      return due satisfies never;
  }
}
