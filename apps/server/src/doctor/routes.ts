import type { Catalog } from '@holdfast/catalog';
import type { Run, RunRequest, ServerEvent } from '@holdfast/contract/api';
import {
  type Examination,
  fixRecordOf,
  isFixCode,
  type OwnFacts,
  ownReport,
  type Plan,
  planFix,
  reportOf,
  shownPlan,
} from '@holdfast/doctor';
import type { Host } from '@holdfast/home';
import { toHex } from '@holdfast/kernel';
import type { FastifyInstance } from 'fastify';
import { conflict, noLonger, noSuch } from '../failures.ts';
import { operation } from '../operation.ts';
import type { OpenDevice } from '../restores/target.ts';
import { carryOutFix, fixesOn, notRescued, proveRescued, undoKept } from './doctoring.ts';
import { lookAgain } from './remembering.ts';

/** What the doctor's routes need. */
export interface DoctorDeps {
  readonly host: Host;
  readonly catalog: Pick<Catalog, 'balance' | 'setting' | 'set'>;
  readonly openDevice: OpenDevice;
  /** Devices that a run reads or writes now. */
  readonly busy: () => ReadonlySet<string>;
  readonly start: (request: RunRequest) => Promise<Run>;
  readonly publish: (event: ServerEvent) => void;
  /** All that is known of our own work. */
  readonly ownFacts: () => Promise<OwnFacts>;
}

/** What was seen or planned longer ago says little of how the phone is. */
const KEPT_FOR = Temporal.Duration.from({ minutes: 10 });

interface Kept {
  readonly device: string;
  readonly plan: Plan;
  readonly until: Temporal.Instant;
}

/** Registers what the doctor is asked and told. A fix goes on where the browser is closed: what it changes is written down. */
export function doctorRoutes(app: FastifyInstance, deps: DoctorDeps): void {
  const { host, catalog, openDevice, busy, publish } = deps;
  const { clock, random } = host;
  const plans = new Map<string, Kept>();
  const looked = new Map<string, Examination>();

  const free = (device: string): void => {
    if (busy().has(device))
      throw conflict('A run is at work with this phone', 'Wait until it is done, or pause it.');
  };
  const look = async (device: string, signal: AbortSignal, mayInterrupt = false): Promise<Examination> => {
    free(device);
    await using opened = await openDevice(device, signal);
    const examination = await lookAgain(opened.phone, catalog, {
      clock,
      signal,
      mayInterrupt,
      onAsk: (asking) => publish({ kind: 'doctor', device, ...asking }),
    });
    looked.set(device, examination);
    return examination;
  };

  operation(app, 'doctor', async ({ params: { device }, query: { readScreen }, signal }) => {
    const examination = await look(device, signal, readScreen === 'true');
    return reportOf(
      examination,
      await notRescued(catalog, device, examination.facts),
      await fixesOn(host, device),
    );
  });

  operation(app, 'planFix', async ({ params: { device }, body: { code }, signal }) => {
    if (!isFixCode(code)) throw noSuch('fix');
    free(device);
    const before = looked.get(device);
    const isFresh =
      before !== undefined && Temporal.Instant.compare(before.at.add(KEPT_FOR), clock.now()) > 0;
    const { facts } = isFresh ? before : await look(device, signal);
    await using opened = await openDevice(device, signal);
    const plan = await planFix(opened.phone, code, facts, { clock, signal });
    const id = toHex(random(16));
    const now = clock.now();
    for (const [name, { until }] of plans) if (Temporal.Instant.compare(until, now) <= 0) plans.delete(name);
    plans.set(id, { device, plan, until: now.add(KEPT_FOR) });
    return shownPlan(plan, id, await notRescued(catalog, device, facts));
  });

  operation(app, 'applyFix', async ({ params: { device }, body }) => {
    const kept = plans.get(body.plan);
    const isFresh = kept !== undefined && Temporal.Instant.compare(kept.until, clock.now()) > 0;
    if (!isFresh || kept.device !== device) throw noLonger('plan');
    free(device);
    plans.delete(body.plan);
    await using opened = await openDevice(device, host.signal);
    const { phone } = opened;
    const { plan } = kept;
    const isRisky = plan.risk === 'destructive';
    const rescue = !isRisky
      ? undefined
      : body.waiver === undefined
        ? await proveRescued(host, phone)
        : ({ kind: 'waived', words: body.waiver } as const);
    const done = await carryOutFix(host, phone, plan, {
      ...(rescue && { rescue }),
      backUp: async () => {
        await deps.start({ kind: 'backup', device });
        return {
          moved: 'unknown',
          sentence: 'The backup has begun: it is among the runs. Audit the phone afterwards.',
        };
      },
    });
    looked.delete(device);
    return fixRecordOf(done);
  });

  operation(app, 'fixRecords', async ({ params: { device } }) => ({
    records: (await fixesOn(host, device)).map(fixRecordOf),
  }));

  operation(app, 'undoFix', async ({ params: { device, fix } }) => {
    free(device);
    await using opened = await openDevice(device, host.signal);
    looked.delete(device);
    return fixRecordOf(await undoKept(host, opened.phone, fix));
  });

  operation(app, 'ownDoctor', async () => ownReport(await deps.ownFacts(), 'app'));
}
