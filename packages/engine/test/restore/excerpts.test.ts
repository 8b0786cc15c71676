import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFolderSink } from '@holdfast/devices';
import {
  type Conflict,
  type ExcerptOptions,
  excerptOf,
  planRestore,
  type RestoredItem,
  type RestorePlan,
  type RestoreSelection,
  type RestoreSummary,
  recordFileAt,
  restore,
} from '@holdfast/engine';
import { type ByteSource, isFailure } from '@holdfast/kernel';
import { formatMessages, type Message, parseMessages, recordKey } from '@holdfast/records';
import {
  BlobSaver,
  findSnapshot,
  type IndexedRepository,
  loadIndex,
  readContent,
  saveSnapshot,
} from '@holdfast/repository';
import { formatTimeOf, formatTree, goMode, type Id, type Node } from '@holdfast/restic-format';
import { temporaryFolder } from '@holdfast/testkit';
import { phoneFile, phoneFolder } from '@holdfast/testkit/phone';
import { find } from '../../src/restore/select.ts';
import { backUpPhone, phoneHaving } from '../../test-setup/given-back.ts';
import { newRepository } from '../../test-setup/runs.ts';

const sample = { messages: 6, multimedia: 2, contacts: 5, events: 4, apps: 1 } as const;

/** A phone's backup, and the keys of its records by file. */
async function phoneBackup() {
  const stack = new AsyncDisposableStack();
  const repository = await newRepository();
  const storage = phoneFolder({ DCIM: phoneFolder({ 'a.jpg': phoneFile('one') }) });
  await backUpPhone(repository, phoneHaving(storage, sample));
  const indexed = stack.use(await loadIndex(repository, { threads: 0 }));
  const { snapshot } = await findSnapshot(repository, 'latest');
  const { tree } = snapshot;
  const keysOf = async (path: string): Promise<string[]> => {
    const { content = [] } = await find(indexed.blobs, tree, path.split('/'));
    const keys: string[] = [];
    for await (const each of recordFileAt(path)?.parse(readContent(indexed, content)) ?? [])
      if (each.kind !== 'unreadable' && each.kind !== 'calendar') keys.push(recordKey(each));
    return keys;
  };
  return { indexed, tree, keysOf, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function give(
  indexed: IndexedRepository,
  selection: RestoreSelection,
  to: string,
): Promise<{ plan: RestorePlan; items: RestoredItem[]; summary: RestoreSummary }> {
  const sink = openFolderSink(to);
  const plan = await planRestore(indexed, { keepsFolders: true, ...selection }, sink);
  const items: RestoredItem[] = [];
  let summary: RestoreSummary | undefined;
  for await (const event of restore(indexed, plan, sink)) {
    if (event.kind === 'item') items.push(event);
    if (event.kind === 'done') ({ summary } = event);
  }
  if (summary === undefined) throw new Error('the restore told no end');
  equal(summary.balance.found, plan.items);
  equal(summary.balance.waiting, 0);
  return { plan, items, summary };
}

async function* bytesAt(path: string): ByteSource {
  yield readFileSync(path);
}

async function keysAt(root: string, path: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const each of recordFileAt(path)?.parse(bytesAt(join(root, path))) ?? [])
    if (each.kind !== 'unreadable' && each.kind !== 'calendar') keys.push(recordKey(each));
  return keys;
}

const files = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted();

const MESSAGES = 'messages/messages.ndjson';
const CONTACTS = 'contacts/contacts.vcf';

test('it gives chosen records alone into a folder, in their own formats, with what belongs to them', async () => {
  await using folder = await temporaryFolder();
  await using backup = await phoneBackup();
  const { indexed, tree, keysOf } = backup;
  const calendars = (await find(indexed.blobs, tree, ['calendar'])).subtree ?? '';
  const [calendar] = await indexed.blobs.loadTree(calendars);
  const calendarPath = `calendar/${calendar?.name}`;
  const [contact] = await keysOf(CONTACTS);
  const messages = (await keysOf(MESSAGES)).slice(-3);
  const [event] = await keysOf(calendarPath);
  const paths = [
    `${CONTACTS}#${contact}`,
    ...messages.map((key) => `${MESSAGES}#${key}`),
    `${calendarPath}#${event}`,
    'files/internal/DCIM/a.jpg',
  ];
  const to = join(folder.path, 'to');
  const { plan, items, summary } = await give(indexed, { tree, paths }, to);
  equal(plan.items, 6);
  equal(summary.restoredItems, 6);
  deepEqual(await keysAt(to, CONTACTS), [contact]);
  deepEqual(await keysAt(to, MESSAGES), messages);
  deepEqual(await keysAt(to, calendarPath), [event]);
  const attached = await Array.fromAsync(parseMessages(bytesAt(join(to, MESSAGES))));
  const named = attached
    .flatMap((each) => (each.kind === 'mms' ? each.parts : []))
    .flatMap((p) => p.file ?? []);
  ok(named.length > 0);
  deepEqual(
    files(to).filter((path) => path.startsWith('messages/parts/')),
    [...new Set(named.map((name) => `messages/parts/${name}`))].toSorted(),
  );
  equal(files(to).length, 4 + new Set(named).size);
  for (const item of items.filter(({ record }) => record !== undefined)) ok(item.record?.title !== '');
  const again = await give(indexed, { tree, paths }, to);
  equal(again.plan.writeBytes, 0);
  equal(again.summary.alreadyThere, 6);
  deepEqual(
    files(to).filter((path) => path.includes('.holdfast')),
    [],
  );
});

for (const [conflict, name, reason] of [
  ['skip', undefined, 'conflict'],
  ['rename', 'contacts (restored).vcf', 'restored'],
  ['overwrite', 'contacts.vcf', 'restored'],
] as const satisfies readonly (readonly [Conflict, string | undefined, string])[]) {
  test(`it does with another file of that name what was asked: ${conflict}`, async () => {
    await using folder = await temporaryFolder();
    await using backup = await phoneBackup();
    const { indexed, tree, keysOf } = backup;
    const keys = (await keysOf(CONTACTS)).slice(1, 3);
    writeFileSync(join(folder.path, 'contacts.vcf'), 'mine');
    const paths = keys.map((key) => `${CONTACTS}#${key}`);
    const { plan, items } = await give(indexed, { tree, paths, conflict }, folder.path);
    equal(plan.items, 2);
    deepEqual(
      items.map((item) => item.reason),
      [reason, reason],
    );
    equal(plan.replaced, conflict === 'overwrite' ? 1 : 0);
    if (name !== undefined) ok(readFileSync(join(folder.path, name), 'utf8').startsWith('BEGIN:VCARD'));
    if (conflict !== 'overwrite') equal(readFileSync(join(folder.path, 'contacts.vcf'), 'utf8'), 'mine');
  });
}

test('it leaves alone a file that came after the plan was made, and says so', async () => {
  await using folder = await temporaryFolder();
  await using backup = await phoneBackup();
  const { indexed, tree, keysOf } = backup;
  const [key] = await keysOf(CONTACTS);
  const sink = openFolderSink(folder.path);
  const plan = await planRestore(indexed, { tree, paths: [`${CONTACTS}#${key}`] }, sink);
  writeFileSync(join(folder.path, 'contacts.vcf'), 'mine');
  const events = await Array.fromAsync(restore(indexed, plan, sink));
  deepEqual(
    events.flatMap((event) => (event.kind === 'item' ? [event.reason] : [])),
    ['conflict'],
  );
  deepEqual(files(folder.path), ['contacts.vcf']);
  equal(readFileSync(join(folder.path, 'contacts.vcf'), 'utf8'), 'mine');
});

test('it refuses a record that the backup has not', async () => {
  await using folder = await temporaryFolder();
  await using backup = await phoneBackup();
  const { indexed, tree } = backup;
  for (const path of [`${CONTACTS}#${'ab'.repeat(32)}`, `contacts#${'ab'.repeat(32)}`])
    await rejects(planRestore(indexed, { tree, paths: [path] }, openFolderSink(folder.path)), (error) =>
      isFailure(error, 'engine/no-such-path'),
    );
});

test('it counts records, not files, where it is told how many there are', async () => {
  await using folder = await temporaryFolder();
  await using backup = await phoneBackup();
  const { indexed, tree, keysOf } = backup;
  const recordsIn = new Map([
    [MESSAGES, (await keysOf(MESSAGES)).length],
    [CONTACTS, 5],
  ]);
  const selection = { tree, paths: ['messages', 'contacts', 'files'], recordsIn };
  const { plan, items, summary } = await give(indexed, selection, join(folder.path, 'to'));
  equal(plan.items, (recordsIn.get(MESSAGES) ?? 0) + 5 + 1);
  equal(summary.restoredItems, plan.items);
  ok(items.length > 3);
});

/** A backup with two messages, of which one has a picture that no pack holds any more. */
async function withLostPicture(): Promise<{ indexed: IndexedRepository; tree: Id; keys: string[] }> {
  const repository = await newRepository();
  const indexed = await loadIndex(repository, { threads: 0 });
  const saver = new BlobSaver(indexed, {});
  const mms = (text: string, file?: string): Message => ({
    kind: 'mms',
    columns: { date: '1700000200', msg_box: '1' },
    recipients: [],
    parts: [
      { columns: { ct: 'text/plain', text } },
      ...(file === undefined ? [] : [{ columns: { ct: 'image/jpeg' }, file }]),
    ],
  });
  const messages = [mms('one'), mms('two', 'sea.jpg')];
  const time = formatTimeOf(1_700_000_000, 0);
  const common = { mode: 0o644, mtime: time, atime: time, ctime: time, uid: 0, gid: 0 };
  const text = Buffer.concat(await Array.fromAsync(formatMessages(messages)));
  const file = (name: string, size: number, content: readonly Id[]): Node => ({
    ...common,
    name,
    type: 'file',
    size,
    content: [...content],
  });
  const dir = async (name: string, nodes: readonly Node[]): Promise<Node> => ({
    ...common,
    name,
    type: 'dir',
    mode: goMode(0o40755),
    subtree: await saver.saveBlob('tree', formatTree([...nodes])),
  });
  const parts = await dir('parts', [file('sea.jpg', 3, ['ab'.repeat(32)])]);
  const list = file('messages.ndjson', text.length, [await saver.saveBlob('data', text)]);
  const root = [await dir('messages', [list, parts])];
  const tree = await saver.saveBlob('tree', formatTree(root));
  await saver.finish();
  await saveSnapshot(indexed, { time, tree, paths: ['/'], hostname: 'Phone' });
  return { indexed, tree, keys: messages.map(recordKey) };
}

test('it counts a message as failed when what belongs to it cannot be given back', async () => {
  await using folder = await temporaryFolder();
  const { indexed, tree, keys } = await withLostPicture();
  await using _ = indexed;
  const balance = { found: 2, verified: 1, waiting: 0, skipped: 0, failed: 1 };
  const chosen = { tree, paths: keys.map((key) => `${MESSAGES}#${key}`) };
  const some = await give(indexed, chosen, join(folder.path, 'some'));
  deepEqual(some.summary.balance, balance);
  deepEqual(
    some.items.map(({ path, reason }) => [path, reason]),
    [
      ['messages/parts/sea.jpg', 'damaged-in-backup'],
      [`${MESSAGES}#${keys[0]}`, 'restored'],
    ],
  );
  const whole = { tree, paths: ['messages'], recordsIn: new Map([[MESSAGES, 2]]) };
  const all = await give(indexed, whole, join(folder.path, 'all'));
  deepEqual(all.summary.balance, balance);
  ok(existsSync(join(folder.path, 'all', 'messages', 'messages.ndjson')));
  const taken = join(folder.path, 'taken');
  mkdirSync(join(taken, 'parts'), { recursive: true });
  writeFileSync(join(taken, 'parts', 'sea.jpg'), 'mine');
  const beside = await give(indexed, chosen, taken);
  deepEqual(beside.summary.balance, { ...balance, skipped: 1, failed: 0 });
});

test('it makes the same excerpt each time', async () => {
  await using backup = await phoneBackup();
  const { indexed, tree, keysOf } = backup;
  const { content = [] } = await find(indexed.blobs, tree, MESSAGES.split('/'));
  const options: ExcerptOptions = { only: new Set((await keysOf(MESSAGES)).slice(0, 2)) };
  const [one, two] = await Promise.all(
    [1, 2].map(async () =>
      Buffer.concat(
        await Array.fromAsync(excerptOf(MESSAGES, readContent(indexed, content), options)),
      ).toString(),
    ),
  );
  equal(one, two);
  equal(one?.trim().split('\n').length, 2);
});
