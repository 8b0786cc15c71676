import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { realAdb, seededRandom, temporaryFolder } from '@holdfast/testkit';
import {
  ANDROID_14_FEATURES,
  copyFolder,
  hostShell,
  type PhoneOptions,
  phoneFile,
  phoneFolder,
  startPhone,
} from '@holdfast/testkit/phone';

const phones: [name: string, options: PhoneOptions][] = [
  ['a phone with version 2 of everything', {}],
  ['a phone with delayed acknowledgements', { features: [...ANDROID_14_FEATURES, 'delayed_ack'] }],
  ['a phone with version 1 of everything', { features: ['shell_v2', 'cmd'], isOld: true }],
];
for (const [name, options] of phones) {
  test(`it is, to the real adb, ${name}`, async () => {
    await using folder = await temporaryFolder();
    await using adb = await realAdb();
    const big = seededRandom(3)(700_000);
    const root = phoneFolder({
      sdcard: phoneFolder({ 'a.txt': phoneFile('one', { mtime: 1_600_000_000 }), 'big.bin': phoneFile(big) }),
    });
    await using phone = await startPhone({ ...options, root, shell: hostShell, model: 'Pixel_8' });
    const serial = `127.0.0.1:${phone.port}`;

    match((await adb.run('connect', serial)).stdout, /^connected to /);
    match(
      (await adb.run('devices', '-l')).stdout,
      / device product:simulated model:Pixel_8 device:holdfast /,
    );

    const ran = await adb.run('shell', 'echo out; echo err >&2; exit 7');
    deepEqual([ran.status, ran.stdout, ran.stderr], [7, 'out\n', 'err\n']);

    deepEqual(
      (await adb.run('ls', '/sdcard')).stdout
        .trim()
        .split('\n')
        // Mode, size and time are eight digits each.
        .map((line) => line.slice(27)),
      ['.', '..', 'a.txt', 'big.bin'],
    );
    match((await adb.run('ls', '/sdcard')).stdout, /^000081b0 00000003 5f5e1000 a\.txt$/m);

    const target = join(folder.path, 'pulled');
    equal((await adb.run('pull', '-a', '/sdcard', target)).status, 0);
    deepEqual(new Uint8Array(await readFile(join(target, 'big.bin'))), big);
    equal((await stat(join(target, 'a.txt'))).mtimeMs, 1_600_000_000_000);

    const source = join(folder.path, 'pushed');
    await mkdir(join(source, 'sub'), { recursive: true });
    await writeFile(join(source, 'sub', 'b.bin'), big);
    await utimes(join(source, 'sub', 'b.bin'), 1_500_000_000, 1_500_000_000);
    equal((await adb.run('push', source, '/new')).status, 0);
    const sub = phone.root.entries.get('new');
    const pushed = sub?.kind === 'folder' ? sub.entries.get('sub') : undefined;
    const file = pushed?.kind === 'folder' ? pushed.entries.get('b.bin') : undefined;
    deepEqual(file?.kind === 'file' && file.content, big);
    equal(file?.mtime, 1_500_000_000);

    const missing = await adb.run('pull', '/sdcard/none', target);
    equal(missing.status, 1);
    match(missing.stderr + missing.stdout, /No such file or directory|does not exist/);
  });
}

test('it gives, to the real adb, a folder of this computer back as it is', async () => {
  await using folder = await temporaryFolder();
  const source = join(folder.path, 'source');
  await mkdir(join(source, 'DCIM', 'Camera'), { recursive: true });
  const odd = Buffer.concat([Buffer.from(`${source}/DCIM/`), Buffer.of(0xff, 0xfe)]);
  await writeFile(odd, 'odd');
  const photo = join('DCIM', 'Camera', "it's a photo.jpg");
  await writeFile(join(source, photo), seededRandom(9)(100_000));
  await utimes(join(source, photo), 1_400_000_000, 1_400_000_000);

  await using adb = await realAdb();
  await using phone = await startPhone({ root: phoneFolder({ sdcard: await copyFolder(source) }) });
  await adb.run('connect', `127.0.0.1:${phone.port}`);
  const target = join(folder.path, 'target');
  equal((await adb.run('pull', '-a', '/sdcard', target)).status, 0);
  deepEqual(await readFile(join(target, photo)), await readFile(join(source, photo)));
  equal((await stat(join(target, photo))).mtimeMs, 1_400_000_000_000);
  const copy = Buffer.concat([Buffer.from(`${target}/DCIM/`), Buffer.of(0xff, 0xfe)]);
  equal((await readFile(copy)).toString(), 'odd');
});

test('it is, to the real adb, a phone that asks before it lets a computer in', async () => {
  await using adb = await realAdb();
  await using shy = await startPhone({ prompt: 'ignores' });
  await adb.run('connect', `127.0.0.1:${shy.port}`);
  match((await adb.run('devices')).stdout, new RegExp(`127.0.0.1:${shy.port}\\s+unauthorized`));

  const knownKeys = new Set<string>();
  await using open = await startPhone({ prompt: 'accepts', knownKeys });
  const serial = `127.0.0.1:${open.port}`;
  await adb.run('connect', serial);
  equal((await adb.run('-s', serial, 'wait-for-device')).status, 0);
  equal(knownKeys.size, 1);

  // Recognised by its signature, without a prompt.
  await using again = await startPhone({ prompt: 'ignores', knownKeys });
  await adb.run('connect', `127.0.0.1:${again.port}`);
  equal((await adb.run('-s', `127.0.0.1:${again.port}`, 'wait-for-device')).status, 0);
});
