import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { connectTcp, RemoteFiles } from '@holdfast/adb';
import { COMMAND, encodePacket, TLS_VERSION } from '@holdfast/adb/wire';
import { collect } from '@holdfast/kernel';
import { fakeClock, seededRandom } from '@holdfast/testkit';
import {
  ANDROID_14_FEATURES,
  type PhoneOptions,
  phoneFile,
  phoneFolder,
  startPhone,
} from '@holdfast/testkit/phone';
import { coded, key, linkedPhone, listening } from '../../test-setup/phones.ts';

const knownKeys = new Set([key.publicLine]);
const startTls = encodePacket(
  { command: COMMAND.startTls, arg0: TLS_VERSION, arg1: 0, payload: new Uint8Array(0) },
  true,
);

const phones: [name: string, options: PhoneOptions][] = [
  ['is open to everybody', {}],
  ['asks the person', { prompt: 'accepts' }],
  ['speaks encrypted to whom it knows', { isWireless: true, knownKeys }],
];
for (const [name, options] of phones) {
  test(`it reaches a phone that ${name} by its address alone`, async () => {
    await using linked = await linkedPhone({ ...options, model: 'Pixel 8' });
    equal(linked.transport.banner.model, 'Pixel 8');
    equal(linked.transport.serial, `127.0.0.1:${linked.phone.port}`);
  });
}

for (const features of [ANDROID_14_FEATURES, [...ANDROID_14_FEATURES, 'delayed_ack']]) {
  test(`it carries large files both ways, encrypted, with ${features.at(-1)}`, async () => {
    const content = seededRandom(11)(9_000_000);
    const root = phoneFolder({ 'big.bin': phoneFile(content) });
    await using linked = await linkedPhone({ isWireless: true, knownKeys, root, features });
    const files = new RemoteFiles(linked.transport);
    const copies = ['/one.bin', '/two.bin'];
    await Promise.all(
      copies.map((path) => files.push(path, files.pull('/big.bin'), { mode: 0o600, mtime: 1_000_000_000 })),
    );
    for (const path of copies) deepEqual(await collect(files.pull(path), 10_000_000), content);
  });
}

test('it ends everything under way when the Wi-Fi goes', async () => {
  const root = phoneFolder({ 'big.bin': phoneFile(new Uint8Array(4_000_000)) });
  await using linked = await linkedPhone({ isWireless: true, knownKeys, root });
  const reading = collect(new RemoteFiles(linked.transport).pull('/big.bin'), 5_000_000);
  linked.phone.unplug();
  await rejects(reading, coded('adb/gone'));
});

test('it says that it is not paired, and with what to do', async () => {
  await using phone = await startPhone({ isWireless: true });
  await rejects(connectTcp({ host: phone.host, port: phone.port, key }), {
    code: 'adb/not-paired',
    retry: 'never',
    hint: 'Pair first: open Wireless debugging, "Pair device with pairing code" on the phone, then run "holdfast pair" with the code.',
  });
});

test('it does not wait for ever for TLS, and ends at once when it is aborted', async () => {
  let asked = Promise.withResolvers<void>();
  await using phone = await listening((socket) => {
    let chunks = 0;
    socket.on('error', () => undefined);
    socket.on('data', () => {
      chunks += 1;
      if (chunks === 1) socket.write(startTls);
      else asked.resolve();
    });
  });
  const address = { host: '127.0.0.1', port: phone.port, key };

  const clock = fakeClock();
  const late = rejects(connectTcp({ ...address, clock }), coded('adb/stalled'));
  await asked.promise;
  await clock.whenSleeping(1);
  clock.advance(Temporal.Duration.from({ seconds: 20 }));
  await late;

  asked = Promise.withResolvers<void>();
  const stopper = new AbortController();
  const reason = new Error('enough');
  const aborted = rejects(connectTcp(address, stopper.signal), reason);
  await asked.promise;
  stopper.abort(reason);
  await aborted;
});

const nonsense: [name: string, afterAsking: Uint8Array, codes: readonly string[]][] = [
  ['speaks TLS unasked', Uint8Array.of(22, 3, 3, 0, 0), ['adb/protocol']],
  ['wants TLS twice', startTls, ['adb/protocol']],
];
for (const [name, rest, codes] of nonsense) {
  test(`it refuses a phone that ${name}`, async () => {
    await using phone = await listening((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write(Buffer.concat([startTls, rest])));
    });
    await rejects(connectTcp({ host: '127.0.0.1', port: phone.port, key }), (error) =>
      codes.some((code) => coded(code)(error)),
    );
  });
}

test('it loses the connection, and says so, to a phone that cannot speak TLS', async () => {
  await using phone = await listening((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(startTls);
      socket.once('data', () => socket.end('not TLS at all'));
    });
  });
  await rejects(connectTcp({ host: '127.0.0.1', port: phone.port, key }), coded('adb/gone'));
});
