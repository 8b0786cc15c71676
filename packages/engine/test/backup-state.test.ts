import assert from 'node:assert/strict';
import { test } from 'node:test';
import { balances } from '@holdfast/contract';
import {
  BACKUP_BEGINNING,
  type BackupEvent,
  type BackupState,
  type BackupSummary,
  RESTORE_BEGINNING,
  type RestoreEvent,
  reachedBytes,
  stepBackup,
  stepRestore,
  stopBackup,
} from '@holdfast/engine';
import fc from 'fast-check';

const count = fc.nat({ max: 1000 });
const path = fc.string({ maxLength: 8 });

const summary: BackupSummary = {
  snapshot: 'a'.repeat(64),
  balance: { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 },
  totalBytes: 0,
  newBytes: 0,
  storedBytes: 7,
  verifiedBytes: 7,
  verifiedFrom: 'cache',
};

const setAside = fc
  .constantFrom(
    { state: 'skipped', reason: 'special-file' } as const,
    { state: 'failed', reason: 'vanished' } as const,
    { state: 'waiting', reason: 'phone-locked' } as const,
  )
  .chain((why) =>
    fc
      .record({ kind: fc.constant('set-aside' as const), path, bytes: count })
      .map((item) => ({ ...item, ...why, since: '2026-01-01T00:00:00Z' })),
  );

/** Any event but the last, in any order: more than a real run could tell. */
const anyEvent: fc.Arbitrary<BackupEvent> = fc.oneof(
  fc.constant<BackupEvent>({
    kind: 'began',
    device: { id: 'd', name: 'd', kind: 'folder' },
    parent: undefined,
    adoptedPacks: 0,
    damagedFiles: 0,
  }),
  fc.record({ kind: fc.constant('found' as const), items: count, bytes: count }),
  fc.constant<BackupEvent>({ kind: 'looked' }),
  fc.record({
    kind: fc.constant('unchanged' as const),
    folder: path,
    items: count,
    bytes: count,
    names: fc.constant([]),
  }),
  fc.record({ kind: fc.constant('saving' as const), path }),
  fc.record({
    kind: fc.constant('saved' as const),
    path,
    bytes: count,
    newBytes: count,
    items: count,
    content: fc.constant([]),
  }),
  setAside,
  fc.record({
    kind: fc.constant('progress' as const),
    readBytes: count,
    storedBytes: count,
    verifiedBytes: count,
  }),
  fc.constant<BackupEvent>({ kind: 'proving' }),
);
const done: BackupEvent = { kind: 'done', summary };

const all = (events: readonly BackupEvent[], from: BackupState = BACKUP_BEGINNING): BackupState =>
  events.reduce(stepBackup, from);

test('it keeps the balance after every event of a backup, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 20, arbitrary: anyEvent }, fc.constant(done))), (events) => {
      let state = BACKUP_BEGINNING;
      for (const event of events) {
        state = stepBackup(state, event);
        assert.ok(balances(state.balance), JSON.stringify(state.balance));
        assert.ok(balances(stopBackup(state).balance));
      }
    }),
  );
});

test('it lets no event move a finished or a stopped backup', () => {
  fc.assert(
    fc.property(fc.array(anyEvent), fc.array(fc.oneof(anyEvent, fc.constant(done))), (before, after) => {
      const finished = all([...before, done]);
      assert.equal(all(after, finished), finished);
      assert.equal(stopBackup(finished), finished);
      const stopped = stopBackup(all(before));
      assert.equal(all(after, stopped), stopped);
    }),
  );
});

test('it counts saved items as waiting until the backup is done, and as verified then, unless it was a dry run', () => {
  const saved: BackupEvent = { kind: 'saved', path: 'a', bytes: 5, newBytes: 5, items: 1, content: [] };
  const before = all([{ kind: 'found', items: 2, bytes: 10 }, saved, saved, { kind: 'proving' }]);
  assert.deepEqual(before.balance, { found: 2, verified: 0, waiting: 2, skipped: 0, failed: 0 });
  assert.equal(before.savedItems, 2);
  const after = stepBackup(before, done);
  assert.deepEqual(after.balance, { found: 2, verified: 2, waiting: 0, skipped: 0, failed: 0 });
  const dry = stepBackup(before, { kind: 'done', summary: { ...summary, snapshot: undefined } });
  assert.deepEqual(dry.balance, before.balance);
  assert.equal(after.storedBytes, 7);
  assert.deepEqual(stopBackup(before).balance, before.balance);
});

test('it lists no more than a thousand of the items set aside, and counts all of them', () => {
  const item: BackupEvent = {
    kind: 'set-aside',
    path: 'p',
    bytes: 0,
    state: 'failed',
    reason: 'vanished',
    since: '2026-01-01T00:00:00Z',
  };
  const state = all(Array.from({ length: 1500 }, () => item));
  assert.equal(state.setAside.length, 1000);
  assert.equal(state.balance.failed, 1500);
});

const restoredItem: fc.Arbitrary<RestoreEvent> = fc
  .constantFrom(
    { state: 'verified', reason: 'restored' } as const,
    { state: 'verified', reason: 'already-there' } as const,
    { state: 'skipped', reason: 'conflict' } as const,
    { state: 'failed', reason: 'damaged-in-backup' } as const,
  )
  .chain((why) =>
    fc.record({ path, to: path, bytes: count }).map((item) => ({ kind: 'item' as const, ...item, ...why })),
  );

test('it keeps the balance after every event of a restore, and lets none move a finished one', () => {
  fc.assert(
    fc.property(fc.array(restoredItem), (items) => {
      let state = stepRestore(RESTORE_BEGINNING, { kind: 'began', items: items.length, bytes: 0 });
      for (const item of items) {
        state = stepRestore(state, item);
        assert.ok(balances(state.balance), JSON.stringify(state.balance));
      }
      assert.equal(state.balance.waiting, 0);
      const { balance, totalBytes, restoredItems, restoredBytes, alreadyThere, setAside: listed } = state;
      const end = { balance, totalBytes, restoredItems, restoredBytes, alreadyThere, setAside: listed };
      const finished = stepRestore(state, { kind: 'done', summary: end });
      assert.equal(finished.phase, 'done');
      for (const item of items) assert.equal(stepRestore(finished, item), finished);
    }),
  );
});

test('it says how far it is within a long item, and never more than was found', () => {
  const events = [
    { kind: 'found', items: 2, bytes: 110 },
    { kind: 'saving', path: 'short' },
    { kind: 'saved', path: 'short', bytes: 10, newBytes: 10, items: 1, content: [] },
    { kind: 'progress', readBytes: 50, storedBytes: 0, verifiedBytes: 0 },
  ] as const satisfies readonly BackupEvent[];
  const state = events.reduce<BackupState>(stepBackup, BACKUP_BEGINNING);
  assert.deepEqual([state.doneBytes, reachedBytes(state)], [10, 50]);
  const grown = stepBackup(state, { kind: 'progress', readBytes: 500, storedBytes: 0, verifiedBytes: 0 });
  assert.equal(reachedBytes(grown), 110);
});
