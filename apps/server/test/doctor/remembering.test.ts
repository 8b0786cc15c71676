import { deepEqual, match } from 'node:assert/strict';
import { test } from 'node:test';
import { reportOf } from '@holdfast/doctor';
import { openPhones } from '@holdfast/home/phones';
import { type Clock, systemClock } from '@holdfast/kernel';
import { phoneOptions, provoke, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { lookAgain } from '#doctor/remembering.ts';
import { testHome } from '../../test-setup/test-server.ts';

const NOTHING_MUCH = { photos: 3, messages: 0, multimedia: 0, contacts: 0, calls: 0, events: 0, apps: 1 };

test('it takes getting ready for stuck once a look before saw it an hour ago, and not one of long ago', async () => {
  let later = Temporal.Duration.from({ minutes: 0 });
  const clock: Clock = { ...systemClock, now: () => systemClock.now().add(later) };
  const android = samplePhone({ ...NOTHING_MUCH, now: () => clock.now().epochMilliseconds });
  provoke(android, 'says-getting-ready');
  await using simulated = await startPhone(phoneOptions(android));
  await using home = await testHome([`${simulated.host}:${simulated.port}`]);
  await using sight = await openPhones(home.host);
  const [seen] = sight.phones;
  if (seen?.kind !== 'open') throw new Error('no phone');
  const { phone } = seen;
  const kept = new Map<string, string | undefined>();
  const catalog = {
    setting: async (key: string) => kept.get(key),
    set: async (key: string, value: string | undefined) => void kept.set(key, value),
  };
  const look = async (minutes: number): Promise<string> => {
    later = Temporal.Duration.from({ minutes });
    const { verdict } = reportOf(await lookAgain(phone, catalog, { clock }), 0, []);
    return `${verdict.kind}: ${verdict.sentence}`;
  };
  match(await look(0), /^cannot-tell: .*Look again in 60 minutes/);
  match(await look(50), /^cannot-tell/);
  match(await look(61), /^complaints: Google Photos gets ready and does not begin/);
  match(await look(61 + 4 * 24 * 60), /^cannot-tell/);
  const [key = '', ...others] = kept.keys();
  deepEqual([key, others], [`doctor-seen:${phone.device.id}`, []]);
  for (const nonsense of ['', '[]', '{"at":"yesterday","since":{}}']) {
    kept.set(key, nonsense);
    match(await look(70), /^cannot-tell/);
  }
});
