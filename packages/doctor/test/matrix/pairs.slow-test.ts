import { test } from 'node:test';
import { PHONES } from '../../test-setup/matrix.ts';
import { PAIRS, requirePair } from '../../test-setup/pairs.ts';

for (const [place, phone] of PHONES.entries()) {
  test(`it says of every two troubles which is the cause, Android ${phone.release} of ${phone.vendor}`, async () => {
    // Every pair in both languages, over two phones next to each other.
    for (const [at, [first, second]] of PAIRS.entries()) {
      const locale = (at + place) % 2 === 0 ? 'de-DE' : 'en-GB';
      await requirePair({ ...phone, locale }, first, second);
    }
  });
}
