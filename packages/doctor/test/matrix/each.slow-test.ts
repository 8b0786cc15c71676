import { test } from 'node:test';
import { COMPLAINT_CODES } from '@holdfast/doctor';
import { requireFound } from '../../test-setup/each.ts';
import { PHONES } from '../../test-setup/matrix.ts';

for (const code of COMPLAINT_CODES) {
  test(`it finds ${code}, and nothing else that stands out, on every phone that can have it`, async () => {
    for (const phone of PHONES)
      for (const locale of ['de-DE', 'en-GB']) await requireFound(code, { ...phone, locale });
  });
}
