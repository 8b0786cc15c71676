import assert from 'node:assert/strict';
import { test } from 'node:test';
import { balances } from '@holdfast/contract';
import type { SourceRecord } from '@holdfast/devices';
import { Failure } from '@holdfast/kernel';
import { findSnapshot, loadIndex, type OpenRepository } from '@holdfast/repository';
import type { Node } from '@holdfast/restic-format';
import { deviceSource } from '../test-setup/device-source.ts';
import { newRepository, runBackup } from '../test-setup/runs.ts';

async function rootOf(repository: OpenRepository): Promise<readonly Node[]> {
  const { snapshot } = await findSnapshot(repository, 'latest');
  await using indexed = await loadIndex(repository, { threads: 0 });
  return indexed.blobs.loadTree(snapshot.tree);
}

const record = (key: string, reason?: SourceRecord['reason']): SourceRecord => ({
  key,
  kind: 'message',
  title: `message ${key}`,
  ...(reason !== undefined && { reason }),
});

test("it makes a device's root the snapshot's own, beside holdfast.json", async () => {
  const repository = await newRepository();
  await runBackup(repository, deviceSource({ 'files/internal/a': { content: 'a' } }));
  const names = (await rootOf(repository)).map(({ name }) => name);
  assert.deepEqual(names, ['files', 'holdfast.json']);
});

test('it counts the records of a made file, as many as there turn out to be, and sets aside those that could not be read', async () => {
  const repository = await newRepository();
  const source = deviceSource({
    'messages/messages.ndjson': {
      content: 'three lines, more than said',
      saysItems: 2,
      records: [record('1'), record('2'), record('3'), record('4', 'read-error')],
    },
    'files/internal/a': { content: 'a' },
  });
  const { summary, events } = await runBackup(repository, source);
  assert.deepEqual(summary.balance, { found: 5, verified: 4, waiting: 0, skipped: 0, failed: 1 });
  assert.ok(balances(summary.balance));
  const setAside = events.filter((event) => event.kind === 'set-aside').map(({ path }) => path);
  assert.deepEqual(setAside, ['messages/messages.ndjson#4']);
  const saved = events.find((event) => event.kind === 'saved' && event.records !== undefined);
  assert.deepEqual(saved?.kind === 'saved' && saved.records?.map(({ key }) => key), ['1', '2', '3', '4']);
});

test('it reads a made file in every backup, and keeps its node while its content is the same', async () => {
  const repository = await newRepository();
  const made = (mtimeNs: bigint, content = 'same') =>
    deviceSource({ 'calls/calls.ndjson': { content, mtimeNs, saysItems: 1, records: [record('1')] } });
  await runBackup(repository, made(1n));
  const first = await rootOf(repository);
  const again = made(2n);
  await runBackup(repository, again);
  assert.deepEqual(again.reads, ['calls/calls.ndjson']);
  const callsOf = (nodes: readonly Node[]) => nodes.find(({ name }) => name === 'calls')?.subtree;
  assert.equal(callsOf(await rootOf(repository)), callsOf(first));
  await runBackup(repository, made(3n, 'other'));
  assert.notEqual(callsOf(await rootOf(repository)), callsOf(first));
});

test('it counts a made file that cannot be read as one item, with the reason its source gives', async () => {
  const repository = await newRepository();
  const content = new Failure('devices/refused', 'no', { details: { reason: 'access-denied' } });
  const source = deviceSource({
    'calls/calls.ndjson': { content, saysItems: 40 },
    'files/internal/a': { content: 'a' },
  });
  const { summary, events } = await runBackup(repository, source);
  assert.deepEqual(summary.balance, { found: 2, verified: 1, waiting: 0, skipped: 0, failed: 1 });
  const aside = events.find((event) => event.kind === 'set-aside');
  assert.equal(aside?.kind === 'set-aside' && aside.reason, 'access-denied');
});

