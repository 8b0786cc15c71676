import { connectOver } from '@holdfast/adb';
import { type AndroidPhone, openPhone } from '@holdfast/devices/android';
import { type Clock, systemClock } from '@holdfast/kernel';
import {
  type Android,
  GOOGLE_PHOTOS,
  phoneInMemory,
  phoneOptions,
  type SampleOptions,
  samplePhone,
  testerKey,
} from '@holdfast/testkit/phone';
import type { FixCode } from '#fix-code.ts';
import { type ApplyOptions, applyFix } from '#fixes/apply.ts';
import { parseJournal } from '#fixes/parse-journal.ts';
import { type Plan, planFix } from '#fixes/plan.ts';
import type { JournalEntry, KeptFix } from '#fixes/record.ts';
import type { Standing } from '#fixes/standing.ts';
import { undoFix } from '#fixes/undo.ts';
import type { PhotosFacts, ProbeName } from '#photos-facts.ts';
import { factsOf, probeAll } from '#probes/probe-all.ts';

const key = testerKey();

/** Pauses of a fix are over at once; what a link is waited for stays long, and never comes to its end here. */
const BRISK: Clock = {
  now: () => systemClock.now(),
  sleep: async (duration, signal) => {
    signal?.throwIfAborted();
    if (duration.total({ unit: 'seconds' }) > 5) await systemClock.sleep(duration, signal);
  },
};

/** A simulated phone of memory, on a cable that can be pulled and plugged in again. */
export interface FixedPhone {
  /** What it remembers: to be changed by tests. */
  readonly android: Android;
  /** Plugs it in, and opens it. */
  readonly plug: () => Promise<AndroidPhone>;
}

export function phoneToFix(sample: SampleOptions, change: (android: Android) => void = () => {}): FixedPhone {
  const android = samplePhone({
    photos: 3,
    photoBytes: 600,
    apps: 1,
    messages: 0,
    multimedia: 0,
    contacts: 0,
    calls: 0,
    events: 0,
    ...sample,
  });
  change(android);
  const memory = phoneInMemory(phoneOptions(android));
  android.pullCable = () => memory.unplug();
  return {
    android,
    plug: async () => openPhone(await connectOver(memory.plug(), '127.0.0.1:5555', { key })),
  };
}

/** Everything that fixes set, as text: equal before a fix and after its undo. */
export function settledState(android: Android): string {
  const { settings, appOps, standbyBuckets, idleAllowed, dataSaver, meteredByPerson, packages } = android;
  const sorted = <V>(map: ReadonlyMap<string, V>): unknown =>
    [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const app = packages.get(GOOGLE_PHOTOS);
  return JSON.stringify({
    settings: sorted(settings.global),
    appOps: sorted(appOps),
    buckets: sorted(standbyBuckets),
    idle: [...idleAllowed].toSorted(),
    dataSaver: [dataSaver.isOn, [...dataSaver.allowed], [...dataSaver.denied]],
    metered: sorted(meteredByPerson),
    network: android.activeNetwork,
    app: app && [
      app.enabled,
      app.isTakenAway === true,
      app.isHidden === true,
      app.isSuspended === true,
      sorted(app.permissions),
    ],
  });
}

/** What happens to an entry that a full drive or the end of the process falls on. */
export interface JournalFault {
  /** The number of the entry, from 1 on. */
  readonly at: number;
  /** `lost`: it is not written. `last`: it is, and it is the last that this process does. */
  readonly kind: 'lost' | 'last';
  /** Nothing is written after it either. */
  readonly isForGood?: boolean;
}

/** What a journal that is to fail fails with. */
export const FULL = new Error('no room');

/** A journal of memory, as a file would have it. */
export function memoryJournal(fault?: JournalFault): {
  readonly entries: JournalEntry[];
  append(entry: JournalEntry): Promise<void>;
  /** What a process that begins now reads in it. */
  kept(): KeptFix;
} {
  const entries: JournalEntry[] = [];
  let count = 0;
  return {
    entries,
    async append(entry) {
      count += 1;
      const isHit =
        fault !== undefined && (fault.isForGood === true ? count >= fault.at : count === fault.at);
      if (!isHit || fault?.kind === 'last') entries.push(JSON.parse(JSON.stringify(entry)) as JournalEntry);
      if (isHit) throw FULL;
    },
    kept() {
      const kept = parseJournal(entries);
      if (kept === undefined) throw new Error('nothing was begun');
      return kept;
    },
  };
}

/** What fixes are planned by, but for files: those take longest to be asked about, and only two fixes are about them. */
const PLANNED_BY: readonly ProbeName[] = [
  'android',
  'app',
  'permissions',
  'app-ops',
  'background',
  'standby-bucket',
  'auto-sync',
  'battery-optimisation',
  'battery-saver',
  'airplane-mode',
  'wifi',
  'network',
  'data-saver',
  'clock',
  'screen',
  'tools',
  'jobs',
];

/** What a phone says that fixes are planned by. */
export async function factsOn(phone: AndroidPhone, names = PLANNED_BY): Promise<PhotosFacts> {
  return factsOf(await Array.fromAsync(probeAll(phone, { clock: BRISK, names })));
}

/** How things stand, as far as the app's own words go. */
const NOTHING_KNOWN: Standing = { complaints: [], isSure: true };

/** What a test may leave out. */
type Options = Partial<ApplyOptions>;

/** Plans a fix as it is on a phone now. */
export async function planOn(phone: AndroidPhone, code: FixCode, facts?: PhotosFacts): Promise<Plan> {
  return planFix(phone, code, facts ?? (await factsOn(phone)), { clock: BRISK });
}

/** Plans and applies a fix. */
export async function fixOn(phone: AndroidPhone, code: FixCode, options: Options = {}): Promise<KeptFix> {
  return applyOn(phone, await planOn(phone, code), options);
}

/** Applies a plan. */
export function applyOn(phone: AndroidPhone, plan: Plan, options: Options = {}): Promise<KeptFix> {
  return applyFix(phone, plan, {
    id: 'one',
    journal: memoryJournal(),
    clock: BRISK,
    look: async () => NOTHING_KNOWN,
    ...options,
  });
}

/** Undoes a fix. */
export const undoOn = (phone: AndroidPhone, kept: KeptFix, journal = memoryJournal()): Promise<KeptFix> =>
  undoFix(phone, kept, { journal, clock: BRISK });

/** The phone, with something that happens just before its command of that number, from 0 on. */
export function onCommand(phone: AndroidPhone, number: number, happens: () => void): AndroidPhone {
  const { transport } = phone;
  let commands = 0;
  return {
    ...phone,
    transport: {
      serial: transport.serial,
      banner: transport.banner,
      features: transport.features,
      openStream(service, signal) {
        if (commands++ === number) happens();
        return transport.openStream(service, signal);
      },
      [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
    },
  };
}
