import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Android,
  GOOGLE_PHOTOS,
  provoke,
  type Release,
  type SampleOptions,
} from '@holdfast/testkit/phone';
import type { FixCode } from '#fix-code.ts';
import { WAIVER } from '#fixes/plan.ts';
import { fixRecordOf } from '#fixes/record.ts';
import {
  applyOn,
  fixOn,
  memoryJournal,
  phoneToFix,
  planOn,
  settledState,
  undoOn,
} from '../../test-setup/fixing.ts';

const stuck = (code: string) => (android: Android) => void provoke(android, code);

for (const [code, complaint] of [
  ['allow-background', 'background-restricted'],
  ['allow-photos', 'no-photo-access'],
  ['free-of-optimisation', 'vpn'],
  ['data-saver-exempt', 'data-saver'],
] as const) {
  test(`it explains that Xiaomi refuses ${code}, names the switch, and leaves all as it was`, async () => {
    const { android, plug } = phoneToFix({ vendor: 'xiaomi' }, stuck(complaint));
    const before = settledState(android);
    const record = fixRecordOf(await fixOn(await plug(), code));
    assert.equal(record.state.kind, 'refused');
    const { problem } = record.state as Extract<typeof record.state, { kind: 'refused' }>;
    assert.equal(problem.code, 'doctor/refused');
    assert.match(problem.message, /SecurityException|does not let a computer/);
    assert.match(problem.hint ?? '', /USB debugging \(Security settings\)/);
    assert.equal(settledState(android), before);
    assert.equal(record.canBeUndone, false);
  });
}

test('it takes an error that ends with 0 for what it is, and puts back what went well before it', async () => {
  const { android, plug } = phoneToFix({ release: 14 }, stuck('no-photo-access'));
  const before = settledState(android);
  const phone = await plug();
  const plan = await planOn(phone, 'allow-photos');
  android.faults.push({
    on: 'pm grant --user 0 com.google.android.apps.photos android.permission.READ_MEDIA_VIDEO',
    kind: 'says',
    text: 'Error: not this one\n',
  });
  android.faults.push({ on: "'READ_MEDIA_VIDEO'", kind: 'says', text: '' });
  android.faults.push({
    on: "'android.permission.READ_MEDIA_VIDEO'",
    kind: 'says',
    text: 'Error: not this one\n',
  });
  const record = fixRecordOf(await applyOn(phone, plan));
  assert.equal(record.state.kind, 'refused');
  assert.equal(settledState(android), before);
});

test('it clears data only after a rescue that is proved, or the exact words', async () => {
  const { android, plug } = phoneToFix({});
  const phone = await plug();
  const plan = await planOn(phone, 'clear-data');
  assert.equal(plan.risk, 'destructive');
  for (const rescue of [
    undefined,
    { kind: 'proved', notProved: 1 },
    { kind: 'waived', words: 'yes' },
  ] as const) {
    const ran = android.ran.length;
    const journal = memoryJournal();
    await assert.rejects(applyOn(phone, plan, { journal, ...(rescue && { rescue }) }), {
      code: 'doctor/rescue-first',
    });
    assert.deepEqual([android.ran.length, journal.entries.length], [ran, 0]);
  }
  const kept = await applyOn(phone, plan, { rescue: { kind: 'proved', notProved: 0 } });
  assert.equal(kept.state.kind, 'done');
  assert.equal(android.photos.isBackupOn, false);
  await assert.rejects(undoOn(phone, kept), { code: 'doctor/not-undoable' });
  const again = await applyOn(phone, plan, { rescue: { kind: 'waived', words: WAIVER } });
  assert.equal(again.state.kind, 'done');
});

