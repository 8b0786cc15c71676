import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '#arguments/nearest.ts';

const WORDS = [
  'backup',
  'backups',
  'restore',
  'check',
  'forget',
  '--dry-run',
  '--read-data',
  '--read-data-subset',
];

test('it finds the word that was meant, and none for another word', () => {
  const cases: [typed: string, expected: string | undefined][] = [
    ['bakcup', 'backup'],
    ['resotre', 'restore'],
    ['chekc', 'check'],
    ['--dryrun', '--dry-run'],
    ['--dry_run', '--dry-run'],
    ['--read-dat', '--read-data'],
    ['forg', 'forget'],
    ['hello', undefined],
    ['x', undefined],
    ['', undefined],
  ];
  for (const [typed, expected] of cases) assert.equal(nearest(typed, WORDS), expected, typed);
});
