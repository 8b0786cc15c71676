import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { isProcessAlive, processMark } from '#process/is-process-alive.ts';

const now = (): Temporal.Instant => Temporal.Now.instant();

test('it tells a process that is there from one that is not', () => {
  const cases: [pid: number, expected: boolean][] = [
    [process.pid, true],
    [1, true],
    [2 ** 31 - 1, false],
    [0, false],
    [-1, false],
    [Number.NaN, false],
    [1.5, false],
  ];
  for (const [pid, expected] of cases) assert.equal(isProcessAlive(pid, now()), expected, String(pid));
});

test('it tells a process from a younger one that got its number', () => {
  assert.equal(
    isProcessAlive(process.pid, now().subtract({ seconds: Math.ceil(process.uptime()) + 60 })),
    false,
  );
});

test('it names a process that is there as long as it is, and none other alike', {
  skip: process.platform !== 'linux',
}, () => {
  assert.match(processMark(process.pid) ?? '', /^[-\da-f]{36} \d+$/);
  assert.equal(processMark(process.pid), processMark(process.pid));
  assert.notEqual(processMark(process.pid), processMark(1));
  for (const pid of [2 ** 31 - 1, 0, -1]) assert.equal(processMark(pid), undefined);
});

test('it takes a process that is over for gone, also when nobody has asked how it ended', async (t) => {
  // The shell becomes a program that never asks for its child, which ends when its input does.
  const script = 'cat <&3 >/dev/null & echo $!; exec cat <&4 3<&-';
  const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit', 'pipe', 'pipe'] });
  t.after(() => parent.kill('SIGKILL'));
  const [output, , childInput, ownInput] = parent.stdio.slice(1) as [Readable, null, Writable, Writable];
  const pid = Number(await once(output, 'data'));
  ownInput.write('it is now');
  assert.equal(String(await once(output, 'data')), 'it is now');
  assert.ok(isProcessAlive(pid, now()));
  assert.ok(processMark(pid) !== undefined);
  childInput.end();
  // It is a moment before it is over; never, and the test runs out of time.
  while (isProcessAlive(pid, now())) await setImmediate();
  process.kill(pid, 0);
  assert.equal(processMark(pid), undefined);
});
