import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { type Android, GOOGLE_PHOTOS, provoke, type Release, type Vendor } from '@holdfast/testkit/phone';
import type { FixCode } from '#fix-code.ts';
import { fixRecordOf } from '#fixes/record.ts';
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

const RELEASES: readonly Release[] = [9, 10, 12, 14, 16];
const VENDORS: readonly Vendor[] = ['aosp', 'samsung', 'xiaomi'];
const P = GOOGLE_PHOTOS;

interface Row {
  readonly code: FixCode;
  /** The complaint that it ends, or what brings it about. */
  readonly from: string | ((android: Android) => void);
  /** What is run that changes something, per release. */
  readonly runs: (release: Release) => readonly string[] | 'guided';
}

const GRANT = `pm grant --user 0 ${P} android.permission.`;
const APPOPS = `cmd appops set ${P}`;

const rows: readonly Row[] = [
  { code: 'enable-app', from: 'app-disabled', runs: () => [`pm enable --user 0 ${P}`] },
  { code: 'unhide-app', from: 'app-hidden', runs: () => [`pm unhide --user 0 ${P}`] },
  { code: 'unsuspend-app', from: 'app-suspended', runs: () => [`pm unsuspend --user 0 ${P}`] },
  {
    code: 'reinstall-for-user',
    from: 'app-removed-for-user',
    runs: () => [`cmd package install-existing --user 0 ${P}`],
  },
  {
    code: 'allow-photos',
    from: 'no-photo-access',
    runs: (release) =>
      release >= 14
        ? [`${GRANT}READ_MEDIA_IMAGES`, `${GRANT}READ_MEDIA_VIDEO`]
        : [`${GRANT}READ_EXTERNAL_STORAGE`],
  },
  {
    code: 'allow-photo-operations',
    from: 'photo-access-blocked',
    runs: (release) =>
      release >= 14
        ? [`${APPOPS} READ_MEDIA_IMAGES allow`, `${APPOPS} READ_MEDIA_VIDEO allow`]
        : [`${APPOPS} READ_EXTERNAL_STORAGE allow`],
  },
  {
    code: 'allow-notifications',
    from: 'notifications-blocked',
    runs: (release) => [release >= 14 ? `${GRANT}POST_NOTIFICATIONS` : `${APPOPS} POST_NOTIFICATION allow`],
  },
  {
    code: 'allow-background',
    from: 'background-restricted',
    runs: () => [`${APPOPS} RUN_ANY_IN_BACKGROUND allow`],
  },
  { code: 'active-bucket', from: 'standby-rare', runs: () => [`am set-standby-bucket ${P} active`] },
  { code: 'free-of-optimisation', from: () => {}, runs: () => [`cmd deviceidle whitelist +${P}`] },
  {
    code: 'battery-saver-off',
    from: 'battery-saver',
    runs: (release) => [release >= 10 ? 'cmd power set-mode 0' : 'settings put global low_power 0'],
  },
  {
    code: 'airplane-mode-off',
    from: 'airplane-mode',
    runs: (release) => (release >= 12 ? ['cmd connectivity airplane-mode disable'] : 'guided'),
  },
  {
    code: 'wifi-on',
    from: (android) => {
      android.settings.global.set('wifi_on', '0');
      android.networkWithout = android.activeNetwork;
      android.activeNetwork = undefined;
    },
    runs: () => ['svc wifi enable'],
  },
  {
    code: 'data-saver-exempt',
    from: 'data-saver',
    runs: () => ['cmd netpolicy add restrict-background-whitelist 10105'],
  },
  {
    code: 'allow-background-data',
    from: 'background-data-denied',
    runs: () => ['cmd netpolicy remove restrict-background-blacklist 10105'],
  },
  {
    code: 'unmetered-wifi',
    from: 'metered-wifi',
    runs: (release) => (release >= 12 ? ['cmd netpolicy set metered-network Tide, House false'] : 'guided'),
  },
  { code: 'automatic-clock', from: 'clock-by-hand', runs: () => ['settings put global auto_time 1'] },
];

const bring = (android: Android, from: Row['from']): void => {
  if (typeof from === 'function') from(android);
  else provoke(android, from);
};

const changing = (android: Android, from: number): readonly string[] =>
  android.ran
    .slice(from)
    .filter((line) =>
      /^(?:pm (?!path|list)|svc|settings put|am set|cmd (?:appops set|power|connectivity|package|netpolicy (?:add|remove|set)|deviceidle whitelist \+))/.test(
        line,
      ),
    )
    .filter((line) => !line.endsWith(' help'));

for (const { code, from, runs } of rows) {
  for (const release of RELEASES) {
    for (const vendor of VENDORS) {
      const expected = runs(release);
      test(`it does ${code} on Android ${release} of ${vendor}, and undoes it bit by bit`, async () => {
        const { android, plug } = phoneToFix({ release, vendor }, (each) => {
          bring(each, from);
          each.isSecurityOpen = true;
        });
        const phone = await plug();
        const before = settledState(android);
        const plan = await planOn(phone, code);
        assert.equal(settledState(android), before, 'planning changes nothing');
        if (expected === 'guided') {
          assert.equal(plan.risk, 'guided');
          assert.deepEqual(plan.before, []);
          return;
        }
        const ran = android.ran.length;
        const journal = memoryJournal();
        const kept = await fixOn(phone, code, { journal });
        assert.equal(kept.state.kind, 'done');
        assert.deepEqual(changing(android, ran), expected);
        assert.notEqual(settledState(android), before);
        assert.equal(fixRecordOf(kept).canBeUndone, true);
        const undone = await undoOn(phone, journal.kept());
        assert.equal(undone.state.kind, 'undone');
        assert.equal(settledState(android), before);
      });
    }
  }
}

for (const { code, from } of rows) {
  test(`it puts everything back after the cable was pulled at any command of ${code}`, async () => {
    let cuts = 0;
    for (const kind of ['cut-before', 'cut-after'] as const) {
      for (let at = 0; at < 20; at++) {
        const { android, plug } = phoneToFix({ release: 14 }, (each) => bring(each, from));
        const before = settledState(android);
        const phone = await plug();
        const plan = await planOn(phone, code);
        const journal = memoryJournal();
        const counted = android.ran.length;
        const cutting = onCommand(phone, at, () => android.faults.push({ on: '', kind, times: 1 }));
        const end = await applyOn(cutting, plan, { journal }).then(
          () => 'done',
          (error: unknown) => error,
        );
        if (end === 'done') break;
        cuts++;
        assert.ok(isFailure(end) && end.code.startsWith('adb/'), String(end));
        assert.ok(android.ran.length > counted);
        android.faults.splice(0);
        const kept = journal.kept();
        assert.equal(kept.state.kind, 'begun');
        if (settledState(android) !== before) assert.equal(fixRecordOf(kept).canBeUndone, true);
        if (fixRecordOf(kept).canBeUndone) await undoOn(await plug(), kept, journal);
        assert.equal(settledState(android), before, `${kind} at ${at}`);
      }
    }
    assert.ok(cuts >= 6);
  });
}
