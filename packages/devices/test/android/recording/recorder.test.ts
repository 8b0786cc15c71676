import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AdbTransport, connectTcp, RemoteFiles, runShell } from '@holdfast/adb';
import {
  androidSource,
  openPhone,
  parseTranscript,
  Recorder,
  type ShellLine,
  type SyncLine,
  type TranscriptLine,
} from '@holdfast/devices/android';
import { replay } from '@holdfast/devices/testing';
import { encodeName } from '@holdfast/kernel';
import { fakeClock } from '@holdfast/testkit';
import {
  type Android,
  type PhoneOptions,
  phoneFile,
  phoneFolder,
  phoneOptions,
  samplePhone,
  startPhone,
  testerKey,
} from '@holdfast/testkit/phone';
import { canariesIn, plant, plantedStorage } from '../../../test-setup/canaries.ts';

const key = testerKey();

/** The transcript of what `say` does on a phone. */
async function recorded(
  android: Android,
  say: (link: AdbTransport) => Promise<unknown>,
  options: Partial<PhoneOptions> = {},
): Promise<string> {
  const lines: string[] = [];
  await using simulated = await startPhone({ ...phoneOptions(android), ...options });
  const recorder = new Recorder({
    clock: fakeClock(),
    program: 'holdfast test',
    write: (line) => void lines.push(line),
  });
  {
    await using link = recorder.listenTo(
      await connectTcp({ host: simulated.host, port: simulated.port, key }),
    );
    await say(link);
  }
  recorder.finish();
  return lines.join('');
}

const linesOf = <Type extends TranscriptLine['type']>(text: string, type: Type) =>
  parseTranscript(text).filter((line): line is TranscriptLine & { type: Type } => line.type === type);

/** Everything that is asked of a phone, and more of what it could be. */
async function askEverything(link: AdbTransport): Promise<void> {
  const phone = await openPhone(link);
  using source = androidSource(phone);
  for await (const folder of source.walk()) {
    for (const entry of folder.entries) {
      if (entry.kind !== 'file') continue;
      // What cannot be read is told by the phone, too.
      await Array.fromAsync(source.read(`${folder.path}/${entry.name}`)).catch(() => {});
    }
  }
  for (const line of QUESTIONS) await runShell(link, line.split(' '));
}

const TABLES = [
  'sms',
  'mms',
  'mms/part',
  'mms/1/addr',
  'com.android.contacts/raw_contacts',
  'com.android.contacts/data',
  'com.android.contacts/groups',
  'call_log/calls',
  'com.android.calendar/calendars',
  'com.android.calendar/events',
  'com.android.calendar/reminders',
  'com.android.calendar/attendees',
  'media/external/file',
];

const QUESTIONS = [
  ...TABLES.map((table) => `content query --uri content://${table}`),
  'content query --uri content://sms --projection _id:body',
  'content query --uri content://sms --projection address',
  'content query --uri content://com.android.contacts/data --projection _id:data1',
  'content query --uri content://call_log/calls --projection _id:number:date:name',
  'content read --uri content://mms/part/3',
  'settings list system',
  'settings list secure',
  'settings list global',
  'settings get global device_name',
  'getprop ro.serialno',
  'pm list packages -f -3',
  'cmd wifi status',
  'cmd wifi list-networks',
  'cmd nothing',
  ...['account', 'connectivity', 'battery', 'content', 'user', 'package'].map((name) => `dumpsys ${name}`),
  'find /sdcard/',
  'ls -la /sdcard/',
  'df -k /sdcard/',
];

for (const options of [{}, { release: 9 }, { vendor: 'samsung' }] as const) {
  test(`it lets nothing out of what a person has on a phone: ${JSON.stringify(options)}`, async () => {
    const android = samplePhone({ ...options, storage: plantedStorage(), card: plantedStorage() });
    plant(android);
    const text = await recorded(android, askEverything);
    assert.deepEqual(canariesIn(text), []);
    assert.ok(linesOf(text, 'shell').length > 40);
    assert.match(text, /Wifi is connected to|content:\/\/sms/);
  });
}

test('it lets nothing out of commands that are given names of files', async () => {
  const android = samplePhone({ storage: plantedStorage() });
  const text = await recorded(android, async (link) => {
    for await (const folder of new RemoteFiles(link).walk('/storage/emulated/0')) {
      for (const { name } of folder.entries) {
        for (const command of ['cat', 'stat', 'ls', 'sha256sum', 'readlink'])
          await runShell(link, [command, '--', `${folder.path}/${name}`]);
        const stdin = (async function* () {
          yield encodeName(`${folder.path}/${name}\0`);
        })();
        await runShell(link, ['xargs', '-0', 'stat', '-c', '%n %s', '--'], { stdin });
        await runShell(link, [
          'content',
          'insert',
          '--uri',
          `content://sms/${name}`,
          '--bind',
          `body:s:${name}`,
        ]);
        await runShell(link, ['sh', '-c', `echo ${name}`]);
        await runShell(link, [name, name]);
      }
    }
  });
  assert.deepEqual(canariesIn(text), []);
});

test('it says first what it is, of which phone, and that it is masked', async () => {
  const text = await recorded(samplePhone({ vendor: 'samsung', photos: 0 }), openPhone);
  const [first, phone] = parseTranscript(text);
  assert.deepEqual(first, {
    type: 'transcript',
    version: 1,
    program: 'holdfast test',
    date: '2026-03-14',
    model: 'SM-S918B',
    android: '14',
    masked: (first as { masked: string }).masked,
  });
  assert.match((first as { masked: string }).masked, /masked: letters are x, digits 9.*Look through it/s);
  assert.equal(phone?.type === 'phone' && phone.serial.replaceAll(/9+/g, '9'), '9.9.9.9:9');
});

