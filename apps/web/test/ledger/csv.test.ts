import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CSV_HEAD, csvLine } from '../../src/ledger/csv.ts';

const item = {
  path: 'files/internal/a.jpg',
  kind: 'photo',
  sizeBytes: 12,
  state: 'failed',
  reason: 'read-error',
  sentence: 'The device reported an error while it was read.',
  since: '2026-11-23T12:00:00Z',
} as const;

suite('csvLine', () => {
  test('it has a cell for each column', () => {
    assert.equal(csvLine(item).split(',').length, CSV_HEAD.split(',').length);
  });

  test('it keeps names from ending their cell', () => {
    assert.ok(csvLine({ ...item, path: 'a,"b"\r\nc' }).startsWith('"a,""b""\r\nc",photo'));
  });

  for (const name of ['=cmd|calc', '+1', '-1', '@x', '\tx'])
    test(`it keeps ${JSON.stringify(name)} from being a formula`, () => {
      assert.ok(csvLine({ ...item, path: name }).startsWith(`'${name}`));
    });
});
