import { deepEqual, equal } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { HashFiles } from '@holdfast/devices';
import { type AuditEvent, type AuditedItem, type AuditSummary, audit } from '@holdfast/engine';
import { Failure } from '@holdfast/kernel';
import { type Contact, contact, formatContacts, recordKey, recordTitle } from '@holdfast/records';
import { listSnapshots, loadIndex, type OpenRepository } from '@holdfast/repository';
import { seededRandom } from '@holdfast/testkit';
import { type DeviceFile, deviceSource } from '../../test-setup/device-source.ts';
import { newRepository, runBackup } from '../../test-setup/runs.ts';
import { withoutBlobs } from '../../test-setup/without-blobs.ts';

interface Audited {
  readonly items: readonly AuditedItem[];
  readonly summary: AuditSummary;
  readonly events: readonly AuditEvent[];
  /** What had to be read from the device. */
  readonly reads: readonly string[];
}

async function audited(
  repository: OpenRepository,
  files: Readonly<Record<string, DeviceFile>>,
  options: {
    readonly isThorough?: boolean;
    readonly isLost?: (id: string) => boolean;
    readonly hashes?: HashFiles;
  } = {},
): Promise<Audited> {
  const { entries } = await listSnapshots(repository);
  await using indexed = await loadIndex(repository, { threads: 0 });
  const saved = withoutBlobs(indexed, options.isLost ?? (() => false));
  const source = deviceSource(files);
  const events = await Array.fromAsync(audit(saved, entries, source, options));
  const last = events.at(-1);
  if (last?.kind !== 'done') throw new Error('the audit told no end');
  const items = events.flatMap((event) => (event.kind === 'item' ? [event.item] : []));
  const { found, inBackup, notInAnyBackup, cannotTell } = last.summary;
  equal(found, inBackup + notInAnyBackup + cannotTell);
  equal(found, items.length);
  return { items, summary: last.summary, events, reads: source.reads };
}

const inShort = (items: readonly AuditedItem[]): string[] =>
  items
    .map((item) => {
      const { path, title = path, verdict } = item;
      const more =
        verdict === 'in-backup'
          ? [item.by, item.savedAs]
          : [item.verdict === 'cannot-tell' ? undefined : item.why, item.reason];
      return [title, verdict, ...more].filter(Boolean).join(' | ');
    })
    .sort();

const noise = (seed: number, length: number): string =>
  Buffer.from(seededRandom(seed)(length / 2)).toString('hex');

test('it reads nothing of a device that is as it was in its last backup', async () => {
  const repository = await newRepository();
  const files = { 'files/a.jpg': { content: 'a' }, 'files/b/c.jpg': { content: 'c' } };
  await runBackup(repository, deviceSource(files));
  const { items, reads, summary } = await audited(repository, files);
  deepEqual(inShort(items), ['files/a.jpg | in-backup | time', 'files/b/c.jpg | in-backup | time']);
  deepEqual([reads, summary.hashed], [[], 0]);
});

test('it tells what is new, changed or set aside from what was only moved or touched', async () => {
  const repository = await newRepository();
  await runBackup(
    repository,
    deviceSource({
      'files/same.jpg': { content: 'same' },
      'files/old/name.jpg': { content: 'moved' },
      'files/touched.jpg': { content: 'touched' },
      'files/changed.jpg': { content: 'before' },
      'files/long.mp4': { content: noise(1, 3_000_000) },
      'files/empty': { content: '' },
    }),
  );
  const { items, summary, reads } = await audited(repository, {
    'files/same.jpg': { content: 'same' },
    'files/new/name.jpg': { content: 'moved', mtimeNs: 2n },
    'files/touched.jpg': { content: 'touched', mtimeNs: 2n },
    'files/changed.jpg': { content: 'AFTER!', mtimeNs: 2n },
    'files/moved.mp4': { content: noise(1, 3_000_000), mtimeNs: 2n },
    'files/like.mp4': { content: noise(2, 3_000_000), mtimeNs: 2n },
    'files/other.jpg': { content: 'nothing has this size', mtimeNs: 2n },
    'files/empty too': { content: '', mtimeNs: 2n },
  });
  deepEqual(inShort(items), [
    'files/changed.jpg | not-in-any-backup | changed',
    'files/empty too | in-backup | content | files/empty',
    'files/like.mp4 | not-in-any-backup | new',
    'files/moved.mp4 | in-backup | content | files/long.mp4',
    'files/new/name.jpg | in-backup | content | files/old/name.jpg',
    'files/other.jpg | not-in-any-backup | new',
    'files/same.jpg | in-backup | time',
    'files/touched.jpg | in-backup | content',
  ]);
  deepEqual([summary.elsewhere, summary.hashed], [3, 6]);
  // Where no backup has anything of its size, nothing needs to be read.
  equal(reads.includes('files/other.jpg'), false);
});