const ways: readonly (readonly [
  code: FixCode,
  release: Release,
  sample: SampleOptions,
  comes: string,
  says: RegExp,
])[] = [
  ['remove-updates', 9, {}, 'guided', /all apps at once/],
  ['remove-updates', 10, {}, 'guided', /all apps at once/],
  ['remove-updates', 12, {}, 'destructive', /alone/],
  ['remove-updates', 14, {}, 'destructive', /alone/],
  ['remove-updates', 16, {}, 'destructive', /alone/],
  ['clear-cache', 9, {}, 'guided', /Do not tap "Clear data"/],
  ['clear-cache', 10, {}, 'guided', /Do not tap "Clear data"/],
  ['clear-cache', 16, {}, 'none', /nothing else/],
  ['rescan-media', 10, {}, 'none', /look through its storage/],
  ['rescan-media', 14, {}, 'none', /look through its storage/],
  ['restart-phone', 14, {}, 'none', /Restart/],
  ['turn-on-backup', 9, {}, 'guided', /Backup/],
];
for (const [code, release, sample, risk, says] of ways) {
  test(`it makes of ${code} on Android ${release} what is safe there: ${risk}`, async () => {
    const { android, plug } = phoneToFix({ ...sample, release });
    const plan = await planOn(await plug(), code);
    assert.equal(plan.risk, risk);
    assert.match(plan.steps.map((step) => step.says).join('\n'), says);
    const isDangerous = android.ran.some((line) => /uninstall-system-updates\s*$/.test(line));
    assert.equal(isDangerous, false);
  });
}

const impossible: readonly (readonly [
  code: FixCode,
  sample: SampleOptions,
  complaint: string,
  why: RegExp,
])[] = [
  ['remove-updates', { photosApp: 'own' }, 'vpn', /did not come with this phone/],
  ['remove-updates', { photosApp: 'shipped' }, 'vpn', /was not updated/],
  ['open-app', {}, 'app-disabled', /disabled/],
  ['clear-data', {}, 'app-missing', /not on this phone/],
  ['rescan-media', { release: 9 }, 'vpn', /one by one/],
];
for (const [code, sample, complaint, why] of impossible) {
  test(`it says why ${code} cannot be done with ${complaint} and ${JSON.stringify(sample)}`, async () => {
    const { plug } = phoneToFix(sample, stuck(complaint));
    await assert.rejects(planOn(await plug(), code), { code: 'doctor/cannot-fix', message: why });
  });
}

test('it turns Wi-Fi on again, also where the cable is pulled in between', async () => {
  const { android, plug } = phoneToFix({});
  const before = settledState(android);
  const phone = await plug();
  const kept = await fixOn(phone, 'restart-wifi');
  assert.equal(kept.state.kind, 'done');
  assert.equal(settledState(android), before);
  assert.equal(fixRecordOf(kept).canBeUndone, false);
  const plan = await planOn(phone, 'restart-wifi');
  const journal = memoryJournal();
  android.faults.push({ on: "'svc' 'wifi' 'enable'", kind: 'cut-before', times: 1 });
  android.faults.push({ on: 'svc wifi enable', kind: 'cut-before', times: 1 });
  await assert.rejects(applyOn(phone, plan, { journal }), { code: 'adb/gone' });
  assert.notEqual(settledState(android), before);
  android.faults.splice(0);
  await undoOn(await plug(), journal.kept(), journal);
  assert.equal(settledState(android), before);
});

test('it takes the end of the link for the restart that it is', async () => {
  const { plug } = phoneToFix({});
  const kept = await fixOn(await plug(), 'restart-phone');
  assert.deepEqual(kept.state.kind === 'done' && kept.state.moved, 'unknown');
});

test('it runs what waits, by force, and opens the app', async () => {
  const { android, plug } = phoneToFix({}, stuck('job-waits-for-charging'));
  const phone = await plug();
  assert.equal((await fixOn(phone, 'run-jobs')).state.kind, 'done');
  assert.ok(android.ran.some((line) => line.includes(`jobscheduler run -f ${GOOGLE_PHOTOS} 1011`)));
  assert.equal((await fixOn(phone, 'open-app')).state.kind, 'done');
});
