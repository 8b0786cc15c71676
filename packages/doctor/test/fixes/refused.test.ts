import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { type Android, GOOGLE_PHOTOS, provoke, type SampleOptions } from '@holdfast/testkit/phone';
import type { FixCode } from '#fix-code.ts';
import { type Plan, WAIVER } from '#fixes/plan.ts';
import { canBeUndone, fixRecordOf } from '#fixes/record.ts';
import { requireForbidden } from '../../test-setup/doing.ts';
import {
  applyOn,
  type FixedPhone,
  FULL,
  fixOn,
  memoryJournal,
  onCommand,
  phoneToFix,
  planOn,
  settledState,
  undoOn,
} from '../../test-setup/fixing.ts';
import { phoneAt } from '../../test-setup/matrix.ts';
import { REVERSIBLE_FIXES } from '../../test-setup/reversible-fixes.ts';

const stuck = (code: string) => (android: Android) => void provoke(android, code);

for (const [place, fix] of REVERSIBLE_FIXES.filter(({ code }) => code !== 'wifi-on').entries()) {
  test(`it explains that a phone forbids ${fix.code} to computers, and names the switch where there is one`, async () => {
    await requireForbidden(fix, { release: phoneAt(place, 12).release, vendor: 'xiaomi' });
    await requireForbidden(fix, phoneAt(place, 12));
  });
}

/** Grants one of two, and is refused the other. */
const halfRefused = async (): Promise<FixedPhone & { readonly plan: Plan; readonly before: string }> => {
  const at = phoneToFix({ release: 14 }, stuck('no-photo-access'));
  const plan = await planOn(await at.plug(), 'allow-photos');
  at.android.faults.push({
    on: 'pm grant --user 0 com.google.android.apps.photos android.permission.READ_MEDIA_VIDEO',
    kind: 'says',
    text: 'Error: not this one\n',
  });
  return { ...at, plan, before: settledState(at.android) };
};

test('it takes an error that ends with 0 for what it is, and puts back what went well before it', async () => {
  const { android, plug, plan, before } = await halfRefused();
  const record = fixRecordOf(await applyOn(await plug(), plan));
  assert.equal(record.state.kind, 'refused');
  assert.equal(record.canBeUndone, false);
  assert.equal(settledState(android), before);
});

test('it has written down what it changed before a refusal, whichever entry of the journal fails', async () => {
  for (const kind of ['lost', 'last'] as const)
    for (let at = 1; ; at++) {
      const { android, plug, plan, before } = await halfRefused();
      const journal = memoryJournal({ at, kind, isForGood: true });
      const phone = await plug();
      const end = await applyOn(phone, plan, { journal }).catch((error: unknown) => error);
      if (settledState(android) !== before) await undoOn(phone, journal.kept());
      assert.equal(settledState(android), before, `${kind} at ${at}`);
      if (end !== FULL) break;
    }
});

test('it puts back what it can after a cable was pulled while it put back what a refusal left', async () => {
  for (let at = 0, isCut = true; isCut; at++) {
    const { android, plug, plan, before } = await halfRefused();
    const journal = memoryJournal();
    isCut = false;
    const cutting = onCommand(await plug(), at, () => {
      isCut = true;
      android.faults.unshift({ on: '', kind: 'cut-after', times: 1 });
    });
    await applyOn(cutting, plan, { journal }).catch((error: unknown) => {
      if (!isFailure(error)) throw error;
    });
    if (canBeUndone(journal.kept())) await undoOn(await plug(), journal.kept());
    assert.equal(settledState(android), before, `cut at ${at}`);
  }
});

test('it does what cannot be undone without a rescue where the exact words were typed', async () => {
  const { android, plug } = phoneToFix({});
  const phone = await plug();
  const plan = await planOn(phone, 'clear-data');
  const rescue = { kind: 'waived', words: ` ${WAIVER}\n` } as const;
  const kept = await applyOn(phone, plan, { rescue });
  assert.equal(kept.state.kind, 'done');
  assert.equal(android.photos.isBackupOn, false);
  await assert.rejects(undoOn(phone, kept), { code: 'doctor/not-undoable' });
});

test('it says on every Android before what is tapped that cannot be undone that the phone is to be backed up', async () => {
  for (const release of [9, 10] as const) {
    const plan = await planOn(await phoneToFix({ release }).plug(), 'remove-updates');
    assert.deepEqual(
      plan.steps.map(({ says }) => says.startsWith('Back the phone up with Holdfast first')),
      [true, false, false],
    );
    assert.match(plan.steps.at(-1)?.says ?? '', /all apps at once/);
  }
});

test('it says first that the phone is to be unlocked where its screen is off or locked', async () => {
  for (const change of [
    (android: Android) => Object.assign(android, { isScreenLocked: true }),
    (android: Android) => Object.assign(android, { isScreenOn: false }),
  ])
    for (const code of ['turn-on-backup', 'open-app', 'clear-cache'] as const) {
      const { plug } = phoneToFix({ release: 12 }, change);
      const [first] = (await planOn(await plug(), code)).steps;
      assert.deepEqual(first, { kind: 'tap', says: 'Unlock the phone, and leave its screen on.' });
    }
});

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
  ['clear-cache', {}, 'app-removed-for-user', /not installed for this person/],
  ['rescan-media', { release: 9 }, 'vpn', /one by one/],
];
for (const [code, sample, complaint, why] of impossible) {
  test(`it says why ${code} cannot be done with ${complaint} and ${JSON.stringify(sample)}`, async () => {
    for (const phone of [0, 1, 2].map((number) => phoneAt(number))) {
      const { plug } = phoneToFix({ ...phone, ...sample }, stuck(complaint));
      await assert.rejects(planOn(await plug(), code), { code: 'doctor/cannot-fix', message: why });
    }
  });
}

test('it turns Wi-Fi on again, wherever in between the cable is pulled', async () => {
  const { android, plug } = phoneToFix({});
  const before = settledState(android);
  const phone = await plug();
  const plan = await planOn(phone, 'restart-wifi');
  const kept = await applyOn(phone, plan);
  assert.equal(kept.state.kind, 'done');
  assert.equal(settledState(android), before);
  assert.equal(canBeUndone(kept), false);
  let wasOff = 0;
  for (const kind of ['cut-before', 'cut-after'] as const)
    for (let at = 0, isCut = true; isCut; at++) {
      isCut = false;
      const journal = memoryJournal();
      const cutting = onCommand(await plug(), at, () => {
        isCut = true;
        android.faults.push({ on: '', kind, times: 1 });
      });
      await applyOn(cutting, plan, { journal }).catch((error: unknown) => {
        if (!isFailure(error)) throw error;
      });
      if (settledState(android) !== before) wasOff += 1;
      if (canBeUndone(journal.kept())) await undoOn(await plug(), journal.kept(), journal);
      assert.equal(settledState(android), before, `${kind} at ${at}`);
    }
  assert.ok(wasOff >= 4);
});

test('it runs what waits, by force, and opens the app', async () => {
  const { android, plug } = phoneToFix({}, stuck('job-waits-for-charging'));
  const phone = await plug();
  assert.equal((await fixOn(phone, 'run-jobs')).state.kind, 'done');
  assert.ok(android.ran.some((line) => line.includes(`jobscheduler run -f ${GOOGLE_PHOTOS} 1011`)));
  assert.equal((await fixOn(phone, 'open-app')).state.kind, 'done');
});
