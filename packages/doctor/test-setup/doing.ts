import assert from 'node:assert/strict';
import type { Android, SampleOptions, Vendor } from '@holdfast/testkit/phone';
import { fixRecordOf, shownValue } from '#fixes/record.ts';
import { applyOn, memoryJournal, phoneToFix, planOn, settledState, undoOn } from './fixing.ts';
import { bringAbout, type ReversibleFix } from './reversible-fixes.ts';

/** What phones answer instead of doing it, while they end with 0. */
const REFUSALS: readonly (readonly [answer: string, message: RegExp, hint: RegExp])[] = [
  [
    'Exception occurred while executing:\njava.lang.SecurityException: Neither user 2000 nor current process may.\n',
    /: the phone does not let a computer do that\. It said: java\.lang\.SecurityException: Neither user 2000/,
    /^(?:Owners of such phones report|The maker or a company)/,
  ],
  ['Error: not this one\n', /: the phone could not\. It said: Error: not this one/, /on the phone itself/],
  ['', /: the phone took it without a word, and did not do it\.$/, /on the phone itself/],
];

/** A name that only programs have. */
const NAME = /[A-Z]_[A-Z]|[a-z]_[a-z]|\bnull\b|undefined/;

const CHANGES =
  /^(?:pm (?!path|list)|svc|settings (?:put|delete)|am set|cmd (?:appops set|power|connectivity|package|netpolicy (?:add|remove|set)|deviceidle whitelist \+))/;

/** Of the commands a phone ran from that one on, those that change something. */
const changing = (android: Android, from: number): readonly string[] =>
  android.ran.slice(from).filter((line) => CHANGES.test(line) && !line.endsWith(' help'));

/**
 * Requires of a fix on a phone: planning changes nothing; a refusal, in each of its forms, is explained and leaves all as it was; it runs
 * just what it should, is read back, and its undo restores what was, bit by bit. Gives `guided` where the person has to do it.
 */
export async function requireDoneAndUndone(
  fix: ReversibleFix,
  sample: Required<Pick<SampleOptions, 'release' | 'vendor'>>,
): Promise<'guided' | 'undone'> {
  const { android, plug } = phoneToFix(sample, (each) => bringAbout(each, fix));
  const told = `${fix.code} on Android ${sample.release} of ${sample.vendor}`;
  const expected = fix.runs(sample.release);
  const phone = await plug();
  const before = settledState(android);
  const plan = await planOn(phone, fix.code);
  assert.equal(settledState(android), before, `${told}: planning changes nothing`);
  if (expected === 'guided') {
    assert.deepEqual([plan.risk, plan.before], ['guided', []], told);
    return 'guided';
  }
  for (const { says } of plan.steps) assert.doesNotMatch(says, NAME, told);
  for (const { change, value } of plan.before) {
    const shown = shownValue(change, value);
    assert.doesNotMatch(`${shown.what} ${shown.value}`, NAME, told);
  }
  for (const [text, message, hint] of REFUSALS) {
    for (const on of expected) android.faults.push({ on, kind: 'says', text });
    const { state, canBeUndone } = fixRecordOf(await applyOn(phone, plan));
    android.faults.splice(0);
    assert.ok(state.kind === 'refused', told);
    assert.equal(state.problem.code, 'doctor/refused', told);
    assert.match(state.problem.message, message, told);
    assert.match(state.problem.hint ?? '', hint, told);
    assert.equal(canBeUndone, false, told);
    assert.equal(settledState(android), before, told);
  }
  const ran = android.ran.length;
  const journal = memoryJournal();
  const kept = await applyOn(phone, plan, { journal });
  assert.equal(kept.state.kind, 'done', told);
  assert.deepEqual(changing(android, ran), expected, told);
  assert.notEqual(settledState(android), before, told);
  assert.equal(fixRecordOf(kept).canBeUndone, true, told);
  assert.equal((await undoOn(phone, journal.kept())).state.kind, 'undone', told);
  assert.equal(settledState(android), before, told);
  return 'undone';
}

/** The switch of such phones is named, and of others who may forbid it. */
const WHO: Readonly<Record<Vendor, RegExp>> = {
  xiaomi: /"USB debugging \(Security settings\)".*Mi account/,
  samsung: /company that manages the phone/,
  aosp: /company that manages the phone/,
};

/** Requires of a phone that lets a computer change nothing that this is explained, with what to do about it, and that all is as it was. */
export async function requireForbidden(
  fix: ReversibleFix,
  sample: Required<Pick<SampleOptions, 'release' | 'vendor'>>,
): Promise<void> {
  const { android, plug } = phoneToFix(sample, (each) => {
    bringAbout(each, fix);
    each.isSecurityOpen = false;
    each.refusesWrites = true;
  });
  const told = `${fix.code} on Android ${sample.release} of ${sample.vendor}`;
  const phone = await plug();
  const before = settledState(android);
  const plan = await planOn(phone, fix.code);
  if (plan.risk === 'guided') return;
  const { state, canBeUndone } = fixRecordOf(await applyOn(phone, plan));
  assert.ok(state.kind === 'refused', told);
  assert.match(state.problem.message, /does not let a computer do that\. It said: .*SecurityException/, told);
  assert.match(state.problem.hint ?? '', WHO[sample.vendor], told);
  assert.equal(canBeUndone, false, told);
  assert.equal(settledState(android), before, told);
}
