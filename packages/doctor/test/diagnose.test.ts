import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { ABSENT, told, unrecognised } from '@holdfast/devices/android';
import {
  type AppFacts,
  COMPLAINT_CODES,
  COMPLAINTS,
  type ComplaintCode,
  diagnose,
  FIX_CODES_BY_WAY,
  factOf,
  type NetworkFacts,
  type PhotosFacts,
  type PhotosState,
  PROBES,
  refused,
  type SkipReason,
  seenSince,
  unplugged,
  verdictOf,
} from '@holdfast/doctor';
import fc from 'fast-check';
import { healthyFacts, WIFI } from '../test-setup/facts.ts';

const NOW = Temporal.Instant.from('2026-03-14T09:30:00Z');
const LONG_AGO = NOW.subtract({ hours: 24 * 30 });
const SINCE = new Map(COMPLAINT_CODES.map((code) => [code, LONG_AGO]));

const app = (otherwise: Partial<AppFacts>): Partial<PhotosFacts> => {
  const healthy = factOf(healthyFacts(), 'app');
  return healthy === undefined ? {} : { app: told({ ...healthy, ...otherwise }) };
};
const access = (which: 'none' | 'selected' | 'photos-only' | 'videos-only'): Partial<PhotosFacts> => ({
  permissions: told({ access: which, granted: {} }),
});
const network = (otherwise: Partial<Extract<NetworkFacts, { kind: 'network' }>>): Partial<PhotosFacts> => ({
  network: told({ ...WIFI, ...otherwise }),
});
const waits = (word: string): Partial<PhotosFacts> => ({
  jobs: told([{ id: '1', service: '.Upload', unsatisfied: [word] }]),
});
const says = (state: PhotosState): Partial<PhotosFacts> => ({ notification: told({ state, left: 3 }) });
const file = (why: SkipReason): Partial<PhotosFacts> => ({
  media: told({ images: 1, videos: 0, folders: {}, skipped: [{ path: '/a.jpg', why, sizeBytes: 0 }] }),
});

/** One change each to a healthy phone, and what it is to complain of. */
const ROWS: Readonly<Record<ComplaintCode, Partial<PhotosFacts>>> = {
  'phone-sealed': { android: told({ sdk: 34, release: '14', maker: 'google', isUnlocked: false }) },
  'app-missing': { app: ABSENT, permissions: ABSENT },
  'app-removed-for-user': app({ isInstalled: false }),
  'app-disabled': app({ enabled: 3 }),
  'app-hidden': app({ isHidden: true }),
  'app-suspended': app({ isSuspended: true }),
  'app-stopped': app({ isStopped: true }),
  'no-photo-access': access('none'),
  'selected-photos-only': access('selected'),
  'videos-not-allowed': access('photos-only'),
  'photos-not-allowed': access('videos-only'),
  'photo-access-blocked': { 'app-ops': told({ READ_MEDIA_IMAGES: 'ignore' }) },
  'notifications-blocked': {
    permissions: told({ access: 'all', granted: { 'android.permission.POST_NOTIFICATIONS': false } }),
  },
  'background-restricted': { background: told('ignore') },
  'standby-rare': { 'standby-bucket': told(40) },
  'standby-restricted': { 'standby-bucket': told(45) },
  'battery-saver': { 'battery-saver': told(true) },
  'battery-low': { battery: told({ percent: 9, isCharging: false }) },
  'too-hot': { heat: told(4) },
  'airplane-mode': { 'airplane-mode': told(true), network: told({ kind: 'none' }) },
  offline: { network: told({ kind: 'none' }) },
  'captive-network': network({ isCaptive: true, isValidated: false }),
  'network-not-working': network({ isValidated: false }),
  'mobile-data-only': network({ transports: ['CELLULAR'], isMetered: true }),
  'metered-wifi': network({ isMetered: true }),
  roaming: network({ transports: ['CELLULAR'], isMetered: true, isRoaming: true }),
  'data-saver': { 'data-saver': told({ isOn: true, allowed: [1000], denied: [] }) },
  'background-data-denied': { 'data-saver': told({ isOn: false, allowed: [], denied: [10_105] }) },
  vpn: network({ transports: ['WIFI', 'VPN'], isVpn: true }),
  'clock-wrong': { clock: told({ aheadSeconds: -90_000 }) },
  'clock-by-hand': { clock: told({ aheadSeconds: 0, isAutomatic: false }) },
  'storage-full': { storage: told({ totalBytes: 1e11, freeBytes: 5e7 }) },
  'storage-low': { storage: told({ totalBytes: 1e11, freeBytes: 9e8 }) },
  'no-account': { accounts: told({ google: 0, all: 1 }) },
  'auto-sync-off': { 'auto-sync': told(false) },
  'job-waits-for-network': waits('CONNECTIVITY'),
  'job-waits-for-charging': waits('CHARGING'),
  'job-waits-for-battery': waits('BATTERY_NOT_LOW'),
  'job-waits-for-storage': waits('STORAGE_NOT_LOW'),
  'job-held-back': waits('WITHIN_QUOTA'),
  'says-backup-off': says('backup-off'),
  'says-signed-out': says('signed-out'),
  'says-getting-ready': says('getting-ready'),
  'says-waiting-for-sync': says('waiting-for-sync'),
  'says-compressing': says('compressing'),
  'says-waiting-for-wifi': says('waiting-for-wifi'),
  'says-daily-limit': says('daily-limit'),
  'says-waiting-for-connection': says('waiting-for-connection'),
  'says-waiting-to-charge': says('waiting-to-charge'),
  'says-battery-low': says('battery-low'),
  'says-too-hot': says('too-hot'),
  'says-account-full': says('account-full'),
  'says-quota-recalculating': says('quota-recalculating'),
  'says-preview-only': says('preview-only'),
  'media-unseen': { unseen: told({ paths: ['/storage/emulated/0/DCIM/a.jpg'], unlisted: [] }) },
  'folders-off': { 'app-screen': told({ foldersOff: ['Camera', 'Not here'] }) },
  'files-empty': file('empty'),
  'files-too-large': file('may-be-too-large'),
  'files-too-many-pixels': file('too-many-pixels'),
  'files-too-small': file('too-small'),
  'files-of-other-types': file('type'),
  'files-broken': file('broken'),
  'files-pending': file('pending'),
};

