import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeName } from '@holdfast/kernel';
import fc from 'fast-check';
import { Mask } from '#android/recording/masking/mask.ts';
import { maskHex, maskText } from '#android/recording/masking/mask-text.ts';
import { Names } from '#android/recording/masking/names.ts';

const TEXTS: readonly (readonly [text: string, masked: string])[] = [
  ['See you at 8, Ana?', 'Xxx xxx xx 9, Xxx?'],
  ['+351 910 000 001', '+999 999 999 999'],
  ['ana.b@example.org', 'xxx.x@xxxxxxx.xxx'],
  ['a\r\nRow: 1 _id=2, body=x', 'x\r\nXxx: 9 _xx=9, xxxx=x'],
  ['02:1a:FF:00:01:00', '99:9a:AA:99:99:99'],
  ['5a1e0f00c0ffee11', '9a9a9a99a9aaaa99'],
  ['1A2B-3C4D', '9A9A-9A9A'],
  ['deadbeef', 'xxxxxxxx'],
  ['Maré 写真 👩‍👧 ✓ İß', 'Xxxé 語語 🙂‍🙂 ☺ Éé'],
  ['٣ and Ⅷ', '٩ xxx ９'],
  ['\udc80\udcfe', '\udcff\udcff'],
  ['\u{e0041}\u{e0042}', '\u{e0020}\u{e0020}'],
  ['#$%&~_-\t\u200b', '#$%&~_-\t\u200b'],
];

for (const [text, masked] of TEXTS) {
  test(`it leaves of ${JSON.stringify(text)} its form only`, () => assert.equal(maskText(text), masked));
}

test('it leaves no letter and no digit of any text, and as many bytes as there were', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const masked = maskText(text);
      assert.equal(maskText(masked).length, masked.length);
      assert.equal(encodeName(masked).length, encodeName(text).length);
      assert.match(masked, /^[^b-wyzB-WYZ0-8]*$/);
    }),
  );
});

test('it leaves hexadecimal digits as many as they were, of any bytes', () => {
  assert.equal(maskHex('416E612C0A31'), Buffer.from('Xxx,\n9').toString('hex').toUpperCase());
  assert.equal(maskHex('FFD8FF41'), 'FFFFFFFF');
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const masked = maskHex(bytes.toHex());
      assert.match(masked, /^[0-9A-F]*$/);
      assert.equal(masked.length, bytes.length * 2);
    }),
  );
});

const OUTPUTS: readonly (readonly [line: string, printed: string, masked: string | undefined])[] = [
  [
    'getprop',
    '[ro.build.version.sdk]: [34]\n[ro.serialno]: [R58M123]\n[my.own]: [a\nb]\n',
    '[ro.build.version.sdk]: [34]\n[ro.serialno]: [X99X999]\n[xx.xxx]: [x\nx]\n',
  ],
  ['getprop ro.serialno', 'R58M123\n', 'X99X999\n'],
  ['getprop ro.build.type', 'user\n', 'user\n'],
  ['getprop ro.build.host', 'anas-desk\n', 'xxxx-xxxx\n'],
  ['settings get secure android_id', '5a1e0f00c0ffee11\n', '9a9a9a99a9aaaa99\n'],
  ['settings get global unheard_of', 'null\n', 'null\n'],
  [
    'settings list global',
    'adb_enabled=1\ndevice_name=Ana\nbt_00:11:22=4\nwifi_on=47114711\n',
    'adb_enabled=1\ndevice_name=Xxx\nxx_99:99:99=9\nwifi_on=99999999\n',
  ],
  [
    'df -k /sdcard',
    'Filesystem  1K-blocks Used Available Use% Mounted on\n/dev/fuse   115343360 73400 41943040  64% /storage/emulated\n',
    'Filesystem  1K-blocks Used Available Use% Mounted on\n/dev/xxxx   100000000 70000 40000000  64% /storage/emulated\n',
  ],
  ['cat /sdcard/a', 'anything', undefined],
  ['xargs -0 cat --', 'anything', undefined],
  ['content read --uri content://mms/part/1', 'anything', undefined],
  ['readlink -n -- /sdcard/a', '/storage/emulated/0/DCIM/Ana.jpg', '/storage/emulated/0/DCIM/Xxx.jpg'],
  ['ls -a /sdcard', '.\n..\nDCIM\nAna\nBea\n', '.\n..\nDCIM\nXxx\nXxw\n'],
  ['content query --uri content://sms', 'No result found.\n', 'No result found.\n'],
  [
    'content query --uri content://sms --projection COUNT(_id):MIN(_id)',
    'Row: 0 COUNT(_id)=4711, MIN(_id)=12\n',
    'Row: 0 COUNT(_id)=4711, MIN(_id)=12\n',
  ],
  [
    'content query --uri content://sms --projection _id:thread_id:type:address',
    'Row: 0 _id=12, thread_id=3, type=2, address=4711\nRow: 1 _id=13, thread_id=3, type=1, address=NULL\n',
    'Row: 0 _id=12, thread_id=3, type=2, address=9999\nRow: 1 _id=13, thread_id=3, type=1, address=NULL\n',
  ],
  [
    'content query --uri content://sms --projection _id:body',
    'Row: 0 _id=12, body=a, mine=NULL, x\nRow: 7 _id=4711, body=\nRow: 1 _id=13, body=NULL\n',
    'Row: 0 _id=12, body=x, xxxx=NULL, x\nRow: 9 _id=9999, body=\nRow: 1 _id=13, body=NULL\n',
  ],
  [
    'content query --uri content://mms/part --projection _id:typeof(ct):hex(ct)',
    'Row: 0 _id=1, typeof(ct)=text, hex(ct)=746578742F706C61696E\n',
    'Row: 0 _id=1, typeof(ct)=text, hex(ct)=746578742F706C61696E\n',
  ],
  [
    'pm list packages -f -3',
    'package:/data/app/~~aQ==/org.ana.app-Zz==/base.apk=org.ana.app\n',
    'package:/data/app/~~xX==/xxx.xxx.xxx-Xx==/base.apk=xxx.xxx.xxx\n',
  ],
  ['dumpsys battery', '  level: 83\n  serial: 4711\n', '  level: 83\n  xxxxxx: 9999\n'],
  [
    'dumpsys account',
    'Accounts: 1\n  Account {name=ana@b.org, type=com.google}\n',
    'Accounts: 1\n  Xxxxxxx {name=xxx@x.xxx, type=xxx.xxxxxx}\n',
  ],
];

