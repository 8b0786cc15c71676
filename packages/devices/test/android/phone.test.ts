import { deepEqual, equal, match, notEqual, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { openPhone } from '@holdfast/devices/android';
import { phoneFolder } from '@holdfast/testkit/phone';
import { coded } from '../../test-setup/coded.ts';
import { openedPhone, type PhoneTraits, printedProperties, storageOf } from '../../test-setup/phones.ts';

const idOf = async (traits: PhoneTraits): Promise<string> => {
  await using opened = await openedPhone(storageOf(phoneFolder()), traits);
  return opened.source.device.id;
};

const saying = (serial: string, androidId = ''): PhoneTraits => ({
  printed: {
    getprop: printedProperties({ 'ro.serialno': serial, 'ro.product.model': 'Pixel 8' }),
    'settings get secure android_id': `${androidId}\n`,
  },
});

test('it knows a phone again by its serial number, whatever the link calls it', async () => {
  const id = await idOf(saying('R58M123ABC', '0123'));
  match(id, /^android-[0-9a-f]{16}$/);
  // Each simulated phone has an address of its own.
  equal(await idOf(saying('R58M123ABC', '4567')), id);
  notEqual(await idOf(saying('R58M123ABD')), id);
});

test('it tells phones apart that share a serial number', async () => {
  const [one, other] = ['a1b2c3d4e5f60718', 'ffb2c3d4e5f60718'];
  notEqual(await idOf(saying('0123456789ABCDEF', one)), await idOf(saying('0123456789ABCDEF', other)));
  equal(await idOf(saying('unknown', one)), await idOf(saying('unknown', one)));
});

test('it finds the storage of a phone, and how much room there is', async () => {
  const root = storageOf(phoneFolder(), {
    '1A2B-3C4D': phoneFolder(),
    '0F0F-0001': phoneFolder({}, { lstatError: 13 }),
    sdcard0: phoneFolder(),
  });
  const printed = {
    'df -k': 'Filesystem 1K-blocks Used Available Use% Mounted on\n/x 100 60 40 60% /storage/emulated\n',
  };
  await using opened = await openedPhone(root, { printed });
  const { volumes } = await openPhone(opened.transport);
  deepEqual(
    volumes.map(({ id, path, space }) => [id, path, space.kind]),
    [
      ['internal', '/storage/emulated/0', 'value'],
      ['0F0F-0001', '/storage/0F0F-0001', 'absent'],
      ['1A2B-3C4D', '/storage/1A2B-3C4D', 'absent'],
    ],
  );
});

test('it opens a phone that knows none of the commands', async () => {
  await using opened = await openedPhone(storageOf(phoneFolder()), { printed: { getprop: '' } });
  const { facts, volumes, device } = await openPhone(opened.transport);
  deepEqual([facts.serial.kind, facts.isUnlocked.kind], ['unrecognised', 'unrecognised']);
  deepEqual(
    volumes.map(({ id, space }) => [id, space.kind]),
    [['internal', 'unrecognised']],
  );
  equal(device.name, 'Android phone');
});

test('it fails only with the link', async () => {
  await using opened = await openedPhone(storageOf(phoneFolder()));
  opened.phone.unplug();
  await rejects(openPhone(opened.transport), coded('adb/gone'));
});
