import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { isProcessAlive } from '#process/is-process-alive.ts';

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

test('it takes a process that is over for gone, also when nobody has asked how it ended', async (t) => {
  // The shell becomes a program that never asks for its child.
  const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 600'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => parent.kill('SIGKILL'));
  const pid = Number(await once(parent.stdout, 'data'));
  assert.ok(pid > 1);
  // It is a moment before it is over; never, and the test runs out of time.
  while (isProcessAlive(pid, now())) await setImmediate();
  process.kill(pid, 0);
});
