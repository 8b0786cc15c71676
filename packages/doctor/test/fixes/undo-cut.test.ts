import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { type Android, provoke } from '@holdfast/testkit/phone';
import type { FixCode } from '#fix-code.ts';
import {
  applyOn,
  fixOn,
  memoryJournal,
  onCommand,
  phoneToFix,
  planOn,
  settledState,
  undoOn,
} from '../../test-setup/fixing.ts';

/** One of each kind of change, and one of several. */
const FIXES: readonly (readonly [fix: FixCode, complaint: string])[] = [
  ['allow-background', 'background-restricted'],
  ['allow-photos', 'no-photo-access'],
  ['enable-app', 'app-disabled'],
  ['data-saver-exempt', 'data-saver'],
  ['active-bucket', 'standby-rare'],
  ['airplane-mode-off', 'airplane-mode'],
];
const MOST_COMMANDS = 20;

const stuckBy =
  (complaint: string) =>
  (android: Android): void =>
    void provoke(android, complaint);

for (const [code, complaint] of FIXES) {
  test(`it undoes ${code} after the cable was pulled at any command of its undo`, async () => {
    let cuts = 0;
    for (const kind of ['cut-before', 'cut-after'] as const) {
      for (let at = 0; at < MOST_COMMANDS; at++) {
        const { android, plug } = phoneToFix({ release: 14 }, stuckBy(complaint));
        const before = settledState(android);
        const phone = await plug();
        const journal = memoryJournal();
        await fixOn(phone, code, { journal });
        const cutting = onCommand(phone, at, () => android.faults.push({ on: '', kind, times: 1 }));
        const end = await undoOn(cutting, journal.kept(), journal).then(
          () => 'undone',
          (error: unknown) => error,
        );
        if (end === 'undone') break;
        cuts++;
        assert.ok(isFailure(end) && end.code.startsWith('adb/'), String(end));
        android.faults.splice(0);
        const undone = await undoOn(await plug(), journal.kept(), journal);
        assert.equal(undone.state.kind, 'undone');
        assert.equal(settledState(android), before, `${kind} at ${at}`);
      }
    }
    assert.ok(cuts >= 4, `${cuts} cuts`);
  });

  test(`it changes nothing by ${code} that could not be written down before`, async () => {
    for (const failing of [1, 2]) {
      const { android, plug } = phoneToFix({ release: 14 }, stuckBy(complaint));
      const before = settledState(android);
      const phone = await plug();
      const plan = await planOn(phone, code);
      let appended = 0;
      const full = new Error('no room');
      const journal = {
        append: async (): Promise<void> => {
          appended += 1;
          if (appended === failing) throw full;
        },
      };
      await assert.rejects(applyOn(phone, plan, { journal }), full);
      assert.equal(settledState(android), before);
    }
  });
}
