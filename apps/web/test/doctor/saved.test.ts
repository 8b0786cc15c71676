import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Run } from '@holdfast/contract/api';
import { savedBy } from '../../src/doctor/saved.ts';
import { runningRun } from '../../test-setup/fake-answers.ts';

const at = (minute: number): string => `2026-11-23T12:${String(minute).padStart(2, '0')}:00Z`;
const run = (kind: Run['kind'], from: number, to?: number, isGood = true): Run => ({
  ...runningRun(1),
  id: `${kind}-${from}`,
  kind,
  began: at(from),
  ...(to !== undefined && { ended: at(to) }),
  state:
    to === undefined
      ? { kind: 'running', phase: 'saving' }
      : isGood
        ? { kind: 'done', sentence: '' }
        : { kind: 'stopped' },
});

suite('savedBy', () => {
  for (const [name, runs, kind] of [
    ['no runs', [], 'not-yet'],
    ['a backup that was stopped', [run('backup', 1, 2, false)], 'not-yet'],
    ['a backup under way', [run('backup', 9), run('backup', 1, 2)], 'under-way'],
    ['a check under way', [run('check', 9), run('backup', 1, 2)], 'saved'],
    ['a comparison before the last backup', [run('backup', 5, 6), run('audit', 3, 4)], 'saved'],
    ['a comparison after it', [run('audit', 7, 8), run('backup', 5, 6)], 'compared'],
    ['a comparison that was stopped', [run('audit', 7, 8, false), run('backup', 5, 6)], 'saved'],
  ] as const)
    test(`it answers "${kind}" to ${name}`, () => assert.equal(savedBy(runs).kind, kind));
});