test('it looks into backups of every device, and into older ones', async () => {
  const repository = await newRepository();
  const files = { 'files/a.jpg': { content: 'a' }, 'files/b.pdf': { content: 'bb' } };
  await runBackup(repository, deviceSource(files));
  await runBackup(repository, deviceSource({ 'files/a.jpg': { content: 'a' } }));
  const other = { ...deviceSource({ 'files/x.mp3': { content: 'xxx' } }) };
  await runBackup(repository, { ...other, device: { id: 'phone-2', name: 'Other', kind: 'android' } });
  const { items } = await audited(repository, { ...files, 'files/y.mp3': { content: 'xxx' } });
  deepEqual(inShort(items), [
    'files/a.jpg | in-backup | time',
    'files/b.pdf | in-backup | time',
    'files/y.mp3 | in-backup | content | files/x.mp3',
  ]);
});

test('it compares all contents when asked, and finds what changed without a trace', async () => {
  const repository = await newRepository();
  await runBackup(repository, deviceSource({ 'files/a': { content: 'one' }, 'files/b': { content: 'two' } }));
  const files = { 'files/a': { content: 'one' }, 'files/b': { content: 'TWO' } };
  equal((await audited(repository, files)).summary.notInAnyBackup, 0);
  deepEqual(inShort((await audited(repository, files, { isThorough: true })).items), [
    'files/a | in-backup | content',
    'files/b | not-in-any-backup | changed',
  ]);
});

test('it says why the last backup has not got something, and of what it cannot tell', async () => {
  const repository = await newRepository();
  const failing = new Failure('devices/access-denied', 'closed', { details: { reason: 'access-denied' } });
  await runBackup(repository, deviceSource({ 'files/a': { content: failing }, 'files/b': { content: 'b' } }));
  const { items } = await audited(repository, {
    'files/a': { content: failing },
    'files/b': { content: 'b' },
    'files/c': { content: failing },
  });
  // Of both nothing but the size is known: it is that of `b`.
  deepEqual(inShort(items), [
    'files/a | cannot-tell | access-denied',
    'files/b | in-backup | time',
    'files/c | cannot-tell | access-denied',
  ]);
  const readable = await audited(repository, { 'files/a': { content: 'readable now' } });
  deepEqual(inShort(readable.items), ['files/a | not-in-any-backup | set-aside | access-denied']);
  const nothing = await audited(await newRepository(), { 'files/a': { content: 'a' } });
  deepEqual(inShort(nothing.items), ['files/a | not-in-any-backup | new']);
});

test('it takes what the repository has lost for what is in no backup', async () => {
  const repository = await newRepository();
  const files = { 'files/a': { content: 'a' }, 'files/b': { content: noise(1, 2_000_000) } };
  const lost = new Set<string>();
  const { events } = await runBackup(repository, deviceSource(files));
  for (const event of events) if (event.kind === 'saved') lost.add(event.content.at(-1) ?? '');
  const { items } = await audited(repository, files, { isLost: (id) => lost.has(id) });
  deepEqual(inShort(items), [
    'files/a | not-in-any-backup | changed',
    'files/b | not-in-any-backup | changed',
  ]);
});

test('it asks the device for hashes where it can give them', async () => {
  const repository = await newRepository();
  await runBackup(repository, deviceSource({ 'files/a': { content: 'a' } }));
  const hashes: HashFiles = async function* (files) {
    for (const file of files)
      yield { kind: 'hashed', file, sha256: createHash('sha256').update('a').digest('hex') };
  };
  const { items, reads } = await audited(repository, { 'files/b': { content: '?' } }, { hashes });
  deepEqual([inShort(items), reads], [['files/b | in-backup | content | files/a'], []]);
});

test('it compares records by what they say', async () => {
  const repository = await newRepository();
  const contacts = async (...names: string[]): Promise<DeviceFile> => {
    const people = names.map((display): Contact => ({ ...contact({}), name: { display } }));
    let content = '';
    for await (const bytes of formatContacts(people)) content += new TextDecoder().decode(bytes);
    const records = people.map((one) => ({
      key: recordKey(one),
      kind: 'contact' as const,
      title: recordTitle(one),
    }));
    return { content, records, saysItems: records.length };
  };
  await runBackup(repository, deviceSource({ 'contacts/contacts.vcf': await contacts('Ann', 'Bob') }));
  await runBackup(repository, deviceSource({ 'contacts/contacts.vcf': await contacts('Ann') }));
  const file = await contacts('Ann', 'Bob', 'Cid', 'Cid');
  const unreadable = { key: 'x', kind: 'contact', title: 'row 7', reason: 'read-error' } as const;
  const { items } = await audited(repository, {
    'contacts/contacts.vcf': { ...file, records: [...(file.records ?? []), unreadable] },
  });
  deepEqual(inShort(items), [
    'Ann | in-backup | content',
    'Bob | in-backup | content',
    'Cid | not-in-any-backup | new',
    'Cid | not-in-any-backup | new',
    'row 7 | cannot-tell | read-error',
  ]);
});
