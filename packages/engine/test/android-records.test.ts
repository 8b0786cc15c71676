import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { balances } from '@holdfast/contract';
import type { ByteSource } from '@holdfast/kernel';
import {
  parseAppFacts,
  parseCalendar,
  parseCalls,
  parseContacts,
  parseMessages,
  parseSettings,
} from '@holdfast/records';
import { lookAt, temporaryFolder } from '@holdfast/testkit';
import { type Android, lockPhone, nodeAt, unlockPhone } from '@holdfast/testkit/phone';
import { contentsOf, wholePhone } from '../test-setup/phones.ts';
import { findingsOf, newRepository, runBackup, runRestore } from '../test-setup/runs.ts';

const PHONES = [
  { release: 9, vendor: 'xiaomi' },
  { release: 12, vendor: 'aosp' },
  { release: 14, vendor: 'samsung' },
  { release: 16, vendor: 'samsung' },
] as const;

async function* bytesOf(path: string): ByteSource {
  yield readFileSync(path);
}

const column = ({ database }: Android, sql: string): readonly (string | undefined)[] => {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  statement.setReadBigInts(true);
  const rows = statement.all() as unknown as (string | bigint | null)[][];
  return rows.map(([cell]) => cell?.toString());
};

/** What of each kind of record a phone has, in a few words each. */
function onPhone(android: Android): Readonly<Record<string, unknown>> {
  const own = [...android.packages.values()].filter(({ isSystem }) => !isSystem);
  return {
    sms: column(android, 'SELECT body FROM sms_restricted ORDER BY _id'),
    mms: column(android, "SELECT text FROM part WHERE ct = 'text/plain' ORDER BY _id"),
    calls: android.release < 12 ? [] : column(android, 'SELECT date FROM calls WHERE type != 4 ORDER BY _id'),
    contacts: column(android, 'SELECT display_name FROM raw_contacts WHERE deleted = 0 ORDER BY _id'),
    events: column(android, "SELECT nullif(title, '') FROM events ORDER BY calendar_id, _id"),
    apps: new Map(own.map(({ name, versionName }) => [name, versionName])),
    settings: Object.values(android.settings).reduce((sum, table) => sum + table.size, 0),
  };
}

/** The same of a folder that a backup was restored to. */
async function inFolder(path: string, files: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const at = (file: string): ByteSource => (files.includes(file) ? bytesOf(join(path, file)) : none());
  const messages = await Array.fromAsync(parseMessages(at('messages/messages.ndjson')));
  const contacts = await Array.fromAsync(parseContacts(at('contacts/contacts.vcf')));
  const calls = await Array.fromAsync(parseCalls(at('calls/calls.ndjson')));
  const events: unknown[] = [];
  for (const file of files.filter((each) => each.startsWith('calendar/')))
    for await (const each of parseCalendar(at(file))) if (each.kind === 'event') events.push(each.title);
  const apps = files
    .filter((each) => each.endsWith('/app.json'))
    .map((file) => parseAppFacts(readFileSync(join(path, file))));
  return {
    sms: messages.flatMap((each) => (each.kind === 'sms' ? [each.columns['body']] : [])),
    mms: messages.flatMap((each) =>
      each.kind === 'mms'
        ? each.parts.flatMap(({ columns }) => (columns['ct'] === 'text/plain' ? [columns['text']] : []))
        : [],
    ),
    calls: calls.flatMap((each) => (each.kind === 'call' ? [each.columns['date']] : [])),
    contacts: contacts.flatMap((each) => (each.kind === 'contact' ? [each.name?.display] : [])),
    events,
    apps: new Map(apps.map((each) => [each.package, each.versionName])),
    settings: files.includes('settings/settings.json')
      ? parseSettings(readFileSync(join(path, 'settings/settings.json'))).settings.length
      : 0,
  };
}

const byPath = ([a = '']: readonly string[], [b = '']: readonly string[]): number => (a < b ? -1 : 1);

async function* none(): ByteSource {}

const filesIn = (path: string): readonly string[] =>
  [...lookAt(path)].filter(([, { kind }]) => kind === 'file').map(([file]) => file);

