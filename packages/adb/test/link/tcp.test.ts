import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { connectTcp, parseAdbKey, RemoteFiles, runShell } from '@holdfast/adb';
import { collect, encodeName } from '@holdfast/kernel';
import { fakeClock, seededRandom } from '@holdfast/testkit';
import { ANDROID_14_FEATURES, hostShell, phoneFile, phoneFolder, startPhone } from '@holdfast/testkit/phone';
import { coded, key, linkedPhone } from '../../test-setup/phones.ts';

test('it says what the phone says of itself', async () => {
  await using linked = await linkedPhone({ model: 'Pixel 8' });
  const { banner, features, serial } = linked.transport;
  deepEqual(banner, { state: 'device', product: 'simulated', model: 'Pixel 8', device: 'holdfast' });
  deepEqual([...features], ANDROID_14_FEATURES);
  equal(serial, `127.0.0.1:${linked.phone.port}`);
});

test('it asks the person once, and is recognised by its key from then on', async () => {
  const knownKeys = new Set<string>();
  await using phone = await startPhone({ prompt: 'accepts', knownKeys });
  let prompts = 0;
  const options = { host: phone.host, port: phone.port, onPrompt: () => (prompts += 1) };
  for (const again of [key, parseAdbKey(key.pem, 'tester@holdfast')]) {
    await using _transport = await connectTcp({ ...options, key: again });
  }
  equal(prompts, 1);
  deepEqual([...knownKeys], [key.publicLine]);
});

test('it is unauthorized when nobody answers the prompt in time', async () => {
  await using phone = await startPhone({ prompt: 'ignores' });
  const clock = fakeClock();
  const prompted = Promise.withResolvers<void>();
  const link = connectTcp({ host: phone.host, port: phone.port, key, clock, onPrompt: prompted.resolve });
  await prompted.promise;
  await clock.whenSleeping(1);
  clock.advance(Temporal.Duration.from({ seconds: 60 }));
  await rejects(link, coded('adb/unauthorized'));
});

test('it refuses a key file that is none', () => {
  for (const pem of ['', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----']) {
    try {
      parseAdbKey(pem, '');
    } catch (error) {
      equal(coded('adb/bad-key')(error), true);
      continue;
    }
    throw new Error('taken for a key');
  }
});

test('it says that nobody is there, that a service is not offered, that a command is too long', async () => {
  const phone = await startPhone();
  const { port, host } = phone;
  await phone[Symbol.asyncDispose]();
  await rejects(connectTcp({ host, port, key }), coded('adb/no-phone'));
  await using linked = await linkedPhone({ isOld: true });
  await rejects(linked.transport.openStream(encodeName('no-such:thing')), coded('adb/refused-service'));
  await rejects(linked.transport.openStream(new Uint8Array(5000)), coded('adb/command-too-long'));
});

const flows: [name: string, options: { isOld?: boolean; features?: readonly string[] }][] = [
  ['one write at a time', {}],
  ['byte counts', { features: [...ANDROID_14_FEATURES, 'delayed_ack'] }],
  ['checksums and 4 KiB at a time', { isOld: true }],
];
for (const [name, options] of flows) {
  test(`it carries many streams at once, both ways, with ${name}`, async () => {
    const content = seededRandom(7)(3_000_000);
    const root = phoneFolder({ 'big.bin': phoneFile(content) });
    await using linked = await linkedPhone({ ...options, root });
    const files = new RemoteFiles(linked.transport);
    const copies = ['/one/copy.bin', '/two/copy.bin'];
    await Promise.all(
      copies.map((path) => files.push(path, files.pull('/big.bin'), { mode: 0o600, mtime: 1_000_000_000 })),
    );
    for (const path of copies) deepEqual(await collect(files.pull(path), 4_000_000), content);
    for await (const looked of files.stat(copies)) {
      equal(looked.kind === 'found' && looked.stat.mtime, 1_000_000_000);
      equal(looked.kind === 'found' && looked.stat.mode, 0o100666);
    }
  });
}

test('it does not let an unread stream hold up the others', async () => {
  const root = phoneFolder({ 'big.bin': phoneFile(new Uint8Array(8_000_000)), 'a.txt': phoneFile('one') });
  await using linked = await linkedPhone({ root });
  const files = new RemoteFiles(linked.transport);
  for await (const _first of files.pull('/big.bin')) {
    equal(Buffer.from(await collect(files.pull('/a.txt'), 10)).toString(), 'one');
    break;
  }
});

test('it ends everything under way, with what to do, when the cable is pulled', async () => {
  const root = phoneFolder({ 'big.bin': phoneFile(new Uint8Array(4_000_000)) });
  for (const cutAfterBytes of [300, 1000, 100_000, 1_000_000]) {
    await using linked = await linkedPhone({ root, faults: [{ cutAfterBytes }] });
    const files = new RemoteFiles(linked.transport);
    const reading = [collect(files.pull('/big.bin'), 5_000_000), collect(files.pull('/big.bin'), 5_000_000)];
    for (const result of await Promise.allSettled(reading)) {
      equal(
        result.status === 'rejected' && coded('adb/gone')(result.reason),
        true,
        `cut at ${cutAfterBytes}`,
      );
    }
    await rejects(files.list('/'), coded('adb/gone'));
  }
});

test('it ends everything under way when the link is let go', async () => {
  const linked = await linkedPhone({ shell: hostShell });
  const sleeping = runShell(linked.transport, ['sleep', '1000']);
  await linked.transport[Symbol.asyncDispose]();
  await rejects(sleeping, coded('adb/gone'));
  await linked[Symbol.asyncDispose]();
});
