import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Run } from '@holdfast/contract/api';
import { amountsOf, paceOf, runTitle, shareOf, showsProgress, stepsOf } from '../../src/run/run-progress.ts';

const run: Run = {
  id: 'r',
  kind: 'backup',
  device: { id: 'd', name: 'Pixel 8', kind: 'android' },
  startedBy: 'person',
  began: '2026-11-23T12:00:00Z',
  state: { kind: 'running', phase: 'saving' },
  balance: { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 },
  items: { done: 31, total: 540 },
  bytes: { done: 1_000_000_000, total: 4_000_000_000 },
  bytesPerSecond: 45_000_000,
  secondsLeft: 180,
  setAside: 0,
  lastSetAside: [],
};

suite('a run in words', () => {
  test('it says what the run is', () => {
    assert.equal(runTitle(run), 'Backup of Pixel 8');
    assert.equal(runTitle({ kind: 'restore', target: '/tmp/out' }), 'Restore to /tmp/out');
  });

  test('it says how far it is', () => {
    assert.equal(amountsOf(run), '31 of 540 items · 1.0 GB of 4.0 GB');
    assert.equal(amountsOf({ items: { done: 3 }, bytes: { done: 0 } }), '3 items');
  });

  test('it says how fast, while it runs', () => {
    assert.equal(paceOf(run), '45 MB/s · about 3 minutes left');
    assert.equal(paceOf({ ...run, state: { kind: 'paused' } }), '');
  });

  test('it shows progress of what moves, or of which is known how far it is', () => {
    const waiting = { ...run, state: { kind: 'waiting', sentence: 'Waiting.' } } as const;
    const unknown = { items: { done: 0 }, bytes: { done: 0 } };
    assert.ok(showsProgress(run) && showsProgress({ ...run, ...unknown }) && showsProgress(waiting));
    assert.ok(!showsProgress({ ...waiting, ...unknown }));
    assert.ok(!showsProgress({ ...run, ended: run.began }));
  });

  test('it counts items and bytes for the share', () => {
    assert.equal(shareOf({ ...run, items: { done: 1, total: 2 }, bytes: { done: 1, total: 4 } }), 0.375);
  });

  test('it knows no share before there are totals', () => {
    assert.equal(shareOf({ ...run, items: { done: 9 }, bytes: { done: 9 } }), undefined);
  });

  test('it has all when it is done', () => {
    assert.equal(shareOf({ ...run, state: { kind: 'done', sentence: 'Done.' } }), 1);
  });
});

suite('stepsOf', () => {
  test('it tells what is done, what goes on and what is to come', () => {
    assert.deepEqual(
      stepsOf(run).map(({ at }) => at),
      ['done', 'done', 'done', 'now', 'to-come'],
    );
  });

  test('it has a place for a phase that is not usual', () => {
    assert.deepEqual(stepsOf({ kind: 'drill', state: { kind: 'running', phase: 'checking' } }).at(-1), {
      phase: 'checking',
      at: 'now',
    });
  });
});
