import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { SampleOptions } from '@holdfast/testkit/phone';
import { found, littlePhone, PHONES } from '../../test-setup/matrix.ts';

/** Phones that are as they should be, each in its own way. */
const WAYS: readonly SampleOptions[] = [
  { locale: 'en-GB' },
  { locale: 'de-DE' },
  { photosApp: 'shipped' },
  { photosApp: 'own' },
  { photos: 0 },
];

for (const { release, vendor } of PHONES) {
  test(`it finds nothing wrong with a healthy phone, Android ${release} of ${vendor}`, async () => {
    for (const way of WAYS) {
      const { shown, hidden, facts } = await found(littlePhone({ release, vendor, ...way }));
      deepEqual([shown, [...hidden.keys()]], [[], []], JSON.stringify(way));
      const odd = Object.entries(facts).filter(([, { kind }]) => kind === 'unrecognised');
      deepEqual(odd, []);
    }
  });
}
