import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openCatalog } from '@holdfast/catalog';
import { systemClock } from '@holdfast/kernel';
import { phoneFile, phoneFolder, samplePhone } from '@holdfast/testkit/phone';
import { envOf, phoneInSight } from '../../test-setup/phones.ts';
import { testWorld } from '../../test-setup/test-world.ts';

const storage = () =>
  phoneFolder({
    DCIM: phoneFolder({
      Camera: phoneFolder({
        'IMG_1.jpg': phoneFile('one'),
        "it's $(2)\n.mp4": phoneFile('two'),
        '.hidden': phoneFile('three'),
      }),
    }),
    Download: phoneFolder({ 'list.pdf': phoneFile('four'), empty: phoneFile('') }),
  });

const small = () => samplePhone({ storage: storage(), messages: 0, apps: 0 });

test('it lists the phones in sight, with how to back one up', async () => {
  await using world = await testWorld();
  await using here = await phoneInSight(small());
  const told = await world.run(['devices'], here.other);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /Pixel/);
  assert.match(told.stdout, /Back it up: holdfast backup android-[0-9a-f]{16}\n/);
  assert.match(told.stdout, /\n1 phone\n$/);
});

test('it says what to do on a phone that has not allowed this computer', async () => {
  await using world = await testWorld();
  await using here = await phoneInSight(small(), { prompt: 'ignores' });
  const told = await world.run(['devices'], here.other);
  assert.equal(told.status, 3);
  assert.match(told.stdout, /→ Unlock the phone and accept/);
});

test('it says what to do when no phone is in sight', async () => {
  await using world = await testWorld();
  const other = { env: await envOf([]) };
  const listed = await world.run(['devices'], other);
  assert.equal(listed.status, 0);
  assert.match(listed.stdout, /No phone is in sight\.\n→ "holdfast help devices"/);
  const told = await world.run(['backup'], other);
  assert.equal(told.status, 1);
  assert.match(told.stderr, /No phone is in sight \(cli\/no-phone\)\n→ Plug one in, or name a FOLDER/);
  const doctor = await world.run(['doctor'], other);
  assert.equal(doctor.status, 1);
  assert.match(
    doctor.stderr,
    /No phone is in sight \(cli\/no-phone\)\n→ Plug one in; "holdfast help devices"/,
  );
  const named = await world.run(['doctor', 'Pixel'], other);
  assert.match(named.stderr, /The phone Pixel is not in sight \(cli\/no-phone\)/);
});

test('it names the phones in sight when it is given the name of none', async () => {
  await using world = await testWorld();
  await using here = await phoneInSight(small());
  const told = await world.run(['backup', 'Pixel'], here.other);
  assert.equal(told.status, 1);
  assert.match(told.stderr, /no phone in sight has that name .*\n→ .* In sight: [\w -]+ \(android-\w+\)\./);
});

test('it refuses a pairing code that cannot be one before it looks for a phone', async () => {
  await using world = await testWorld();
  const told = await world.run(['pair', '--code', '12345']);
  assert.equal(told.status, 2);
  assert.match(told.stderr, /six digits/);
  assert.doesNotMatch(told.stderr, /Looking/);
});

test('it asks which phone is meant when there are several, and takes its name', async () => {
  await using world = await testWorld();
  await using one = await phoneInSight(samplePhone({ storage: storage(), serial: 'ONE' }));
  await using two = await phoneInSight(samplePhone({ storage: storage(), serial: 'TWO', vendor: 'samsung' }));
  const addresses = [one, two].map(({ phone }) => `${phone.host}:${phone.port}`);
  const other = { env: await envOf(addresses) };
  const told = await world.run(['backup'], other);
  assert.equal(told.status, 1);
  assert.match(
    told.stderr,
    /2 phones are in sight \(cli\/which-phone\)\n→ Name the one you mean: Google Pixel 8 \(android-\w+\), Samsung [\w-]+ \(android-\w+\)\./,
  );
  const named = await world.run(['backup', addresses[1] ?? '', '--types', 'photos', '--dry-run'], other);
  assert.equal(named.status, 0, named.stderr);
  assert.match(named.stdout, /Samsung/);
});

