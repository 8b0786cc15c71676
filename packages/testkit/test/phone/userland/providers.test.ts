import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Android,
  lockPhone,
  phoneFile,
  phoneFolder,
  type Release,
  samplePhone,
  unlockPhone,
  type Vendor,
} from '@holdfast/testkit/phone';
import { runLine } from '../../../test-setup/run-line.ts';

const query = async (android: Android, uri: string, more = ''): Promise<string> => {
  const { stdout, stderr, code } = await runLine(android, `content query --uri '${uri}' ${more}`);
  equal(code, 0);
  return stdout + stderr;
};

const allowed = (): Android => {
  const android = samplePhone({ messages: 0, multimedia: 0, contacts: 0, calls: 0, events: 0 });
  android.appOps.set('com.android.shell WRITE_SMS', 'allow');
  return android;
};

/** Runs lines that print nothing. */
async function change(android: Android, ...lines: readonly string[]): Promise<void> {
  for (const line of lines)
    deepEqual(await runLine(android, line), { stdout: '', stderr: '', code: 0 }, line);
}

const callLog: [release: Release, said: RegExp][] = [
  [
    9,
    /SecurityException: Permission Denial: reading com\.android\.providers\.contacts\.CallLogProvider uri content:\/\/call_log\/calls .* requires android\.permission\.READ_CALL_LOG/,
  ],
  [10, /SecurityException/],
  [12, /^Row: 0 _id=1\n/],
  [14, /^Row: 0 _id=1\n/],
  [16, /^Row: 0 _id=1\n/],
];
for (const [release, said] of callLog) {
  test(`it opens the call log as Android ${release} does`, async () => {
    const android = samplePhone({ release });
    match(await query(android, 'content://call_log/calls', '--projection _id --sort _id'), said);
  });
}

const answers: [uri: string, more: string, said: RegExp][] = [
  [
    'content://call_log/calls',
    '--projection "hex(number)"',
    /IllegalArgumentException: Invalid column hex\(number\)/,
  ],
  ['content://call_log/calls', '--projection "count(_id)"', /^Row: 0 count\(_id\)=15\n$/],
  ['content://call_log/calls', '--projection _id --sort "_id ASC LIMIT 2"', /Invalid token LIMIT/],
  ['content://call_log/calls?limit=2', '--projection _id --sort _id', /^Row: 0 _id=1\nRow: 1 _id=2\n$/],
  ['content://com.android.contacts/data', '--projection "hex(data1)"', /Invalid column hex/],
  [
    'content://com.android.contacts/data',
    '--projection _id:data15 --where "data15 is not null"',
    /^Row: 0 _id=\d+, data15=BLOB\n$/,
  ],
  [
    'content://com.android.contacts/raw_contacts',
    '--projection deleted --where deleted=1',
    /^Row: 0 deleted=1\n$/,
  ],
  [
    'content://com.android.contacts/groups',
    '--projection title --where _id=1',
    /^Row: 0 title=Família, e amigos\n$/,
  ],
  ['content://com.android.contacts/nothing', '', /Unknown URI/],
  [
    'content://com.android.calendar/calendars',
    '--projection _id:account_type',
    /^Row: 0 _id=1, account_type=com\.google\nRow: 1 _id=2, account_type=LOCAL\n$/,
  ],
  ['content://com.android.calendar/events', '--projection nothing', /Invalid column nothing/],
  ['content://com.android.calendar/reminders', '--projection minutes --where event_id=1', /minutes=15/],
  [
    'content://mms',
    '--projection "_id:hex(sub)" --where "sub is not null"',
    /^Row: 0 _id=1, hex\(sub\)=4F6CC3A1/,
  ],
  ['content://mms/part', '--projection "count(*)"', /=12\n$/],
  [
    'content://mms/1/addr',
    '--projection address:type --sort _id',
    /insert-address-token, type=151\nRow: 1 address=\+3519/,
  ],
  ['content://mms-sms/conversations?simple=true', '--projection "count(*)"', /=7\n$/],
  ['content://settings/global', '--where x=1', /name=adb_enabled, value=1\n/],
  [
    'content://media/external/file',
    '--projection _size:width:height:mime_type --where "_display_name=\'IMG_2026000000.jpg\'"',
    /^Row: 0 _size=20000, width=4080, height=3072, mime_type=image\/jpeg\n$/,
  ],
];
for (const [uri, more, said] of answers) {
  test(`it answers ${uri} ${more}`, async () => {
    match(await query(samplePhone(), uri, more), said);
  });
}

