import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireCutsMended, requireJournalCovers } from '../../test-setup/breaking.ts';
import { requireDoneAndUndone } from '../../test-setup/doing.ts';
import { phoneAt, RELEASES } from '../../test-setup/matrix.ts';
import { REVERSIBLE_FIXES } from '../../test-setup/reversible-fixes.ts';

// Every phone of each: the slow tests of the matrix.
for (const [place, fix] of REVERSIBLE_FIXES.entries()) {
  test(`it does ${fix.code} on each Android, explains each refusal, and undoes it bit by bit`, async () => {
    for (const [at, release] of RELEASES.entries())
      await requireDoneAndUndone(fix, { release, vendor: phoneAt(place + at).vendor });
  });

  test(`it puts back what ${fix.code} changed, wherever the cable is pulled in it or in its undo`, async () => {
    assert.ok((await requireCutsMended(fix, phoneAt(place, 12))) >= 12);
  });

  test(`it has written down all that ${fix.code} changed, whichever entry of the journal fails`, async () => {
    assert.ok((await requireJournalCovers(fix, phoneAt(place, 12))) >= 12);
  });
}
