import { deepEqual, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { examine, planFix } from '@holdfast/doctor';
import { openPhones } from '@holdfast/home/phones';
import { type Clock, systemClock } from '@holdfast/kernel';
import { phoneOptions, provoke, type Release, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { carryOutFix, notRescued } from '#doctor/doctoring.ts';
import { testHome } from '../../test-setup/test-server.ts';

/** What a fix waits for is over at once; what a link is waited for is not. */
const BRISK: Clock = {
  now: () => systemClock.now(),
  sleep: async (duration, signal) => {
    if (duration.total({ unit: 'seconds' }) > 5) await systemClock.sleep(duration, signal);
  },
};

for (const release of [9, 14] as const satisfies readonly Release[])
  test(`it sees after a look at the storage of Android ${release} that nothing is unnoticed any more`, async () => {
    const android = samplePhone({
      release,
      photos: 2,
      messages: 0,
      multimedia: 0,
      contacts: 0,
      calls: 0,
      events: 0,
    });
    provoke(android, 'media-unseen');
    await using simulated = await startPhone(phoneOptions(android));
    await using home = await testHome([`${simulated.host}:${simulated.port}`]);
    const host = { ...home.host, clock: BRISK };
    await using sight = await openPhones(host);
    const [seen] = sight.phones;
    ok(seen?.kind === 'open');
    const { facts } = await examine(seen.phone, { clock: BRISK });
    const nothing = { present: undefined as never, gone: undefined as never, byKind: {} };
    const left = await notRescued({ balance: async () => nothing }, seen.phone.device.id, facts);
    ok(facts.unseen.kind === 'value' && facts.media.kind === 'value');
    deepEqual(left, facts.media.value.images + facts.unseen.value.paths.length);
    const plan = await planFix(seen.phone, 'rescan-media', facts, { clock: BRISK });
    const { state } = await carryOutFix(host, seen.phone, plan, {});
    ok(state.kind === 'done');
    deepEqual(state.moved, 'yes');
    match(state.sentence, /“The phone has not noticed some of your photos”: no longer so/);
  });
