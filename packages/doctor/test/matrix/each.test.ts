import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { COMPLAINT_CODES } from '@holdfast/doctor';
import { PROVOCABLE, provoke } from '@holdfast/testkit/phone';
import { found, littlePhone, PHONES } from '../../test-setup/matrix.ts';

test('it has a way to bring about every complaint there is, and no other', () => {
  deepEqual([...PROVOCABLE].toSorted(), [...COMPLAINT_CODES].toSorted());
});

for (const code of COMPLAINT_CODES) {
  test(`it finds ${code}, and nothing else that stands out, on every phone that can have it`, async () => {
    for (const [at, phone] of PHONES.entries()) {
      // Each vendor in both languages, and each version.
      const options = { ...phone, locale: at % 2 === 0 ? 'de-DE' : 'en-GB' };
      const android = littlePhone(options);
      if (!provoke(android, code)) continue;
      deepEqual((await found(android, [code])).shown, [code], JSON.stringify(options));
    }
  });
}
