import assert from 'node:assert/strict';
import type { AndroidPhone } from '@holdfast/devices/android';
import { isFailure } from '@holdfast/kernel';
import { type Android, GOOGLE_PHOTOS, type Release, type SampleOptions } from '@holdfast/testkit/phone';
import type { FixCode } from '#fix-code.ts';
import type { ApplyOptions } from '#fixes/apply.ts';
import { SAFE_ORDER } from '#fixes/fixes.ts';
import { type Plan, WAIVER } from '#fixes/plan.ts';
import { fixRecordOf } from '#fixes/record.ts';
import type { PhotosFacts } from '#photos-facts.ts';
import { applyOn, factsOn, memoryJournal, phoneToFix, planOn, settledState, undoOn } from './fixing.ts';

/**
 * What a fix comes to: done, with nothing to put back; done and undone; tapped by the person on a screen that is opened or not; done after
 * a rescue only; or not possible, and why.
 */
export type Outcome = 'done' | 'undone' | 'guided' | 'after a rescue' | RegExp;

const SO_ALREADY = /that is so already$/;

const from =
  (least: Release, then: Outcome, before: Outcome) =>
  (release: Release): Outcome =>
    release >= least ? then : before;

/** What each fix comes to on a healthy phone. */
export const ON_A_HEALTHY_PHONE: Readonly<Record<FixCode, Outcome | ((release: Release) => Outcome)>> = {
  'open-app': 'done',
  'enable-app': /is enabled already/,
  'unhide-app': /is not hidden/,
  'unsuspend-app': /is not suspended/,
  'reinstall-for-user': /is installed already/,
  'install-app': /is on this phone already/,
  'turn-on-backup': 'guided',
  'choose-account': 'guided',
  'choose-folders': 'guided',
  'choose-quality': 'guided',
  'allow-photos': /may see all photos and videos already/,
  'allow-photo-operations': /Nothing blocks reading photos/,
  'allow-notifications': from(14, /may show notifications already/, SO_ALREADY),
  'allow-background': /may run in the background already/,
  'active-bucket': /counts as an app in use already/,
  'free-of-optimisation': 'undone',
  'battery-saver-off': /Battery saver is off already/,
  'data-saver-exempt': 'undone',
  'allow-background-data': /Nothing forbids Google Photos data/,
  'airplane-mode-off': /Airplane mode is off already/,
  'wifi-on': /Wi-Fi is on already/,
  'unmetered-wifi': /is not metered/,
  'sign-in-to-network': /asks nobody to sign in/,
  'allow-mobile-data': 'guided',
  'vpn-off': /No VPN is on/,
  'automatic-clock': /The network sets the clock already/,
  'auto-sync-on': /Automatic sync is on already/,
  'clear-cache': from(14, 'done', 'guided'),
  'clear-data': 'after a rescue',
  // Before it the command takes no package, and hits all.
  'remove-updates': from(12, 'after a rescue', 'guided'),
  'rescan-media': from(10, 'done', /one by one, and none is known/),
  'run-jobs': 'done',
  'upload-by-hand': 'guided',
  'unlock-phone': 'guided',
  'cool-down': 'guided',
  charge: 'guided',
  'restart-wifi': 'done',
  'restart-phone': 'done',
  'add-account': 'guided',
  'free-space': 'guided',
  'account-storage': 'guided',
  'back-up-here': 'done',
};

/** First what leaves the phone as it is, then what cannot be undone, and at last what ends the link. */
const ORDER: readonly FixCode[] = [...SAFE_ORDER.filter((code) => code !== 'restart-phone'), 'restart-phone'];

/** Nobody else's command: the form that takes no package removes the updates of all apps. */
const FORBIDDEN = /uninstall-system-updates\s*$|trim-caches|pm uninstall/;

const SECURITY = 'java.lang.SecurityException: Neither user 2000 nor current process may.\n';

/** Carries every fix out on one healthy phone, and requires that each comes to what it should. */
export async function requireSevenWays(
  sample: Required<Pick<SampleOptions, 'release' | 'vendor'>>,
): Promise<void> {
  const { android, plug } = phoneToFix(sample, (each) => {
    each.isSecurityOpen = true;
  });
  const phone = await plug();
  const facts = await factsOn(phone);
  for (const code of ORDER) {
    const expected = ON_A_HEALTHY_PHONE[code];
    const outcome = typeof expected === 'function' ? expected(sample.release) : expected;
    await requireOutcome({ android, phone, facts, code, outcome }, `${code} on ${JSON.stringify(sample)}`);
  }
  assert.deepEqual(
    android.ran.filter((line) => FORBIDDEN.test(line)),
    [],
  );
}

interface Doing {
  readonly android: Android;
  readonly phone: AndroidPhone;
  readonly facts: PhotosFacts;
  readonly code: FixCode;
  readonly outcome: Outcome;
}

