import { test } from 'node:test';
import { seededRandom } from '@holdfast/testkit';
import { PHONES } from '../../test-setup/matrix.ts';
import { PAIRS, requirePair } from '../../test-setup/pairs.ts';

/** Always the same ones: the slow tests have all. */
const SEED = 20_260_314;
const PAIRS_OF_A_PHONE = 15;
const LOCALES = ['de-DE', 'en-GB'] as const;

for (const [at, phone] of PHONES.entries()) {
  test(`it says of two troubles which is the cause, Android ${phone.release} of ${phone.vendor}`, async () => {
    const random = seededRandom(SEED + at);
    for (let count = 0; count < PAIRS_OF_A_PHONE; count++) {
      const place = new DataView(random(4).buffer).getUint32(0) % PAIRS.length;
      const [first, second] = PAIRS[place] ?? ['app-missing', 'app-missing'];
      await requirePair({ ...phone, locale: LOCALES[count % 2] ?? 'en-GB' }, first, second);
    }
  });
}
