import { deepEqual, equal, match } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { generatedContent, phoneFile, phoneFolder, samplePhone } from '@holdfast/testkit/phone';
import { runLine } from '../../../test-setup/run-line.ts';

const made = () =>
  samplePhone({
    messages: 0,
    apps: 0,
    storage: phoneFolder({
      a: phoneFile('one', { mtime: 1_600_000_000, mode: 0o640 }),
      'b c': phoneFile('two'),
      shut: phoneFolder({ x: phoneFile('x') }, { listing: 'closed' }),
      locked: phoneFile('no', { refusal: 'open failed: Permission denied' }),
    }),
  });

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const rows: [line: string, stdout: string | RegExp, stderr: string, code: number][] = [
  [
    "sha256sum '/sdcard/a' '/sdcard/b c'",
    `${digest('one')}  /sdcard/a\n${digest('two')}  /sdcard/b c\n`,
    '',
    0,
  ],
  [
    "sha256sum '/sdcard/a' '/sdcard/none'",
    `${digest('one')}  /sdcard/a\n`,
    'sha256sum: /sdcard/none: No such file or directory\n',
    1,
  ],
  ['sha256sum /sdcard/locked', '', 'sha256sum: /sdcard/locked: Permission denied\n', 1],
  ['md5sum -b /sdcard/a', 'f97c5d29941bfb1b2fdab0874906ab82\n', '', 0],
  ["stat -c '%s %Y %a %F %n' /sdcard/a", '3 1600000000 640 regular file /sdcard/a\n', '', 0],
  ['stat -c %s /none', '', "stat: '/none': No such file or directory\n", 1],
  ['ls -a /sdcard/', '.\n..\na\nb c\nlocked\nshut\n', '', 0],
  ['ls /sdcard/shut', '', 'ls: /sdcard/shut: Permission denied\n', 1],
  ['ls -l /sdcard/a', /^-rw-r----- 1 u0_a200 media_rw {10}3 2020-09-13 12:26 \/sdcard\/a\n$/, '', 0],
  ['rm /sdcard/a && ls /sdcard/a', '', 'ls: /sdcard/a: No such file or directory\n', 1],
  ["mkdir -p '/sdcard/x/y' && touch -d @5 /sdcard/x/y/z && stat -c %Y /sdcard/x/y/z", '5\n', '', 0],
  ['readlink -n -- /sdcard', '/storage/self/primary', '', 0],
  ['readlink /sdcard/a', '', '', 1],
  ['mv /sdcard/a /sdcard/shut; cat /sdcard/shut/a', 'one', '', 0],
  ['find /sdcard/ -maxdepth 1 -type f -name "b*"', '/sdcard/b c\n', '', 0],
  ['find /sdcard/shut', '/sdcard/shut\n', 'find: /sdcard/shut: Permission denied\n', 1],
];
for (const [line, stdout, stderr, code] of rows) {
  test(`it does with files what toybox does: ${line}`, async () => {
    const ran = await runLine(made(), line);
    if (typeof stdout === 'string') equal(ran.stdout, stdout);
    else match(ran.stdout, stdout);
    deepEqual([ran.stderr, ran.code], [stderr, code]);
  });
}

test('it says how much room there is, and of a place that is not there so', async () => {
  const android = samplePhone({ freeBytes: 7 * 2 ** 30, messages: 0 });
  const { stdout, stderr, code } = await runLine(android, "df -k '/data' '/sdcard' '/none'");
  const [heading, data, shared] = stdout.split('\n');
  match(heading ?? '', /^Filesystem +1K-blocks +Used +Available +Use% +Mounted on$/);
  match(data ?? '', /^\/dev\/block\/dm-44 +115343360 +108003328 +7340032 +94% +\/data$/);
  match(shared ?? '', / 7340032 +94% +\/storage\/emulated$/);
  deepEqual([stderr, code], ['df: /none: No such file or directory\n', 1]);
});

test('it takes no memory for a file of gigabytes, and gives the same bytes wherever it is read', async () => {
  const big = generatedContent(7, 5 * 2 ** 30);
  const end = big.read(5 * 2 ** 30 - 10, 100);
  equal(end.length, 10);
  const across = big.read(65_530, 20);
  deepEqual(across.subarray(6), big.read(65_536, 14));
  deepEqual(big.read(65_530, 6), across.subarray(0, 6));
  const other = generatedContent(8, 100).read(0, 100);
  equal(Buffer.compare(big.read(0, 100), other) === 0, false);
  deepEqual(generatedContent(7, 100, Uint8Array.of(1, 2)).read(1, 1), Uint8Array.of(2));
});
