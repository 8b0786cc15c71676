import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ComplaintCode, factOf } from '@holdfast/doctor';
import { provoke } from '@holdfast/testkit/phone';
import type { FixCode } from '#fix-code.ts';
import { applyOn, factsOn, phoneToFix, planOn, settledState } from '../../test-setup/fixing.ts';
import { phoneAt, RELEASES } from '../../test-setup/matrix.ts';

/** What only the person can tap, with the trouble it is called for in, and what is opened. */
const GUIDED: readonly (readonly [code: FixCode, trouble: ComplaintCode, opens: RegExp])[] = [
  ['install-app', 'app-missing', /market:|play\.google/],
  ['sign-in-to-network', 'captive-network', /WIFI_SETTINGS/],
  ['vpn-off', 'vpn', /VPN_SETTINGS/],
  ['auto-sync-on', 'auto-sync-off', /SYNC_SETTINGS/],
];
for (const [place, [code, trouble, opens]] of GUIDED.entries())
  test(`it opens the screen for ${code} on each Android that has the trouble, and says what to tap`, async () => {
    for (const [at, release] of RELEASES.entries()) {
      const sample = { release, vendor: phoneAt(place + at).vendor };
      const { android, plug } = phoneToFix(sample, (each) => void provoke(each, trouble));
      const phone = await plug();
      const plan = await planOn(phone, code, await factsOn(phone));
      assert.equal(plan.risk, 'guided');
      assert.match(JSON.stringify(plan.steps), opens);
      assert.equal(plan.steps.at(-1)?.kind, 'tap');
      const before = settledState(android);
      const { state } = await applyOn(phone, plan);
      assert.match(state.kind === 'done' ? state.sentence : '', /yours to tap/, JSON.stringify(sample));
      assert.equal(settledState(android), before);
    }
  });

test('it has the phone look at what it has not noticed, on each Android, and nothing is left unnoticed', async () => {
  for (const [at, release] of RELEASES.entries()) {
    const { plug } = phoneToFix(
      { release, vendor: phoneAt(at).vendor },
      (each) => void provoke(each, 'media-unseen'),
    );
    const phone = await plug();
    const unseen = async (): Promise<number | undefined> =>
      factOf(await factsOn(phone, ['android', 'unseen']), 'unseen')?.paths.length;
    assert.ok(((await unseen()) ?? 0) > 0, `Android ${release}`);
    const plan = await planOn(phone, 'rescan-media', await factsOn(phone, ['android', 'unseen']));
    assert.equal(plan.risk, 'none');
    assert.equal((await applyOn(phone, plan)).state.kind, 'done');
    assert.equal(await unseen(), 0, `Android ${release}`);
  }
});
