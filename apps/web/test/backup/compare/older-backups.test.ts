import assert from 'node:assert/strict';
import { test } from 'node:test';
import { olderThan } from '../../../src/backup/compare/older-backups.ts';

const backup = (id: string, day: number) => ({ id, name: 'Pixel 8', time: `2026-03-0${day}T10:00:00Z` });
const backups = [backup('c', 3), backup('b', 2), backup('a', 1)];

for (const [id, day, older] of [
  ['c', 3, ['b', 'a']],
  ['b', 2, ['a']],
  ['a', 1, []],
] as const)
  test(`it compares the backup of day ${day} with ${older.length} older ones`, () =>
    assert.deepEqual(
      olderThan(backup(id, day), { backups }).map((one) => one.id),
      older,
    ));