for (const [line, printed, masked] of OUTPUTS) {
  test(`it masks what "${line}" prints: ${JSON.stringify(printed)}`, () => {
    const mask = new Mask();
    // What came before: these numbers of rows are known.
    mask.stdout(['content', 'query', '--projection', '_id'], 'Row: 0 _id=12\nRow: 1 _id=13\n');
    assert.equal(mask.stdout(line.split(' '), printed), masked);
  });
}

const COMPLAINTS: readonly (readonly [said: string, masked: string])[] = [
  ['Invalid column photo_id\n', 'Invalid column photo_id\n'],
  ['Invalid column typeof(_id)\n', 'Invalid column typeof(_id)\n'],
  ['Could not find provider: nobody\n', 'Could not find provider: xxxxxx\n'],
  ['ls: /sdcard/Ana: Permission denied\n', 'xx: /sdcard/Xxx: Permission denied\n'],
  [
    'Error while accessing provider:sms\njava.lang.SecurityException: Permission Denial: reading com.android.providers.telephony.SmsProvider uri content://sms/4711 from pid=4242\n\tat android.os.Parcel.readException(Parcel.java:2074)\n',
    'Error while accessing provider:sms\njava.lang.SecurityException: Permission Denial: reading com.android.providers.telephony.SmsProvider xxx content://sms/9999 xxxx xxx=9999\n\tat android.os.Parcel.readException(Parcel.java:2074)\n',
  ],
  [
    "no such column: secret (code 1): , while compiling: SELECT 'Ana'",
    "no such column: xxxxxx (xxxx 9): , while compiling: XXXXXX 'Xxx'",
  ],
];

for (const [said, masked] of COMPLAINTS) {
  test(`it masks the complaint ${JSON.stringify(said)}`, () => assert.equal(new Mask().report(said), masked));
}

const WORDS: readonly (readonly [words: readonly string[], masked: readonly string[]])[] = [
  [
    ['cat', '--', '/sdcard/Download/Ana 1.pdf'],
    ['cat', '--', '/sdcard/Download/Xxx 9.pdf'],
  ],
  [
    ['stat', '-c', '%s %Y', '--', '--ana'],
    ['stat', '-c', '%s %Y', '--', '--xxx'],
  ],
  [
    ['content', 'query', '--uri', 'content://sms/4711', '--where', "address='+351' AND _id=4711"],
    ['content', 'query', '--uri', 'content://sms/9999', '--where', "address='+999' AND _id=9999"],
  ],
  [
    ['content', 'insert', '--bind', 'body:s:Hello Ana', '--bind', 'mine:i:4711'],
    ['content', 'insert', '--bind', 'body:s:Xxxxx Xxx', '--bind', 'xxxx:i:9999'],
  ],
  [
    ['settings', 'put', 'global', 'device_name', 'true'],
    ['settings', 'put', 'global', 'device_name', 'xxxx'],
  ],
  [
    ['pm', 'path', 'org.ana.app'],
    ['pm', 'path', 'xxx.xxx.xxx'],
  ],
  [
    ['pm', 'path', 'com.google.android.apps.photos'],
    ['pm', 'path', 'com.google.android.apps.photos'],
  ],
  [['ana'], ['xxx']],
];

for (const [words, masked] of WORDS) {
  test(`it masks the words ${JSON.stringify(words)}`, () =>
    assert.deepEqual(new Mask().words(words), masked));
}

test('it gives a name the same stand-in wherever it comes, and different names different ones', () => {
  const names = new Names();
  const given = Array.from({ length: 3000 }, (_, at) => `IMG_${20_260_000 + at}.jpg`);
  const standIns = given.map((name) => names.of(name));
  assert.equal(new Set(standIns).size, given.length);
  assert.deepEqual(
    given.map((name) => names.of(name)),
    standIns,
  );
  assert.equal(standIns[0], 'IMG_99999999.jpg');
  // A form that has no room for more.
  assert.deepEqual(
    new Set(Array.from('bcdefghijklmnopqrstuvwxyz', (name) => names.of(name).length)),
    new Set([1]),
  );
});

test('it masks whatever a phone may print, and never fails', () => {
  const lines = OUTPUTS.map(([line]) => line.split(' ')).filter((words) => words[1] !== 'ro.build.type');
  const pieces = fc.constantFrom(
    ...OUTPUTS.flatMap(([, printed]) => printed.split(/\b/)),
    '\r',
    '\0',
    'Row: ',
    '🙂',
  );
  fc.assert(
    fc.property(fc.constantFrom(...lines), fc.array(pieces, { maxLength: 40 }), (words, printed) => {
      const mask = new Mask();
      const text = `${printed.join('')}qzvk 83719582`;
      assert.doesNotMatch(`${mask.stdout(words, text) ?? ''}${mask.report(text)}`, /qzvk|8371|9582/);
    }),
  );
});
