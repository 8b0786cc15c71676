import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { encodeName } from '@holdfast/kernel';
import { androidShell, phoneFile, phoneFolder, samplePhone } from '@holdfast/testkit/phone';
import { runLine } from '../../../test-setup/run-line.ts';

const small = () =>
  samplePhone({
    messages: 0,
    apps: 0,
    storage: phoneFolder({ a: phoneFile('one\n'), "it's": phoneFile('two\n') }),
  });

const lines: [line: string, stdout: string, stderr: string, code: number][] = [
  ["'echo' 'a' 'b'", 'a b\n', '', 0],
  [String.raw`'echo' 'it'\''s'`, "it's\n", '', 0],
  ['echo one; echo two', 'one\ntwo\n', '', 0],
  ['false && echo no || echo yes', 'yes\n', '', 0],
  ['true || echo no; echo $?', '0\n', '', 0],
  ['false; echo "$?"', '1\n', '', 0],
  ['(exit 7)', '', '', 7],
  ['exit 3; echo never', '', '', 3],
  ['nothing here', '', 'sh: nothing: inaccessible or not found\n', 127],
  ["'no such' 2>&1; echo $?", 'sh: no such: inaccessible or not found\n127\n', '', 0],
  ['cat /sdcard/none 2>/dev/null; echo $?', '1\n', '', 0],
  ['cat < /sdcard/a', 'one\n', '', 0],
  ['cat </dev/null', '', '', 0],
  ['cat < /sdcard/none', '', "sh: can't open /sdcard/none: No such file or directory\n", 1],
  ['echo x > /sdcard/b && echo y >> /sdcard/b && cat /sdcard/b', 'x\ny\n', '', 0],
  ['cat /sdcard/a | wc -c', '4\n', '', 0],
  ['find /sdcard/ -type f -print0 | xargs -0 sha256sum | wc -l', '2\n', '', 0],
  [
    "printf '/sdcard/a\\0/none\\0' | xargs -0 stat -c %s --",
    '4\n',
    "stat: '/none': No such file or directory\n",
    123,
  ],
  ["echo 'unfinished", '', 'sh: syntax error: no closing quote\n', 1],
  ['echo a # b', 'a\n', '', 0],
  ['cd /sdcard; cat a', 'one\n', '', 0],
  ["printf '%s\\n' a b", 'a\nb\n', '', 0],
  ['(false\n) </dev/null 2>&1; echo mark:$?', 'mark:1\n', '', 0],
];
for (const [line, stdout, stderr, code] of lines) {
  test(`it runs as a phone does: ${line}`, async () => {
    deepEqual(await runLine(small(), line), { stdout, stderr, code });
  });
}

test('it runs a script that was pushed, in turn, with its words', async () => {
  const android = small();
  const script = phoneFile('# two inserts\necho $1 >> /sdcard/log\n\ncat /sdcard/log &\nwait\nexit 4\n');
  android.root.entries.set('s', script);
  deepEqual(await runLine(android, "sh '/s' 'first'"), { stdout: 'first\n', stderr: '', code: 4 });
  equal((await runLine(android, 'sh /none')).code, 127);
});

test('it gives a command what is on standard input', async () => {
  deepEqual((await runLine(small(), 'cat; cat', 'given')).stdout, 'given');
});

test('it says by its exit code and its text what goes wrong on a script', async () => {
  const android = small();
  android.faults.push({ on: 'cat /sdcard', kind: 'killed', afterBytes: 2, times: 1 });
  deepEqual(await runLine(android, 'cat /sdcard/a'), { stdout: 'on', stderr: 'Killed \n', code: 137 });
  equal((await runLine(android, 'cat /sdcard/a')).stdout, 'one\n');
  android.faults.push({ on: 'getprop', kind: 'garbage' });
  match((await runLine(android, 'getprop ro.serialno')).stdout, /^[\udcf5]+$/);
});

test('it says no more, where it stalls, until the host hangs up', async () => {
  const android = small();
  android.faults.push({ on: 'cat', kind: 'stalls', afterBytes: 1 });
  const hungUp = Promise.withResolvers<void>();
  const first = Promise.withResolvers<void>();
  let isOver = false;
  const running = androidShell(android)(encodeName('cat /sdcard/a'), {
    out: async () => first.resolve(),
    err: async () => undefined,
    stdin: (async function* () {})(),
    over: hungUp.promise,
  }).finally(() => {
    isOver = true;
  });
  await first.promise;
  await new Promise((resolve) => setImmediate(resolve));
  equal(isOver, false);
  hungUp.resolve();
  equal(await running, 137);
});

test('it has no room for more than there is', async () => {
  const android = samplePhone({ freeBytes: 10, photos: 0, messages: 0 });
  const { stderr, code } = await runLine(android, 'cat > /sdcard/big', 'x'.repeat(11));
  deepEqual([stderr, code], ["sh: can't create file: No space left on device\n", 1]);
  equal((await runLine(android, 'cat > /sdcard/small', 'x'.repeat(10))).code, 0);
});
