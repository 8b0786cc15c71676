import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { requireCutsMended, requireJournalCovers } from '../../test-setup/breaking.ts';
import { requireDoneAndUndone, requireForbidden } from '../../test-setup/doing.ts';
import { PHONES } from '../../test-setup/matrix.ts';
import { REVERSIBLE_FIXES } from '../../test-setup/reversible-fixes.ts';

for (const fix of REVERSIBLE_FIXES)
  for (const phone of PHONES) {
    const where = `Android ${phone.release} of ${phone.vendor}`;
    test(`it does ${fix.code} and undoes it, and can always put it back, on ${where}`, async () => {
      if (fix.code !== 'wifi-on') await requireForbidden(fix, phone);
      const isByHand = (await requireDoneAndUndone(fix, phone)) === 'guided';
      equal((await requireCutsMended(fix, phone)) < 12, isByHand);
      equal((await requireJournalCovers(fix, phone)) < 12, isByHand);
    });
  }
