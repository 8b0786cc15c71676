import { test } from 'node:test';
import { PHONES } from '../../test-setup/matrix.ts';
import { PAIRS, requirePair } from '../../test-setup/pairs.ts';

for (const phone of PHONES) {
  for (const locale of ['en-GB', 'de-DE']) {
    test(`it says of every two troubles which is the cause, Android ${phone.release} of ${phone.vendor}, ${locale}`, async () => {
      for (const [first, second] of PAIRS) await requirePair({ ...phone, locale }, first, second);
    });
  }
}
