import { equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { type AdbStream, connectOver, RemoteFiles, runShell } from '@holdfast/adb';
import { COMMAND, encodePacket, TLS_VERSION } from '@holdfast/adb/wire';
import { hurriedClock } from '@holdfast/testkit';
import { phoneFile, phoneFolder, phoneInMemory, testerKey } from '@holdfast/testkit/phone';

const key = testerKey();
const root = phoneFolder({ sdcard: phoneFolder({ a: phoneFile('one') }) });

test('it speaks to a phone over bytes that somebody else carries', async () => {
  const phone = phoneInMemory({ root });
  await using transport = await connectOver(phone.plug(), 'memory', { key });
  equal(transport.serial, 'memory');
  const pieces = await Array.fromAsync(new RemoteFiles(transport).pull('/sdcard/a'), (piece) =>
    piece.slice(),
  );
  equal(Buffer.concat(pieces).toString(), 'one');
  equal((await runShell(transport, ['ls', '-a', '--', '/sdcard'])).exitCode, 0);
});

test('it tells of a cable that is pulled, before the greeting and after', async () => {
  const phone = phoneInMemory({ root });
  await rejects(connectOver(phone.plug({ cutAfterBytes: 10 }), 'memory', { key }), { code: 'adb/gone' });
  await using transport = await connectOver(phone.plug({ cutAfterBytes: 300 }), 'memory', { key });
  const files = new RemoteFiles(transport);
  await rejects(Array.fromAsync(files.walk('/sdcard')), { code: 'adb/gone' });
});

test('it gives a phone up that never says hello', async () => {
  const phone = phoneInMemory({ root });
  const options = { key, clock: hurriedClock() };
  await rejects(connectOver(phone.plug({ stallAfterBytes: 0 }), 'memory', options), { code: 'adb/stalled' });
});

test('it refuses a phone that wants encryption where there can be none', async () => {
  const startTls = { command: COMMAND.startTls, arg0: TLS_VERSION, arg1: 0, payload: new Uint8Array(0) };
  const reads = [encodePacket(startTls, true)];
  let reason: unknown;
  const link: AdbStream = {
    read: async () => reads.shift(),
    write: async () => undefined,
    close: (why) => {
      reason = why;
    },
  };
  await rejects(connectOver(link, 'memory', { key }), { code: 'adb/protocol' });
  equal((reason as { code: string }).code, 'adb/protocol');
});
