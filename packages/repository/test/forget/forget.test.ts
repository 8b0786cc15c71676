import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  type ForgetPolicy,
  forget,
  formatDuration,
  listSnapshots,
  parseDuration,
  planForget,
  planForgetOf,
  type SnapshotEntry,
  saveSnapshot,
} from '@holdfast/repository';
import { parseTime, type Snapshot } from '@holdfast/restic-format';
import { fresh, withCode } from '../../test-setup/fresh.ts';

const TREE = '0'.repeat(64);
const NOW = Temporal.Instant.from('2024-06-01T00:00:00Z');

/** Snapshots of one device, numbered in the order given. */
function entriesOf(times: readonly string[], fields: Partial<Snapshot> = {}): SnapshotEntry[] {
  return times.map((time, n) => ({
    id: `${n}`.padStart(64, '0'),
    snapshot: { time, tree: TREE, paths: ['/'], hostname: 'pixel', tags: ['device:a'], ...fields },
    timeNs: parseTime(time) ?? 0n,
  }));
}

/** What is kept: number and reasons. */
const kept = (entries: readonly SnapshotEntry[], policy: ForgetPolicy): string[] =>
  planForget(entries, policy, NOW, { allowRemoveAll: true }).groups.flatMap(({ keep }) =>
    keep.map(({ entry, reasons }) => `${Number(entry.id)} ${reasons.join(', ')}`),
  );

suite('durations', () => {
  for (const [text, written] of [
    ['1y5m7d2h', '1y5m7d2h'],
    [' 2h1y ', '1y2h'],
    ['36h', '36h'],
    ['0d', ''],
  ] as const) {
    test(`it reads "${text}"`, () => assert.equal(formatDuration(parseDuration(text)), written));
  }
  for (const text of ['', '7', 'd', '-1d', '2w', '1d1d', '1d ago', '1234567d']) {
    test(`it refuses "${text}"`, () =>
      assert.throws(() => parseDuration(text), withCode('repository/bad-duration')));
  }
});

suite('a forget plan', () => {
  const days = entriesOf([
    '2024-05-30T23:30:00Z',
    '2024-05-30T08:00:00Z',
    '2024-05-29T08:00:00Z',
    '2024-03-31T08:00:00Z',
  ]);

  for (const [policy, expected] of [
    [{ keepLast: 1 }, ['0 last snapshot']],
    [{ keepDaily: 2 }, ['0 daily snapshot', '2 daily snapshot']],
    [{ keepLast: -1 }, ['0 last snapshot', '1 last snapshot', '2 last snapshot', '3 last snapshot']],
    [{ keepYearly: 2 }, ['0 yearly snapshot', '3 oldest yearly snapshot']],
    [{ keepWithin: parseDuration('1d') }, ['0 within 1d', '1 within 1d']],
    [{ keepTags: [['b']] }, []],
    [{ keepTags: [['device:a']], keepLast: 0 }, days.map((_, n) => `${n} has tags [device:a]`)],
  ] as const satisfies readonly (readonly [ForgetPolicy, readonly string[]])[]) {
    test(`it follows ${JSON.stringify(policy)}`, () => assert.deepEqual(kept(days, policy), expected));
  }

  test('it counts days as the clock showed them where the snapshot was made', () => {
    const entries = entriesOf(['2024-05-30T01:30:00+02:00', '2024-05-29T20:00:00+02:00']);
    assert.equal(kept(entries, { keepDaily: 5 }).length, 2);
  });

  test('it reckons months as Go does: 31 March less one month is 2 March', () => {
    const entries = entriesOf(['2024-03-31T08:00:00Z', '2024-03-02T08:00:01Z', '2024-03-02T08:00:00Z']);
    assert.deepEqual(kept(entries, { keepWithin: parseDuration('1m') }), ['0 within 1m', '1 within 1m']);
  });

  test('it does not count from a snapshot in the future', () => {
    const entries = entriesOf(['2030-01-01T00:00:00Z', '2024-05-30T00:00:00Z', '2024-05-28T00:00:00Z']);
    assert.deepEqual(kept(entries, { keepWithin: parseDuration('1d') }), ['0 within 1d', '1 within 1d']);
  });

  test('it keeps the snapshots of each device, and of each of restic’s hosts and paths, apart', () => {
    const time = ['2024-05-30T00:00:00Z'];
    const entries = [
      ...entriesOf(time),
      ...entriesOf(time, { tags: ['device:b'] }),
      ...entriesOf(time, { tags: [], paths: ['/b', '/a'] }),
      ...entriesOf(time, { tags: [], paths: ['/a', '/b'] }),
      ...entriesOf(time, { tags: [], hostname: 'laptop' }),
    ].map((entry, n) => ({ ...entry, id: `${n}`.padStart(64, '0') }));
    const { groups } = planForget(entries, { keepLast: 1 }, NOW);
    assert.deepEqual(
      groups.map(({ name, device, keep, remove }) => [name, device, keep.length, remove.length]),
      [
        ['laptop', undefined, 1, 0],
        ['pixel', 'a', 1, 0],
        ['pixel', 'b', 1, 0],
        ['pixel:/a /b', undefined, 1, 1],
      ],
    );
  });

  test('it refuses an empty policy, and to remove the last snapshot of a device', () => {
    assert.throws(() => planForget(days, {}, NOW), withCode('repository/empty-policy'));
    assert.throws(() => planForget(days, { keepDaily: 0 }, NOW), withCode('repository/empty-policy'));
    assert.throws(() => planForget(days, { keepTags: [['b']] }, NOW), withCode('repository/removes-all'));
    const all = new Set(days.map(({ id }) => id));
    assert.throws(() => planForgetOf(days, all), withCode('repository/removes-all'));
    assert.equal(planForgetOf(days, all, { allowRemoveAll: true }).groups[0]?.remove.length, 4);
  });

  test('it is carried out, once or twice', async () => {
    const repository = await fresh();
    for (const { snapshot } of days) await saveSnapshot(repository, snapshot);
    const plan = planForget((await listSnapshots(repository)).entries, { keepLast: 1 }, NOW);
    assert.equal((await forget(repository, plan)).length, 3);
    assert.deepEqual(await forget(repository, plan), []);
    const { entries } = await listSnapshots(repository);
    assert.deepEqual(
      entries.map(({ snapshot }) => snapshot.time),
      ['2024-05-30T23:30:00Z'],
    );
  });
});