test('it ends when the device itself is lost, and does not read again what an interrupted backup had stored', async () => {
  const repository = await newRepository();
  const isSaved = Promise.withResolvers<void>();
  const gone = new Failure('adb/gone', 'The phone is gone');
  const files = {
    'files/internal/a': { content: 'a is stored' },
    'files/internal/b': { content: gone as Error | string, after: isSaved.promise },
  };
  const content = new Map<string, readonly string[]>();
  const interrupted = runBackup(repository, deviceSource(files), {}, (event) => {
    if (event.kind !== 'saved') return;
    content.set(event.path, event.content);
    isSaved.resolve();
  });
  await assert.rejects(interrupted, { code: 'adb/gone' });
  const back = deviceSource({ ...files, 'files/internal/b': { content: 'b' } });
  const { summary, events } = await runBackup(repository, back, { stored: (path) => content.get(path) });
  assert.deepEqual(back.reads, ['files/internal/b']);
  assert.equal(summary.balance.verified, 2);
  const unchanged = events.find((event) => event.kind === 'unchanged');
  assert.deepEqual(unchanged?.kind === 'unchanged' && [unchanged.folder, [...unchanged.names]], [
    'files/internal',
    ['a'],
  ]);
  const kinds = events.map(({ kind }) => kind);
  assert.ok(kinds.indexOf('unchanged') < kinds.indexOf('saving'), 'it is told before what may take long');
});

test('it ends as soon as the device is lost, and waits for nothing else it was asked', async () => {
  const repository = await newRepository();
  const gone = new Failure('adb/stalled', 'The phone stopped answering');
  const files = { a: { content: gone }, b: { content: 'b', after: new Promise<void>(() => {}) } };
  const source = deviceSource(files);
  const silent = async (signal: AbortSignal | undefined): Promise<void> => {
    const aborted = Promise.withResolvers<void>();
    signal?.addEventListener('abort', () => aborted.reject(signal.reason), { once: true });
    await aborted.promise;
  };
  await assert.rejects(
    runBackup(repository, {
      ...source,
      async *walk(signal) {
        yield* source.walk(signal);
        await silent(signal);
      },
      async *read(path, signal) {
        if (path === 'b') await silent(signal);
        yield* source.read(path, signal);
      },
    }),
    { code: 'adb/stalled' },
  );
  assert.deepEqual(await Array.fromAsync(repository.store.list('lock')), []);
});

test('it reads a fixed file that is made once, and again when its time differs; it is no item of its own', async () => {
  const repository = await newRepository();
  const device = (mtimeNs: bigint) =>
    deviceSource({
      'messages/parts/cat.jpg': { content: 'meow', mtimeNs, saysItems: 0, isFixed: true },
      'files/internal/a': { content: 'a' },
    });
  await runBackup(repository, device(1n));
  const again = device(1n);
  const { summary } = await runBackup(repository, again);
  assert.deepEqual([again.reads, summary.balance.found], [[], 1]);
  const other = device(2n);
  await runBackup(repository, other);
  assert.deepEqual(other.reads, ['messages/parts/cat.jpg']);
});

test('it leaves waiting what a later backup can have, told with its reason and since when', async () => {
  const repository = await newRepository();
  const locked = new Failure('devices/refused-query', 'sealed', { details: { reason: 'phone-locked' } });
  const source = deviceSource({
    'messages/messages.ndjson': { content: locked, saysItems: 5 },
    'files/internal/a': { content: 'a' },
  });
  const { summary, events } = await runBackup(repository, source);
  assert.deepEqual(summary.balance, { found: 2, verified: 1, waiting: 1, skipped: 0, failed: 0 });
  const told = (all: typeof events) =>
    all.flatMap((event) => (event.kind === 'set-aside' ? [[event.path, event.state, event.reason]] : []));
  assert.deepEqual(told(events), [['messages/messages.ndjson', 'waiting', 'phone-locked']]);

  const again = await runBackup(repository, source);
  const sinceOf = (all: typeof events) =>
    all.flatMap((event) => (event.kind === 'set-aside' ? [event.since] : []));
  assert.deepEqual(sinceOf(again.events), sinceOf(events));
  assert.ok(balances(again.summary.balance));
});