for (const [title, options, phone] of [
  ['of today', {}, {}],
  ['with a card', { card: phoneFolder({ 'a.jpg': phoneFile('a') }) }, {}],
  ['of Android 9', { release: 9 }, {}],
  ['with a shell of before Android 7', { release: 9 }, { features: ['cmd'], isOld: true }],
  ['of Xiaomi', { vendor: 'xiaomi' }, {}],
] as const) {
  test(`it can be played back to the program: a phone ${title}`, async () => {
    let seen: Awaited<ReturnType<typeof openPhone>> | undefined;
    const open = async (link: AdbTransport): Promise<void> => {
      seen = await openPhone(link);
    };
    const text = await recorded(samplePhone({ photos: 0, ...options }), open, phone);
    const link = replay(text);
    const again = await openPhone(link);
    assert.deepEqual(link.unanswered, []);
    // What names a phone or its person was masked.
    const { serial, ownName } = seen?.facts ?? again.facts;
    assert.deepEqual({ ...again.facts, serial, ownName }, seen?.facts);
    assert.equal(again.volumes.length, seen?.volumes.length);
    for (const { space } of again.volumes) assert.equal(space.kind, 'value');
  });
}

test('it answers a played back program with an error where nothing was recorded', async () => {
  const link = replay(await recorded(samplePhone({ photos: 0 }), openPhone));
  const { stderr, exitCode } = await runShell(link, ['dumpsys', 'battery']);
  assert.equal(exitCode, 127);
  assert.match(new TextDecoder().decode(stderr), /not found/);
  assert.deepEqual(link.unanswered, [['dumpsys', 'battery']]);
  const { entries } = await new RemoteFiles(link).list('/storage/emulated/0');
  assert.deepEqual(entries, []);
});

test('it names the columns that a vendor has added, with what stands for them', async () => {
  const android = samplePhone({ vendor: 'xiaomi', messages: 3, photos: 0 });
  android.database.exec("UPDATE sms SET marker = 'qzvkjwyh', sync_state = 1");
  const text = await recorded(android, askEverything);
  const columns = linesOf(text, 'columns').find((line) => line.of === 'content://sms')?.columns;
  assert.deepEqual(columns?.['xxxxxx'], ['marker']);
  assert.deepEqual(columns?.['xxxx_xxxxx'], ['sync_state']);
  assert.doesNotMatch(text, /qzvkjwyh/);
});

test('it counts what is asked of the file service, without names', async () => {
  const storage = phoneFolder({
    closed: phoneFolder({}, { listing: 'closed' }),
    'a.jpg': phoneFile('12345678'),
  });
  const android = samplePhone({ storage, freeBytes: 2 });
  const text = await recorded(android, async (link) => {
    const files = new RemoteFiles(link);
    await Array.fromAsync(files.walk('/storage/emulated/0'));
    await Array.fromAsync(files.stat(['/sdcard/', '/nowhere']));
    await assert.rejects(
      files.push(
        '/storage/nowhere/x',
        (async function* () {
          yield encodeName('abc');
        })(),
        { mode: 0o644, mtime: 1 },
      ),
    );
  });
  const requests = linesOf(text, 'sync').map((line: SyncLine) => line.requests);
  const of = (name: string) => requests.find((each) => each[name] !== undefined)?.[name];
  assert.equal(of('LIS2')?.count, 2);
  assert.deepEqual(of('LST2'), { count: 2, errors: { 2: 1 } });
  assert.equal(of('SND2')?.count, 1);
  assert.equal(Object.values(of('SND2')?.refusals ?? {})[0], 1);
});

test('it keeps the beginning of a long output, and says how much more there was', async () => {
  const text = await recorded(samplePhone({ photos: 2000 }), (link) => runShell(link, ['find', '/sdcard/']));
  const [{ stdout } = { stdout: undefined }] = linesOf(text, 'shell') as ShellLine[];
  assert.ok((stdout?.text.length ?? 0) > 60_000 && (stdout?.text.length ?? 0) <= 65_536);
  assert.ok(stdout?.text.endsWith('\n'));
  assert.match(String(stdout?.more), /^[1-9]0+$/);
});

test('it writes so many conversations that are alike, and counts the others', async () => {
  const text = await recorded(samplePhone({ photos: 0 }), async (link) => {
    for (let at = 0; at < 60; at++) await runShell(link, ['readlink', `/sdcard/${at}`]);
  });
  assert.equal(linesOf(text, 'shell').length, 50);
  assert.deepEqual(linesOf(text, 'alike'), [{ type: 'alike', phone: 1, left: 10 }]);
});

test('it tells how a conversation ended: by us, by the phone, or with a failure', async () => {
  const text = await recorded(samplePhone({ photos: 0 }), async (link) => {
    await runShell(link, ['id']);
    const stream = await link.openStream(encodeName('exec:id'));
    while ((await stream.read()) !== undefined);
    await assert.rejects(link.openStream(encodeName('nothing:qzvkjwyh')));
    await link.openStream(encodeName('sync:'));
  });
  const ended = parseTranscript(text).flatMap((line) => ('ended' in line ? [[line.type, line.ended]] : []));
  assert.deepEqual(ended, [
    ['shell', 'us'],
    ['shell', 'phone'],
    ['service', 'adb/refused-service'],
    ['sync', 'left-open'],
  ]);
  assert.doesNotMatch(text, /qzvk/);
});

test('it refuses to play back what is no transcript', () => {
  for (const text of ['', '{"type":"phone"}', 'x', '{"type":"transcript"}\n{"type":"other"}\n'])
    assert.throws(() => replay(text), SyntaxError);
});
