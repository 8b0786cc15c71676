import { join } from 'node:path';
import type { Catalog } from '@holdfast/catalog';
import type { RepositoryCare } from '@holdfast/contract/api';
import { type Host, homeOf, type SettingsFile } from '@holdfast/home';
import { type ForgetPlan, listSnapshots } from '@holdfast/repository';
import type { FastifyInstance } from 'fastify';
import type { Runners } from '../runs/runner.ts';
import type { Runs } from '../runs/runs.ts';
import { careFacts, careView } from './care-view.ts';
import { CareNotes, noteMissed } from './notes.ts';
import { ForgetPlans } from './plans.ts';
import { RepositoryLook } from './repository-look.ts';
import { planRetention, type RetentionAsked, removalsOf } from './retention.ts';
import { careRoutes } from './routes.ts';
import { checkRunner } from './run-check.ts';
import { drillRunner } from './run-drill.ts';
import { forgetRunner, pruneRunner } from './run-forget.ts';
import { rebuildRunner } from './run-rebuild.ts';
import { watchCare } from './watch-care.ts';

/** What looking after the repository needs. */
export interface CareOptions {
  readonly host: Host;
  readonly settings: Pick<SettingsFile, 'settings' | 'rulesOf'>;
  readonly catalog: Pick<Catalog, 'item' | 'replace'>;
  /** Told when the ledger is another file. */
  readonly onLedger: () => Promise<void>;
  /** The repository is not as it was: its password, its recovery kit. */
  readonly onChange: () => void;
  /** Lets go of the repository, as far as nobody waits for what is read there, until the answer is disposed of. */
  readonly makeWay: () => Promise<Disposable>;
}

/** All that looks after the repository, put together. */
export interface Care {
  readonly runners: Pick<Runners, 'check' | 'drill' | 'forget' | 'prune' | 'rebuild'>;
  readonly look: RepositoryLook;
  /** When a sample was last given back and came back as saved. */
  readonly provedRestorable: Temporal.Instant | undefined;
  /** How the repository is, for a person. */
  view(): Promise<RepositoryCare>;
  routes(app: FastifyInstance): void;
  /** Notes that somebody who read the repository missed so many of its files, until a check looks at all of them. */
  missed(files: number): Promise<void>;
  /** What alerts are made of. */
  facts(): Promise<ReturnType<typeof careFacts>>;
  /** Begins by itself what is due, until the signal aborts. */
  watch(
    runs: Pick<Runs, 'unfinished' | 'start'>,
    onTrouble: (error: unknown) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

/** Looks after the repository of a home folder. Somebody has to say `look.stale()` when a run has ended. */
export async function openCare(options: CareOptions): Promise<Care> {
  const { host, settings, catalog, onChange, onLedger, makeWay } = options;
  const { clock, random, timeZone } = host;
  const notes = await CareNotes.load(join(homeOf(host).folder, 'care'));
  const look = new RepositoryLook(host);
  const plans = new ForgetPlans(clock, random);
  const planForget = async (asked: RetentionAsked, signal: AbortSignal): Promise<ForgetPlan> => {
    const { repository } = await look.open();
    const { entries } = await listSnapshots(repository, { signal });
    const rules = { rulesOf: (device: string) => settings.rulesOf(device), settings: settings.settings };
    return planRetention(entries, asked, rules, clock.now());
  };
  const view = async (): Promise<RepositoryCare> =>
    careView(await look.facts(), notes.now, settings.settings, clock.now());
  return {
    look,
    runners: {
      check: checkRunner({ host, notes, checkEveryDays: () => settings.settings.checkEveryDays }),
      drill: drillRunner({ host, notes, catalog }),
      forget: forgetRunner({ host, notes, plans, makeWay }),
      prune: pruneRunner({ host, notes, makeWay }),
      rebuild: rebuildRunner({ host, catalog, onLedger, makeWay }),
    },
    get provedRestorable() {
      const { provedMs } = notes.now;
      return provedMs === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(provedMs);
    },
    view,
    routes: (app) => careRoutes(app, { host, look, view, plans, planForget, onChange, makeWay }),
    // What cannot be written down is known as long as this runs.
    missed: (files) => notes.change((before) => noteMissed(before, files)).then(onChange, onChange),
    facts: async () => careFacts(await look.facts(), notes.now),
    watch: (runs, onTrouble, signal) =>
      watchCare(
        {
          clock,
          timeZone,
          look,
          notes,
          settings: () => settings.settings,
          planForget: async () => {
            const plan = await planForget({}, host.signal);
            return removalsOf(plan) === 0 ? undefined : plans.keep(plan);
          },
          unfinished: () => runs.unfinished(),
          start: (request) => runs.start(request, 'rule'),
          onTrouble,
        },
        signal,
      ),
  };
}