for (const sample of PHONES) {
  const { release, vendor } = sample;
  test(`it backs up all that a ${vendor} phone with Android ${release} gives, and gives it back`, async () => {
    await using folder = await temporaryFolder();
    await using phone = await wholePhone(sample);
    const repository = await newRepository();
    const first = await runBackup(repository, await phone.open());
    const { balance } = first.summary;
    ok(balances(balance));
    const skipped = first.events.flatMap((event) => (event.kind === 'set-aside' ? [event.path] : []));
    deepEqual(skipped, release < 11 ? ['calls/calls.ndjson'] : []);
    deepEqual([balance.waiting, balance.failed, balance.skipped], [0, 0, skipped.length]);
    deepEqual(await findingsOf(repository), []);

    await runRestore(repository, folder.path);
    const files = filesIn(folder.path);
    deepEqual(await inFolder(folder.path, files), onPhone(phone.android));
    const storage = nodeAt(phone.android.root, '/storage/emulated/0');
    ok(storage?.kind === 'folder');
    const restored = new Map<string, string>();
    for (const [path, { content }] of lookAt(folder.path))
      if (path.startsWith('files/internal/') && files.includes(path))
        restored.set(path.slice('files/internal'.length), content);
    deepEqual(restored, contentsOf(storage));

    const commands = phone.android.ran.length;
    const second = await runBackup(repository, await phone.open());
    deepEqual(second.summary.balance, balance);
    equal(second.summary.newBytes, 0);
    equal(second.summary.totalBytes, first.summary.totalBytes);
    // Pictures of messages are read once only.
    deepEqual(
      phone.android.ran.slice(commands).filter((line) => line.startsWith('content read')),
      [],
    );
  });
}

test('it counts in a dry run what a backup would find', async () => {
  await using phone = await wholePhone();
  const repository = await newRepository();
  const planned = await runBackup(repository, await phone.open(), { isDryRun: true });
  const { summary } = await runBackup(repository, await phone.open());
  const { found } = summary.balance;
  deepEqual(planned.summary.balance, { found, verified: 0, waiting: found, skipped: 0, failed: 0 });
  ok(planned.summary.newBytes >= summary.newBytes);
  equal(planned.summary.newBytes, planned.summary.totalBytes);
});

test('it takes what other types leave out as somebody’s wish', async () => {
  await using phone = await wholePhone();
  const repository = await newRepository();
  await runBackup(repository, await phone.open());
  const types = ['settings'] as const;
  const { summary } = await runBackup(repository, await phone.open({ types }), { types });
  equal(summary.fewer, undefined);
});

test('it leaves what is sealed waiting until the phone was unlocked', async () => {
  await using phone = await wholePhone();
  lockPhone(phone.android);
  const repository = await newRepository();
  const locked = await runBackup(repository, await phone.open({ types: ['messages', 'contacts', 'apps'] }));
  const waiting = locked.events.flatMap((event) =>
    event.kind === 'set-aside' && event.state === 'waiting' ? [[event.path, event.reason]] : [],
  );
  deepEqual(waiting.toSorted(byPath), [
    ['contacts/contacts.vcf', 'phone-locked'],
    ['files/internal', 'phone-locked'],
    ['messages/messages.ndjson', 'phone-locked'],
  ]);
  equal(locked.summary.balance.waiting, 3);
  ok(balances(locked.summary.balance));

  unlockPhone(phone.android);
  const { summary } = await runBackup(
    repository,
    await phone.open({ types: ['messages', 'contacts', 'apps'] }),
  );
  equal(summary.balance.waiting, 0);
});

test('it backs up only the types that were chosen', async () => {
  await using phone = await wholePhone();
  const repository = await newRepository();
  await using folder = await temporaryFolder();
  await runBackup(repository, await phone.open({ types: ['calls', 'settings'] }));
  await runRestore(repository, folder.path);
  deepEqual(filesIn(folder.path).toSorted(), [
    'calls/calls.ndjson',
    'holdfast.json',
    'settings/settings.json',
  ]);
  deepEqual(
    phone.android.ran.filter((line) => /sms|contacts|calendar/.test(line)),
    [],
  );
});