test('it takes a multimedia message part by part, and gives its bytes back', async () => {
  const android = allowed();
  await change(
    android,
    'content insert --uri content://mms --bind tr_id:s:ours --bind msg_box:i:1 --bind m_type:i:132 --bind thread_id:i:1',
    'content insert --uri content://mms/1/addr --bind address:s:+1 --bind type:i:137',
    "content insert --uri content://mms/1/part --bind ct:s:text/plain --bind 'text:s:hi, you'",
    'content insert --uri content://mms/1/part --bind ct:s:image/png --bind _data:s:/etc/passwd',
  );
  const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => at & 255);
  equal((await runLine(android, 'content write --uri content://mms/part/2', bytes)).stderr, '');
  equal((await runLine(android, 'content read --uri content://mms/part/2 | wc -c')).stdout, '300000\n');
  match(
    await query(android, 'content://mms/part', '--projection _id:mid:_data --sort _id'),
    /_id=1, mid=1, _data=NULL\nRow: 1 _id=2, mid=1, _data=\/data\/user_de\//,
  );
  match((await runLine(android, 'content read --uri content://mms/part/1')).stderr, /FileNotFoundException/);
  await change(android, 'content delete --uri content://mms --where "tr_id=\'ours\'"');
  equal(await query(android, 'content://mms/part'), 'No result found.\n');
});

test('it finds or begins the conversation with someone', async () => {
  const android = allowed();
  const uri = 'content://mms-sms/threadID?recipient=%2B1&recipient=%2B2';
  equal(await query(android, uri), 'Row: 0 _id=1\n');
  equal(await query(android, 'content://mms-sms/threadID?recipient=%2B2&recipient=%2B1'), 'Row: 0 _id=1\n');
  equal(await query(android, 'content://mms-sms/threadID?recipient=%2B3'), 'Row: 0 _id=2\n');
});

test('it takes a contact, and makes its name of the parts', async () => {
  const android = allowed();
  const contacts = 'content://com.android.contacts';
  await change(
    android,
    `content insert --uri ${contacts}/raw_contacts --bind sourceid:s:ours`,
    `content insert --uri ${contacts}/data --bind raw_contact_id:i:1 --bind mimetype:s:vnd.android.cursor.item/name --bind data2:s:Ana --bind data3:s:Sol`,
  );
  equal(
    await query(android, `${contacts}/raw_contacts`, '--projection display_name:account_type:dirty'),
    'Row: 0 display_name=Ana Sol, account_type=NULL, dirty=1\n',
  );
  const lost = await runLine(
    android,
    `content insert --uri ${contacts}/data --bind raw_contact_id:i:9 --bind mimetype:s:x`,
  );
  match(lost.stderr, /raw_contact_id is required/);
  await change(android, `content delete --uri ${contacts}/raw_contacts/1`);
  equal(await query(android, `${contacts}/raw_contacts`, '--projection deleted'), 'Row: 0 deleted=1\n');
  await change(android, `content delete --uri '${contacts}/raw_contacts/1?caller_is_syncadapter=true'`);
  equal(await query(android, `${contacts}/raw_contacts`), 'No result found.\n');
});

test('it takes a calendar from a sync adapter only, and events that are whole', async () => {
  const android = allowed();
  const calendars = 'content://com.android.calendar/calendars';
  const bind = '--bind account_name:s:Back --bind account_type:s:LOCAL --bind name:s:own';
  match(
    (await runLine(android, `content insert --uri ${calendars} ${bind}`)).stderr,
    /Only sync adapters may write to account_name/,
  );
  const adapter = `${calendars}?caller_is_syncadapter=true`;
  match(
    (await runLine(android, `content insert --uri '${adapter}' ${bind}`)).stderr,
    /must specify an account/,
  );
  await change(android, `content insert --uri '${adapter}&account_name=Back&account_type=LOCAL' ${bind}`);
  const events =
    'content insert --uri content://com.android.calendar/events --bind calendar_id:i:1 --bind title:s:One';
  match((await runLine(android, `${events} --bind dtstart:l:5 --bind dtend:l:6`)).stderr, /eventTimezone/);
  match(
    (await runLine(android, `${events} --bind dtstart:l:5 --bind eventTimezone:s:UTC`)).stderr,
    /DTEND and DURATION/,
  );
  await change(android, `${events} --bind dtstart:l:5 --bind dtend:l:6 --bind eventTimezone:s:UTC`);
  equal(
    await query(android, 'content://com.android.calendar/events', '--projection title:dtstart'),
    'Row: 0 title=One, dtstart=5\n',
  );
});