for (const code of COMPLAINT_CODES)
  test(`it complains of ${code} and of nothing else`, () => {
    const { complaints, hidden } = diagnose(healthyFacts(ROWS[code]), NOW, SINCE);
    deepEqual(
      complaints.map((each) => each.code),
      [code],
    );
    for (const each of hidden) equal(each.behind, code);
  });

test('it has nothing to complain of on a healthy phone', () => {
  const facts = healthyFacts();
  const diagnosis = diagnose(facts, NOW, SINCE);
  deepEqual(diagnosis, { complaints: [], hidden: [], young: [] });
  deepEqual(verdictOf(facts, diagnosis), {
    kind: 'healthy',
    sentence: 'Nothing on this phone keeps Google Photos from backing up.',
  });
});

for (const [freeBytes, words] of [
  [9e8, '900 MB are free'],
  [999_600_000, '1.0 GB are free'],
  [1_038_000_000, '1.0 GB are free'],
  [1_449_000_000, '1.4 GB are free'],
] as const)
  test(`it says of ${freeBytes} bytes that ${words}`, () => {
    const { complaints } = diagnose(healthyFacts({ storage: told({ totalBytes: 1e11, freeBytes }) }), NOW);
    ok(complaints[0]?.explain.startsWith(`${words} on the phone.`));
  });

test('it does not call healthy what did not answer', () => {
  const facts = healthyFacts({ network: unrecognised('?'), background: refused('No.') });
  equal(
    verdictOf(facts, diagnose(facts, NOW)).sentence,
    'Nothing stands out, but the phone did not say all that matters (background, network).',
  );
});

test('it does not call healthy what may be stuck, and says when to look again', () => {
  const facts = healthyFacts(ROWS['says-getting-ready']);
  const first = diagnose(facts, NOW);
  deepEqual(verdictOf(facts, first), {
    kind: 'cannot-tell',
    sentence:
      'Nothing stands out yet, but Google Photos does not go on at once. Look again in 60 minutes: if it says the same then, it is stuck.',
  });
  const since = seenSince(first, NOW, new Map());
  const later = NOW.add({ minutes: 60 });
  const { complaints } = diagnose(facts, later, since);
  deepEqual(
    complaints.map(({ code }) => code),
    ['says-getting-ready'],
  );
  deepEqual([...seenSince(diagnose(facts, later, since), later, since)], [['says-getting-ready', NOW]]);
  equal(seenSince(diagnose(healthyFacts(), later, since), later, since).size, 0);
});

test('it calls healthy what is only good to know, and has not lasted', () => {
  const facts = healthyFacts(ROWS['job-waits-for-charging']);
  equal(verdictOf(facts, diagnose(facts, NOW)).kind, 'healthy');
});

const MORE = [
  ['', {}],
  [' One more thing stands out.', ROWS['auto-sync-off']],
  [' 2 more things stand out.', { ...ROWS['auto-sync-off'], ...ROWS['airplane-mode'] }],
] as const;
for (const [more, others] of MORE)
  test(`it says what stands out first, and of others “${more.trim()}”`, () => {
    const facts = healthyFacts({ ...others, ...ROWS['app-stopped'] });
    const { sentence } = verdictOf(facts, diagnose(facts, NOW));
    equal(sentence, `Google Photos was stopped and not opened since.${more}`);
  });

