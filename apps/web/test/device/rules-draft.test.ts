import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { rules as shape } from '@holdfast/contract/api';
import {
  draftOf,
  type RulesDraft,
  readDraft,
  readRetention,
  withFolder,
} from '../../src/device/rules-draft.ts';

const rules = shape.parse({
  isOn: true,
  types: ['photos', 'videos'],
  foldersOff: ['files/internal/Android'],
  maxSizeBytes: 1_500_000_000,
  newerThan: '2026-01-31',
  items: [{ path: 'a', what: 'hold' }],
  onlyCharging: true,
  minBatteryPercent: 20,
  quietHours: { from: '22:00', to: '07:00' },
  minHoursBetween: 12,
  retention: { keepLast: 3, keepMonthly: 12 },
});

const errorsOf = (part: Partial<RulesDraft>): object => {
  const read = readDraft({ ...draftOf(rules), ...part });
  return 'errors' in read ? read.errors : {};
};

suite('readDraft', () => {
  test('it gives the rules that the draft was made of', () => {
    assert.deepEqual(readDraft(draftOf(rules)), { rules });
  });

  test('it leaves out what is not written', () => {
    const bare = { ...rules, retention: {} };
    delete bare.maxSizeBytes;
    delete bare.newerThan;
    delete bare.minBatteryPercent;
    delete bare.quietHours;
    delete bare.minHoursBetween;
    assert.deepEqual(readDraft(draftOf(bare)), { rules: bare });
  });

  const wrong: readonly (readonly [what: string, part: Partial<RulesDraft>, field: string])[] = [
    ['no type', { types: [] }, 'types'],
    ['a size that is no number', { maxSize: 'big' }, 'maxSize'],
    ['a size of nothing', { maxSize: '0' }, 'maxSize'],
    ['a battery over 100', { minBattery: '101' }, 'minBattery'],
    ['half an hour', { hours: '0.5' }, 'hours'],
    ['quiet hours without end', { quietTo: '' }, 'quiet'],
    ['quiet hours that are no time at all', { quietFrom: '22:00', quietTo: '22:00' }, 'quiet'],
    [
      'a negative number of backups',
      { retention: { ...draftOf(rules).retention, keepDaily: '-1' } },
      'keepDaily',
    ],
  ];
  for (const [what, part, field] of wrong)
    test(`it refuses ${what}`, () => assert.deepEqual(Object.keys(errorsOf(part)), [field]));

  test('it takes a comma for a point', () => {
    const read = readDraft({ ...draftOf(rules), maxSize: '0,5' });
    assert.equal('rules' in read && read.rules.maxSizeBytes, 500_000_000);
  });
});

suite('readRetention', () => {
  test('it keeps nothing of a kind when 0 is written', () => {
    assert.deepEqual(
      readRetention({ keepLast: '0', keepDaily: '', keepWeekly: '', keepMonthly: '', keepYearly: '' }),
      {
        retention: { keepLast: 0 },
      },
    );
  });
});

suite('withFolder', () => {
  test('it forgets folders in a folder that is off', () => {
    assert.deepEqual(withFolder(['a/b', 'a/b/c', 'ab'], 'a', true), ['a', 'ab']);
  });

  test('it turns one on again', () => {
    assert.deepEqual(withFolder(['a', 'b'], 'a', false), ['b']);
  });
});
