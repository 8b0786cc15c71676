import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { ADB_FAILURES } from '@holdfast/adb';
import * as failures from '#failures.ts';
import { describeState, notReady } from '#states.ts';

const SECONDS = Temporal.Duration.from({ seconds: 20 });

const made = [
  failures.badArgument(),
  failures.badKey(),
  failures.commandTooLong(2, 1),
  failures.gone(),
  failures.noServer('127.0.0.1:5037', undefined),
  failures.noPhone('192.168.1.7:5555', undefined),
  failures.noPairing('192.168.1.7:37000', undefined),
  failures.notPaired('192.168.1.7:40000'),
  failures.pairingClosed('192.168.1.7:37000'),
  failures.outputTooLarge(1),
  failures.pathTooLong(1025),
  failures.protocolViolation('a packet without its magic number'),
  failures.refusedFile('/a', 'x'),
  failures.refusedByServer('x'),
  failures.refusedService('x:'),
  failures.stalled('reading a file', SECONDS),
  failures.unauthorized(),
  failures.unsupported('It'),
  failures.wrongCode('192.168.1.7:37000'),
];

test('it has a sentence and something to do for every failure', () => {
  deepEqual(made.map(({ code }) => code).toSorted(), Object.values(ADB_FAILURES).toSorted());
  for (const { message, hint, code } of [...made, notReady('ABC', describeState('offline'))]) {
    match(message, /^[A-Z][^\n]*[^.]$/, code);
    match(hint ?? '', /^[A-Z].*\.$/, code);
  }
});

test('it says what stalled, and for how long', () => {
  const { message } = failures.stalled('reading a file', SECONDS);
  equal(message, 'The phone gave no sign of life for 20 seconds while reading a file');
});

test('it knows why a phone refuses a file, and lets nothing of its text move the cursor', () => {
  const rows: [said: string, errno: string | undefined][] = [
    ['open failed: No such file or directory', 'ENOENT'],
    ["couldn't create file: Permission denied", 'EACCES'],
    ['write failed: No space left on device', 'ENOSPC'],
    ['write failed: File too large', 'EFBIG'],
    ['something new', undefined],
  ];
  for (const [said, errno] of rows) equal(failures.refusedFile('/a', said).details['errno'], errno, said);
  const { message } = failures.refusedFile('/a\u001b[2J', 'no\r\nyes');
  equal(message, 'The phone refused /a\\x1b[2J: no\\r\\nyes');
});