const CAUSES: readonly (readonly [ComplaintCode, ComplaintCode])[] = [
  ['airplane-mode', 'job-waits-for-network'],
  ['airplane-mode', 'says-waiting-for-connection'],
  ['app-missing', 'standby-restricted'],
  ['app-missing', 'background-restricted'],
  ['app-disabled', 'app-stopped'],
  ['clock-wrong', 'network-not-working'],
  ['metered-wifi', 'says-waiting-for-wifi'],
  ['battery-saver', 'says-battery-low'],
  ['no-account', 'auto-sync-off'],
  ['too-hot', 'says-too-hot'],
  ['storage-full', 'job-waits-for-storage'],
];
for (const [cause, symptom] of CAUSES)
  test(`it hides ${symptom} behind ${cause}`, () => {
    const both = { ...ROWS[symptom], ...ROWS[cause] };
    const facts = healthyFacts(cause === 'app-disabled' ? app({ enabled: 2, isStopped: true }) : both);
    const { complaints, hidden } = diagnose(facts, NOW, SINCE);
    equal(complaints[0]?.code, cause);
    equal(hidden.find(({ code }) => code === symptom)?.behind, cause);
  });

test('it waits before it complains of what passes', () => {
  const facts = healthyFacts(says('getting-ready'));
  deepEqual(diagnose(facts, NOW).young, ['says-getting-ready']);
  const since = new Map([['says-getting-ready', NOW.subtract({ minutes: 60 })]] as const);
  equal(diagnose(facts, NOW, since).complaints[0]?.code, 'says-getting-ready');
});

test('it keeps names of files from moving the page about', () => {
  const { complaints } = diagnose(
    healthyFacts({
      'app-screen': told({ foldersOff: ['a\u202eb'] }),
      media: told({
        images: 1,
        videos: 0,
        skipped: [],
        folders: { '/x/a\u202eb': 1 },
      }),
    }),
    NOW,
  );
  ok(complaints[0]?.explain.includes('a\\u202eb'));
});

const anyFacts = fc
  .array(fc.constantFrom(...COMPLAINT_CODES), { maxLength: 12 })
  .chain((codes) =>
    fc.record({
      codes: fc.constant(codes),
      silent: fc.array(fc.constantFrom(...(Object.keys(PROBES) as (keyof PhotosFacts)[])), { maxLength: 4 }),
    }),
  )
  .map(({ codes, silent }) => {
    const facts: Record<string, unknown> = { ...healthyFacts() };
    for (const code of codes) Object.assign(facts, ROWS[code]);
    for (const name of silent) facts[name] = name === 'app' ? ABSENT : unrecognised('?');
    return facts as unknown as PhotosFacts;
  });

test('it gives each complaint at most once, hidden only behind one that shows', () => {
  fc.assert(
    fc.property(anyFacts, fc.boolean(), (facts, isOld) => {
      const { complaints, hidden, young } = diagnose(facts, NOW, isOld ? SINCE : undefined);
      const shown = complaints.map(({ code }) => code);
      const all = [...shown, ...hidden.map(({ code }) => code), ...young];
      equal(new Set(all).size, all.length);
      for (const { behind } of hidden) ok(shown.includes(behind));
      const ranks = complaints.map(({ severity }) => ['blocking', 'warning', 'info'].indexOf(severity));
      deepEqual(
        ranks,
        ranks.toSorted((a, b) => a - b),
      );
      for (const { title, explain, fix } of complaints) ok(title !== '' && explain !== '' && fix !== '');
    }),
  );
});

test('it has an entry for every code, and no other', () => {
  deepEqual([...COMPLAINTS.keys()].toSorted(), [...COMPLAINT_CODES].toSorted());
});

test('it advises fixes that there are, each once', () => {
  const known: readonly string[] = Object.values(FIX_CODES_BY_WAY).flat();
  for (const { code, fixes } of COMPLAINTS.values()) {
    ok(fixes.length > 0, code);
    equal(new Set(fixes).size, fixes.length, code);
    for (const fix of fixes) ok(known.includes(fix), fix);
  }
});

test('it hides no complaint behind one that hides behind it', () => {
  const reaches = (from: ComplaintCode, path: readonly ComplaintCode[]): void => {
    ok(!path.includes(from), [...path, from].join(' → '));
    for (const next of COMPLAINTS.get(from)?.hiddenBehind ?? []) reaches(next, [...path, from]);
  };
  for (const code of COMPLAINT_CODES) reaches(code, []);
});

test('it says what the cable hides', () => {
  const facts = healthyFacts({
    battery: told({ percent: 12, isCharging: true }),
    'standby-bucket': told(40),
  });
  equal(unplugged(facts).length, 3);
  deepEqual(unplugged(healthyFacts()), []);
  // It does not say that battery saver ends while it is complained of.
  const isOn = unplugged(
    healthyFacts({ battery: told({ percent: 80, isCharging: true }), 'battery-saver': told(true) }),
  );
  ok(isOn.length === 1 && !isOn.join().includes('battery saver'), isOn.join());
});
