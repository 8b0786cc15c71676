import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { COMPLAINT_CODES } from '@holdfast/doctor';
import { PROVOCABLE } from '@holdfast/testkit/phone';
import { requireFound } from '../../test-setup/each.ts';
import { phoneAt, RELEASES } from '../../test-setup/matrix.ts';

test('it has a way to bring about every complaint there is, and no other', () => {
  deepEqual([...PROVOCABLE].toSorted(), [...COMPLAINT_CODES].toSorted());
});

// Every phone in both languages: the slow tests.
for (const [place, code] of COMPLAINT_CODES.entries()) {
  test(`it finds ${code}, and nothing else that stands out, on each Android that can have it`, async () => {
    for (const [at, release] of RELEASES.entries())
      await requireFound(code, {
        release,
        vendor: phoneAt(place + at).vendor,
        locale: (place + at) % 2 === 0 ? 'de-DE' : 'en-GB',
      });
  });
}
