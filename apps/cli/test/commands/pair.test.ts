import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { announce, phoneOptions, samplePhone, startPairing, startPhone } from '@holdfast/testkit/phone';
import { envOf } from '../../test-setup/phones.ts';
import { type Other, testWorld } from '../../test-setup/test-world.ts';

const CODE = '592781';
const GUID = 'adb-1234-abCD';

/** A network with a phone whose pairing dialog is open, and that announces itself once it is paired. */
async function phoneToPair(): Promise<{ readonly other: Other; readonly dialog: string } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const dnsPort = await freeDnsPort();
  const knownKeys = new Set<string>();
  const options = phoneOptions(samplePhone({ photos: 0, messages: 0, apps: 0 }));
  const phone = stack.use(await startPhone({ ...options, isWireless: true, knownKeys }));
  const dialog = stack.use(await startPairing({ code: CODE, guid: GUID, knownKeys }));
  stack.use(await announce({ kind: 'pairing', name: GUID, port: dialog.port, dnsPort }));
  stack.use(await announce({ kind: 'connect', name: GUID, port: phone.port, dnsPort }));
  const open = stack.move();
  return {
    dialog: `${dialog.host}:${dialog.port}`,
    other: { env: await envOf([]), wireless: { addresses: () => ['127.0.0.1'], port: dnsPort } },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function freeDnsPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

test('it finds a phone whose dialog is open, pairs by the code that is typed, and sees it from then on', async () => {
  await using world = await testWorld();
  await using phone = await phoneToPair();
  const told = await world.run(['pair'], { ...phone.other, answers: ['592 781'] });
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /^Paired with adb-1234-abCD\. It can be reached at 127\.0\.0\.1:\d+\.\n/);
  const listed = await world.run(['devices'], phone.other);
  assert.equal(listed.status, 0, listed.stderr);
  assert.match(listed.stdout, /Pixel 8/);
});

test('it pairs at an address, by a code on the command line, and says so as a line', async () => {
  await using world = await testWorld();
  await using phone = await phoneToPair();
  const { status, out } = await world.lines(['pair', phone.dialog, '--code', CODE], phone.other);
  assert.equal(status, 0);
  const [paired] = out;
  assert.ok(paired?.type === 'paired');
  assert.equal(paired.guid, GUID);
});

test('it says that a code is wrong, and what to do', async () => {
  await using world = await testWorld();
  await using phone = await phoneToPair();
  const told = await world.run(['pair', phone.dialog, '--code', '111111'], phone.other);
  assert.equal(told.status, 1);
  assert.match(told.stderr, /adb\/wrong-code[\s\S]*→ /);
});

for (const [words, says] of [
  [['pair', '127.0.0.1:9', '--code', '12'], /six digits/],
  [['pair', '127.0.0.1:9'], /--code/],
  [['pair', 'somewhere', '--code', CODE], /no port/],
] as const)
  test(`it refuses "${words.join(' ')}" before it looks`, async () => {
    await using world = await testWorld();
    const told = await world.run(words, { env: await envOf([]) });
    assert.equal(told.status, 2);
    assert.match(told.stderr, says);
  });
