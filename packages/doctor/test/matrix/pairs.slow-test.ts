import { test } from 'node:test';
import { PHONES } from '../../test-setup/matrix.ts';
import { PAIRS, requirePair } from '../../test-setup/pairs.ts';

for (const phone of PHONES) {
  test(`it says of every two troubles which is the cause, Android ${phone.release} of ${phone.vendor}`, async () => {
    for (const [first, second] of PAIRS) await requirePair(phone, first, second);
  });
}