test('it calls phones of one name in each command as it does where it lists them', async () => {
  await using world = await testWorld();
  await using one = await phoneInSight(samplePhone({ storage: storage(), serial: 'ONE' }));
  await using two = await phoneInSight(samplePhone({ storage: storage(), serial: 'TWO' }));
  const addresses = [one, two].map(({ phone }) => `${phone.host}:${phone.port}`);
  const other = { env: await envOf(addresses) };
  for (const address of addresses) await world.run(['backup', address, '--types', 'photos'], other);
  const names = (text: string): string[] => text.match(/^Google Pixel 8.*?\)/gm) ?? [];
  const [first = ''] = names((await world.run(['devices'], other)).stdout);
  assert.match(first, /^Google Pixel 8 \([0-9a-f]{4}\)$/);
  const again = await world.run(['backup', first, '--types', 'photos'], other);
  assert.deepEqual(names(again.stdout), [first, first]);
  const doctor = await world.run(['doctor', first], other);
  assert.deepEqual(names(doctor.stdout), [first]);
});

test('it backs the phone in sight up, keeps the ledger, and gives the files back', async () => {
  await using world = await testWorld();
  await using here = await phoneInSight(small());
  const told = await world.run(['backup', '--types', 'photos,videos,audio,documents,other'], here.other);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /found 5 = verified 5 \+ waiting 0 \+ skipped 0 \+ failed 0/);

  using catalog = openCatalog(join(world.home, 'catalog.sqlite'), { clock: systemClock });
  const [device] = await catalog.devices();
  const { items } = await catalog.items(device?.id ?? '');
  assert.deepEqual(
    items.map(({ path, kind, state, reason }) => [path.replace('files/internal/', ''), kind, state, reason]),
    [
      ['DCIM/Camera/.hidden', 'file', 'verified', 'stored'],
      ['DCIM/Camera/IMG_1.jpg', 'photo', 'verified', 'stored'],
      ["DCIM/Camera/it's $(2)\n.mp4", 'video', 'verified', 'stored'],
      ['Download/empty', 'file', 'verified', 'stored'],
      ['Download/list.pdf', 'document', 'verified', 'stored'],
    ],
  );

  const given = await world.run(['restore', 'latest:/files/internal', '--to', 'out']);
  assert.equal(given.status, 0, given.stderr);
  const camera = join(world.path, 'out', 'internal', 'DCIM', 'Camera');
  assert.deepEqual((await readdir(camera)).sort(), ['.hidden', 'IMG_1.jpg', "it's $(2)\n.mp4"]);
  assert.equal(await readFile(join(camera, "it's $(2)\n.mp4"), 'utf8'), 'two');
});

test('it goes on after the cable was pulled, again and again, and reads nothing twice that was stored', async () => {
  await using world = await testWorld();
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`${at}.bin`, phoneFile(noise(at, 300_000))]),
  );
  const android = samplePhone({
    storage: phoneFolder({ Download: phoneFolder(files) }),
    messages: 0,
    apps: 0,
  });
  const pulls = Array.from({ length: 5 }, () => ({ cutAfterBytes: 2_000_000 }));
  // The first connection of a command only looks.
  const faults = pulls.flatMap((fault) => [{}, fault]);
  await using here = await phoneInSight(android, { faults });
  const types = ['--types', 'other'];
  for (const _ of pulls) {
    const told = await world.run(['backup', ...types], here.other);
    assert.equal(told.status, 1, told.stdout);
    assert.match(told.stderr, /found \d+ = verified \d+ \+ waiting \d+ \+ skipped 0 \+ failed 0/);
    assert.match(told.stderr, /\(adb\/gone\)\n→ /);
  }
  const told = await world.run(['backup', ...types], here.other);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /found 40 = verified 40 /);
  const [, newBytes = ''] = /, ([\d.]+ MB) new/.exec(told.stdout) ?? [];
  assert.ok(Number.parseFloat(newBytes) < 6, `${newBytes} of 12 MB were new in the last run`);
  const check = await world.run(['check', '--read-data']);
  assert.equal(check.status, 0, check.stderr);
});

/** Bytes that do not compress, the same for the same seed. */
function noise(seed: number, sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at += 32)
    bytes.set(
      createHash('sha256')
        .update(`${seed} ${at}`)
        .digest()
        .subarray(0, sizeBytes - at),
      at,
    );
  return bytes;
}