async function requireOutcome(doing: Doing, told: string): Promise<void> {
  const { android, phone, facts, code, outcome } = doing;
  const before = settledState(android);
  if (outcome instanceof RegExp) {
    const planned = await planOn(phone, code, facts).catch((error: unknown) => error);
    assert.ok(isFailure(planned), `${told}: it can be done`);
    assert.match(planned.message, outcome, told);
    assert.match(planned.hint ?? '', /^(?:Try another of the fixes|Look again)/, told);
    return;
  }
  const plan = await planOn(phone, code, facts);
  const risk = { done: undefined, undone: 'reversible', guided: 'guided', 'after a rescue': 'destructive' };
  if (outcome !== 'done') assert.equal(plan.risk, risk[outcome], told);
  if (outcome === 'after a rescue') await requireRescueFirst(doing, plan, told);
  await requireRefusalsExplained(doing, plan, told);
  assert.equal(settledState(android), before, told);
  const journal = memoryJournal();
  const others = othersOf(android);
  const kept = await applyOn(phone, plan, { journal, ...AGREED });
  assert.equal(kept.state.kind, 'done', told);
  if (outcome === 'undone') await undoOn(phone, journal.kept());
  else assert.equal(fixRecordOf(kept).canBeUndone, false, told);
  if (outcome === 'guided')
    assert.match(kept.state.kind === 'done' ? kept.state.sentence : '', /yours to tap/, told);
  if (outcome !== 'after a rescue' && code !== 'restart-phone')
    assert.equal(settledState(android), before, told);
  assert.equal(othersOf(android), others, `${told}: other apps are left alone`);
  requireEffect(doing, told);
}

const AGREED: Partial<ApplyOptions> = {
  rescue: { kind: 'proved', notProved: 0 },
  backUp: async () => ({ moved: 'yes', sentence: 'All is saved.' }),
};

/** All other apps, as text. */
const othersOf = ({ packages }: Android): string =>
  JSON.stringify(
    [...packages]
      .filter(([name]) => name !== GOOGLE_PHOTOS)
      .map(([name, { isUpdated, enabled }]) => [name, isUpdated, enabled]),
  );

/** What came of it on the phone itself. */
function requireEffect({ android, code }: Doing, told: string): void {
  const last = android.happened.at(-1) ?? '';
  if (code === 'open-app') assert.match(last, /^opened com\.google/, told);
  if (code === 'turn-on-backup') assert.match(last, /^opened com\.google/, told);
  if (code === 'add-account') assert.match(last, /^started .*SYNC_SETTINGS/, told);
  if (code === 'clear-data') assert.equal(android.photos.isBackupOn, false, told);
  if (code === 'remove-updates' && android.release >= 12)
    assert.equal(android.packages.get(GOOGLE_PHOTOS)?.isUpdated, false, told);
  if (code === 'restart-phone') assert.equal(last, 'restarted', told);
}

/** Without a proved rescue, or the exact words, nothing runs and nothing is written down. */
async function requireRescueFirst({ android, phone }: Doing, plan: Plan, told: string): Promise<void> {
  const ran = android.ran.length;
  const journal = memoryJournal();
  for (const rescue of [
    undefined,
    { kind: 'proved', notProved: 1 },
    { kind: 'waived', words: WAIVER.toLowerCase().replace('i', 'I').slice(1) },
  ] as const)
    await assert.rejects(
      applyOn(phone, plan, { journal, ...(rescue && { rescue }) }),
      { code: 'doctor/rescue-first', hint: /^Back the phone up first/ },
      told,
    );
  assert.deepEqual([android.ran.length, journal.entries.length], [ran, 0], told);
}

/** Each command that says no, in an exception or in words while it ends with 0, is explained. */
async function requireRefusalsExplained({ android, phone }: Doing, plan: Plan, told: string): Promise<void> {
  const steps = plan.steps.flatMap((step) => (step.kind === 'run' ? [step] : []));
  for (const { command, expects } of steps)
    for (const [text, message] of [
      [SECURITY, /the phone does not let a computer do that\. It said: java\.lang\.SecurityException/],
      ['Error: not now\n', /the phone could not\. It said: Error: not now/],
      ...(expects === undefined ? [] : [['', /took it without a word, and did not do it\.$/] as const]),
    ] as const) {
      android.faults.push({ on: command.join(' '), kind: 'says', text });
      const { state, canBeUndone } = fixRecordOf(await applyOn(phone, plan, AGREED));
      android.faults.splice(0);
      assert.ok(state.kind === 'refused', told);
      assert.match(state.problem.message, message, told);
      assert.ok(state.problem.hint, told);
      assert.equal(canBeUndone, false, told);
    }
}
