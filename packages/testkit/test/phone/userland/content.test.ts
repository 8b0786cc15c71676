import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { NASTY_TEXTS, type Release, samplePhone } from '@holdfast/testkit/phone';
import { runLine } from '../../../test-setup/run-line.ts';

const SMS = 'content query --uri content://sms';

test('it prints rows raw, so that a message can look like a row', async () => {
  const { stdout, code } = await runLine(samplePhone(), `${SMS} --projection _id:body --sort _id`);
  equal(code, 0);
  match(stdout, /^Row: 0 _id=1, body=Two lines\nof one message\nRow: 1 _id=2, body=a, b=c, d=NULL\n/);
  match(stdout, /\nRow: 1 _id=2, thread_id=1, address=\+351910000002, body=not a row\n/);
  match(stdout, /\nRow: 20 _id=21, body=NULL\n/);
});

test('it gives every text whole as hexadecimal digits', async () => {
  const { stdout } = await runLine(samplePhone(), `${SMS} --projection "typeof(body):hex(body)" --sort _id`);
  const texts = stdout.matchAll(/^Row: \d+ typeof\(body\)=text, hex\(body\)=([0-9A-F]*)$/gm);
  const bodies = texts.map(([, hex = '']) => Buffer.from(hex, 'hex').toString()).take(NASTY_TEXTS.length);
  deepEqual([...bodies], NASTY_TEXTS);
});

test('it hides what was neither received nor sent', async () => {
  const android = samplePhone({ messages: 3 });
  equal(android.database.prepare('SELECT count(*) AS n FROM sms').get()?.['n'], 5);
  equal((await runLine(android, `${SMS} --projection "count(*)"`)).stdout, 'Row: 0 count(*)=3\n');
  equal((await runLine(android, 'content query --uri content://sms/draft')).stdout, 'No result found.\n');
});

const refused: [why: string, line: string, stderr: RegExp][] = [
  [
    'there is no such provider',
    'content query --uri content://none',
    /^Error while accessing provider:none\njava\.lang\.IllegalStateException: Could not find provider: none\n\tat /,
  ],
  ['there is no such column', `${SMS} --projection nope`, /SQLiteException: no such column: nope \(code 1/],
  [
    'a query is in the query',
    `${SMS} --where "_id in (select 1)"`,
    /IllegalArgumentException: SELECT token not allowed/,
  ],
];
for (const [why, line, stderr] of refused) {
  test(`it ends well, and says on standard error that ${why}`, async () => {
    const ran = await runLine(samplePhone(), line);
    deepEqual([ran.code, ran.stdout], [0, '']);
    match(ran.stderr, stderr);
  });
}

const dialects: [release: Release, said: RegExp][] = [
  [9, /\[ERROR\] Unsupported argument: --probe/],
  [10, /\[ERROR\] Unsupported argument: --probe/],
  [12, /\[ERROR\] Binding not well formed: p:s:a:b/],
  [16, /\[ERROR\] Binding not well formed: p:s:a:b/],
];
for (const [release, said] of dialects) {
  test(`it tells its way of binding when probed, as Android ${release}`, async () => {
    const android = samplePhone({ release });
    const ran = await runLine(android, 'content insert --uri content://probe --bind p:s:a:b --probe');
    match(ran.stdout, said);
    deepEqual([ran.code, ran.stderr], [0, '']);

    await runLine(android, 'cmd appops set com.android.shell WRITE_SMS allow');
    const body = release < 12 ? 'a:b\\c' : 'a\\:b\\\\c';
    await runLine(android, `content insert --uri content://sms --bind address:s:+1 --bind 'body:s:${body}'`);
    match(
      (await runLine(android, `${SMS} --where "address='+1'" --projection body`)).stdout,
      /body=a:b\\c$/m,
    );
  });
}

test('it takes a message and drops it without a word, unless the app-op lets the shell write', async () => {
  const android = samplePhone({ messages: 0 });
  const insert = 'content insert --uri content://sms --bind address:s:+1 --bind body:s:hello --bind date:l:5';
  deepEqual(await runLine(android, insert), { stdout: '', stderr: '', code: 0 });
  equal((await runLine(android, SMS)).stdout, 'No result found.\n');
  await runLine(android, 'cmd appops set com.android.shell WRITE_SMS allow');
  deepEqual(await runLine(android, insert), { stdout: '', stderr: '', code: 0 });
  equal(
    (await runLine(android, `${SMS} --projection address:body:date:type:creator`)).stdout,
    'Row: 0 address=+1, body=hello, date=5, type=1, creator=com.android.shell\n',
  );
});

test('it has no window for a row of more than two mebibytes, though it has one for its text', async () => {
  const android = samplePhone({ messages: 1 });
  android.database.exec("UPDATE sms SET body = replace(hex(zeroblob(524288)), '00', 'ab')");
  equal(
    (await runLine(android, `${SMS} --projection body`)).stdout.length,
    'Row: 0 body='.length + 2 ** 20 + 1,
  );
  const ran = await runLine(android, `${SMS} --projection "hex(body)"`);
  match(
    ran.stderr,
    /SQLiteBlobTooBigException: Row too big to fit into CursorWindow requiredPos=0, totalRows=1/,
  );
});

test('it refuses what is not a known column where the provider is strict', async () => {
  const android = samplePhone({ vendor: 'samsung', release: 14, messages: 2 });
  match((await runLine(android, `${SMS} --projection "hex(body)"`)).stderr, /Invalid column hex\(body\)/);
  match(
    (await runLine(android, `${SMS} --projection _id:body --sort _id`)).stdout,
    /^Row: 0 _id=1, body=Two/,
  );
});