test('it takes calls with known columns', async () => {
  const android = allowed();
  const insert =
    'content insert --uri content://call_log/calls --bind number:s:+1 --bind type:i:1 --bind date:l:5';
  match((await runLine(android, `${insert} --bind odd:s:x`)).stderr, /Column 'odd'\. Is not supported\./);
  await change(android, `${insert} --bind duration:i:60`);
  equal(
    await query(android, 'content://call_log/calls', '--projection number:duration'),
    'Row: 0 number=+1, duration=60\n',
  );
});

const scans: [release: Release, before: string, said: string][] = [
  [10, 'No result found.\n', 'Result: Bundle[{}]\n'],
  [14, 'Row: 0 _display_name=new.jpg\n', 'Result: Bundle[{}]\n'],
];
for (const [release, before, said] of scans) {
  test(`it knows of a new file when it is told to look, or by itself, as Android ${release}`, async () => {
    const android = samplePhone({ release });
    await runLine(android, 'echo x > /sdcard/DCIM/new.jpg; echo x > /sdcard/Android/data/no.jpg');
    const asked = [
      'content://media/external/images/media',
      "--projection _display_name --where \"_display_name in ('new.jpg', 'no.jpg')\"",
    ] as const;
    equal(await query(android, ...asked), before);
    equal(
      (
        await runLine(
          android,
          'content call --uri content://media --method scan_volume --arg external_primary',
        )
      ).stdout,
      said,
    );
    equal(await query(android, ...asked), 'Row: 0 _display_name=new.jpg\n');
  });
}

for (const name of ['a.heif', 'a.HIF', 'a.avif', 'a.dng', 'a.jpe', 'b.mkv', 'b.m4v', 'b.webm'])
  test(`it has ${name} among the ${name.startsWith('a') ? 'pictures' : 'films'}`, async () => {
    const android = samplePhone();
    await runLine(android, `echo x > /sdcard/DCIM/${name}`);
    const table = name.startsWith('a') ? 'images' : 'video';
    const asked = `--projection _display_name --where "_display_name='${name}'"`;
    equal(
      await query(android, `content://media/external/${table}/media`, asked),
      `Row: 0 _display_name=${name}\n`,
    );
  });

test('it looks for nothing on Android 9, and says null', async () => {
  const line = 'content call --uri content://media --method scan_volume --arg external_primary';
  equal((await runLine(samplePhone({ release: 9 }), line)).stdout, 'Result: null\n');
});

test('it closes what is the person’s until they have unlocked it once', async () => {
  const android = samplePhone();
  lockPhone(android);
  match(await query(android, 'content://sms'), /Could not find provider: sms/);
  equal((await runLine(android, 'am get-started-user-state 0')).stdout, 'RUNNING_LOCKED\n');
  equal((await runLine(android, 'ls /sdcard/')).code, 1);
  unlockPhone(android);
  match(await query(android, 'content://sms', '--projection _id'), /^Row: 0/);
  equal((await runLine(android, 'ls /sdcard/DCIM')).code, 0);
});

const refusing: [vendor: Vendor, line: string, said: RegExp][] = [
  [
    'xiaomi',
    'pm grant org.example.tides android.permission.CAMERA',
    /SecurityException: grantRuntimePermission: Neither user 2000/,
  ],
  [
    'xiaomi',
    'cmd appops set com.android.shell WRITE_SMS allow',
    /Exception occurred while executing 'set':\njava\.lang\.SecurityException/,
  ],
  ['xiaomi', 'settings put global low_power 0', /SecurityException: Permission denial: writing to settings/],
];
for (const [vendor, line, said] of refusing) {
  test(`it refuses until a switch is on, as ${vendor} does: ${line}`, async () => {
    const android = samplePhone({ vendor });
    const ran = await runLine(android, line);
    match(ran.stderr, said);
    equal(ran.code, 255);
    android.isSecurityOpen = true;
    equal((await runLine(android, line)).code, 0);
  });
}

test('it refuses every write when it is told to, and ends well all the same', async () => {
  const android = allowed();
  android.refusesWrites = true;
  const ran = await runLine(android, 'content insert --uri content://call_log/calls --bind number:s:1');
  match(ran.stderr, /SecurityException: Permission Denial: writing/);
  equal(ran.code, 0);
});

test('it indexes files whose endings are words that every object knows', async () => {
  const storage = phoneFolder({
    Download: phoneFolder({ constructor: phoneFile('a'), 'b.toString': phoneFile('b') }),
  });
  const android = samplePhone({ photos: 0, storage });
  const said = await query(
    android,
    'content://media/external/file',
    '--projection _display_name:mime_type --sort _display_name',
  );
  match(said, /_display_name=b\.toString, mime_type=NULL/);
  match(said, /_display_name=constructor, mime_type=NULL/);
});
