import { deepEqual, equal, rejects } from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { AdbServer, generateAdbKey } from '@holdfast/adb';
import { type PhoneAddress, type PhoneInSight, phonesInSight } from '@holdfast/devices/android';
import { fakeClock, realAdb } from '@holdfast/testkit';
import { startPhone } from '@holdfast/testkit/phone';

const key = generateAdbKey('test@here');
const clock = fakeClock();

const told = (phones: readonly PhoneInSight[]) =>
  phones.map(({ address, route, model, state }) => [address, route, model, state.code]);

/** An address where nothing listens. */
async function deadAddress(): Promise<PhoneAddress> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { host: '127.0.0.1', port: address.port };
}

test('it sees a phone at an address, and passes over addresses where nothing listens', async () => {
  await using phone = await startPhone({ model: 'Pixel_8' });
  const { host, port } = phone;
  const phones = await phonesInSight({ addresses: [await deadAddress(), { host, port }], key, clock });
  deepEqual(told(phones), [[`${host}:${port}`, 'direct', 'Pixel 8', 'ready']]);
  await using link = await phones[0]?.connect();
  equal(link?.banner.model, 'Pixel_8');
});

test('it sees nothing without an adb server and addresses', async () => {
  const { host, port } = await deadAddress();
  const server = new AdbServer({ host, port, clock });
  deepEqual(await phonesInSight({ server, addresses: [], key, clock }), []);
});

test('it sees what the adb server sees', async () => {
  await using phone = await startPhone({ model: 'Pixel_8' });
  await using adb = await realAdb();
  const address = `${phone.host}:${phone.port}`;
  await adb.run('connect', address);
  // It is listed as offline until it has greeted.
  await adb.run('-s', address, 'wait-for-device');
  const server = new AdbServer({ port: adb.port });
  const all = await phonesInSight({ server, addresses: [], key, clock });
  // An adb server lists what it takes for emulators on this computer too.
  const phones = all.filter((each) => each.address === address);
  deepEqual(told(phones), [[address, 'network', 'Pixel 8', 'ready']]);
  await using link = await phones[0]?.connect();
  equal(link?.features.has('shell_v2'), true);
});

test('it stops when told to', async () => {
  const signal = AbortSignal.abort(new Error('stop'));
  const addresses = [{ host: '127.0.0.1', port: 9 }];
  await rejects(phonesInSight({ addresses, key, clock }, signal), { message: 'stop' });
});
