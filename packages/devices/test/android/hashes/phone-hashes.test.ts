import { deepEqual, equal } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { phoneHashes } from '@holdfast/devices/android';
import { decodeName } from '@holdfast/kernel';
import { type PhoneFolder, phoneFile, phoneFolder } from '@holdfast/testkit/phone';
import { samplePhoneWith } from '../../../test-setup/sample-phones.ts';

const sum = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A hash as another file's line of it would be. */
const FORGED = sum('forged');

const ODD = [
  'a b.jpg',
  "it's $(reboot) `x` & ; |.jpg",
  'back\\slash',
  'line\nfeed',
  '\\n',
  ' ',
  '-rf',
  '*',
  decodeName(Uint8Array.of(0xff, 0xfe, 0x41)),
  'é\u0301ñ.png',
  'carriage\rreturn',
];

/** A folder whose path is the end of its own line and the whole line of `b`. */
const forging = (): Record<string, PhoneFolder> => {
  const file = phoneFolder({ b: phoneFile('evil') });
  const folders = ['0', 'emulated', 'storage'].reduce((inner, name) => phoneFolder({ [name]: inner }), file);
  return { [`x\n${FORGED}  `]: folders };
};

test('it hashes files on the phone, whatever their names', async () => {
  const files = Object.fromEntries(ODD.map((name) => [name, phoneFile(`content of ${name}`)]));
  await using sample = await samplePhoneWith({ storage: phoneFolder(files) });
  const hashes = await phoneHashes(sample.phone);
  const asked = ODD.map((name) => ({ path: `files/internal/${name}`, sizeBytes: 10 }));
  const found = await Array.fromAsync(hashes?.(asked) ?? []);
  deepEqual(
    found,
    asked.map((file, at) => ({ kind: 'hashed', file, sha256: sum(`content of ${ODD[at]}`) })),
  );
});

test('it takes no name for a line of another file', async () => {
  const storage = phoneFolder({
    ...forging(),
    x: phoneFile('x', { refusal: 'EACCES' }),
    b: phoneFile('real'),
  });
  await using sample = await samplePhoneWith({ storage });
  const hashes = await phoneHashes(sample.phone);
  const evil = `x\n${FORGED}  /storage/emulated/0/b`;
  const asked = ['x', evil, 'b'].map((name) => ({ path: `files/internal/${name}`, sizeBytes: 4 }));
  const found = await Array.fromAsync(hashes?.(asked) ?? []);
  deepEqual(
    found.map((each) => (each.kind === 'hashed' ? each.sha256 : each.reason)),
    ['access-denied', sum('evil'), sum('real')],
  );
});

test('it says of each file why it has no hash', async () => {
  const storage = phoneFolder({
    closed: phoneFile('c', { refusal: 'EACCES' }),
    broken: phoneFile('broken', { failAfterBytes: 2 }),
    whole: phoneFile('whole'),
  });
  await using sample = await samplePhoneWith({ storage });
  const hashes = await phoneHashes(sample.phone);
  const asked = ['closed', 'gone', 'broken', 'whole'].map((name) => ({
    path: `files/internal/${name}`,
    sizeBytes: 5,
  }));
  const found = await Array.fromAsync(hashes?.(asked) ?? []);
  deepEqual(
    found.map((each) => (each.kind === 'hashed' ? 'hashed' : `${each.reason}: ${each.detail}`)),
    ['access-denied: EACCES', 'vanished: ENOENT', 'read-error: I/O error', 'hashed'],
  );
});

test('it asks for many files at once, and for few bytes', async () => {
  const names = Array.from({ length: 1200 }, (_, at) => `${at}`);
  const storage = phoneFolder(Object.fromEntries(names.map((name) => [name, phoneFile(name)])));
  await using sample = await samplePhoneWith({ storage });
  const hashes = await phoneHashes(sample.phone);
  const before = sample.simulated.services.length;
  const asked = names.map((name) => ({
    path: `files/internal/${name}`,
    sizeBytes: name === '7' ? 2 ** 30 : 1,
  }));
  const found = await Array.fromAsync(hashes?.(asked) ?? []);
  equal(found.filter(({ kind }) => kind === 'hashed').length, 1200);
  // 0 to 6, 7 by itself, and the others in three.
  equal(sample.simulated.services.length - before, 5);
});

test('it has nothing to offer on a phone without the command, or with one that counts wrong', async () => {
  await using sample = await samplePhoneWith({}, (android) => {
    android.faults.push({ on: 'sha256sum', kind: 'garbage' });
  });
  equal(await phoneHashes(sample.phone), undefined);
});
