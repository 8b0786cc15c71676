import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import {
  COMPLAINT_CODES,
  diagnose,
  factsOf,
  type PhotosFacts,
  PROBES,
  probeAll,
  verdictOf,
} from '@holdfast/doctor';
import { fakeClock } from '@holdfast/testkit';
import { PROVOCABLE, provoke, type SampleOptions } from '@holdfast/testkit/phone';
import { phoneWith } from '../test-setup/phones.ts';

const clock = fakeClock();
const NOW = clock.now();
const SINCE = new Map(COMPLAINT_CODES.map((code) => [code, NOW.subtract({ hours: 999 })]));

const PHONES: readonly SampleOptions[] = [
  { release: 9, vendor: 'samsung', locale: 'en-GB' },
  { release: 10, vendor: 'xiaomi', locale: 'de-DE' },
  { release: 12, vendor: 'aosp', locale: 'de-DE' },
  { release: 14, vendor: 'xiaomi', locale: 'de-DE' },
  { release: 16, vendor: 'samsung', locale: 'en-GB' },
];

/** What a phone says with its app in front; `undefined` where it cannot have that complaint. */
async function factsWith(sample: SampleOptions, code?: string): Promise<PhotosFacts | undefined> {
  let canHave = true;
  await using phone = await phoneWith({ ...sample, now: () => NOW.epochMilliseconds }, (android) => {
    if (code !== undefined) canHave = provoke(android, code);
  });
  if (!canHave) return undefined;
  // Asking for every file takes longest, and most complaints are of something else.
  const isOfFiles = code === undefined || /^(?:files|folders|media)-/.test(code);
  const names = Object.values(PROBES)
    .map(({ name }) => name)
    .filter((name) => isOfFiles || (name !== 'media' && name !== 'unseen'));
  return factsOf(await Array.fromAsync(probeAll(phone.phone, { clock, names })));
}

for (const sample of PHONES) {
  const title = `Android ${sample.release}, ${sample.vendor}, ${sample.locale}`;

  test(`it finds nothing on a healthy phone: ${title}`, async () => {
    const facts = await factsWith(sample);
    const diagnosis = facts && diagnose(facts, NOW, SINCE);
    deepEqual(diagnosis, { complaints: [], hidden: [], young: [] });
    deepEqual(facts && diagnosis && verdictOf(facts, diagnosis).kind, 'healthy');
  });

  test(`it finds what is wrong with a phone, and nothing else: ${title}`, async () => {
    const found: string[] = [];
    const wanted: string[] = [];
    for (const code of PROVOCABLE) {
      const facts = await factsWith(sample, code);
      if (facts === undefined) continue;
      wanted.push(code);
      const { complaints } = diagnose(facts, NOW, SINCE);
      found.push(complaints.map((each) => each.code).join(' '));
    }
    deepEqual(found, wanted);
  });
}
