import { connectOver } from '@holdfast/adb';
import { type AndroidPhone, openPhone } from '@holdfast/devices/android';
import {
  COMPLAINT_CODES,
  diagnose,
  factsOf,
  type PhotosFacts,
  PROBES,
  type ProbeName,
  probeAll,
  type SeenSince,
} from '@holdfast/doctor';
import { type FakeClock, fakeClock } from '@holdfast/testkit';
import {
  type Android,
  phoneInMemory,
  phoneOptions,
  type Release,
  type SampleOptions,
  samplePhone,
  testerKey,
  type Vendor,
} from '@holdfast/testkit/phone';

/** Every version of Android that is simulated. */
export const RELEASES: readonly Release[] = [9, 10, 12, 14, 16];

const VENDORS: readonly Vendor[] = ['aosp', 'samsung', 'xiaomi'];

/** A phone of every version and vendor. */
export const PHONES: readonly { readonly release: Release; readonly vendor: Vendor }[] = RELEASES.flatMap(
  (release) => VENDORS.map((vendor) => ({ release, vendor })),
);

/** One of these phones: another for each number, of at least that version. */
export function phoneAt(number: number, least: Release = 9): (typeof PHONES)[number] {
  const phones = PHONES.filter(({ release }) => release >= least);
  const phone = phones[(number * 4) % phones.length];
  if (phone === undefined) throw new RangeError('no such phone');
  return phone;
}

/** A healthy phone with little on it, for there are to be thousands of them. */
export const littlePhone = (options: SampleOptions): Android =>
  samplePhone({
    photos: 3,
    photoBytes: 600,
    messages: 0,
    multimedia: 0,
    contacts: 0,
    calls: 0,
    events: 0,
    apps: 1,
    ...options,
  });

const key = testerKey();

/** A phone at the end of a cable of memory. Its app works as its clock goes, which only the test moves. */
interface PhoneAtHand extends AsyncDisposable {
  readonly phone: AndroidPhone;
  readonly clock: FakeClock;
}

/** Connects to a phone, and looks what it is. */
async function atHand(android: Android): Promise<PhoneAtHand> {
  const memory = phoneInMemory(phoneOptions(android));
  android.pullCable = () => memory.unplug();
  const transport = await connectOver(memory.plug(), 'memory', { key });
  return {
    phone: await openPhone(transport),
    clock: fakeClock(Temporal.Instant.fromEpochMilliseconds(android.now())),
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  };
}

const EVERYTHING = Object.keys(PROBES) as ProbeName[];
const BUT_FILES = EVERYTHING.filter((name) => name !== 'media' && name !== 'unseen');

/** True for complaints about files. */
const isOfFiles = (code: string): boolean => /^(?:files|folders|media)-/.test(code);

/** Codes of what stands out on a phone, in their order, and of what is hidden with what hides it. */
export interface Found {
  readonly shown: readonly string[];
  readonly hidden: ReadonlyMap<string, string>;
  readonly facts: PhotosFacts;
}

/** As if all of it had lasted for a month: some is nothing to complain of before. */
const longAgo = (now: Temporal.Instant): SeenSince => {
  const then = now.subtract({ hours: 30 * 24 });
  return new Map(COMPLAINT_CODES.map((code) => [code, then]));
};

/**
 * What the doctor finds on a phone that is asked everything, its screen too. About each file, which takes longest, only where one of
 * `troubles` is of files, or there are none.
 */
export async function found(android: Android, troubles: readonly string[] = []): Promise<Found> {
  await using hand = await atHand(android);
  const names = troubles.length === 0 || troubles.some(isOfFiles) ? EVERYTHING : BUT_FILES;
  const facts = factsOf(await Array.fromAsync(probeAll(hand.phone, { clock: hand.clock, names })));
  const now = hand.clock.now();
  const { complaints, hidden } = diagnose(facts, now, longAgo(now));
  return {
    shown: complaints.map(({ code }) => code),
    hidden: new Map(hidden.map(({ code, behind }) => [code, behind])),
    facts,
  };
}
