import { deepEqual, equal, match } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { realAdb, temporaryFolder } from '@holdfast/testkit';
import { makeApk, phoneOptions, type Release, samplePhone, startPhone } from '@holdfast/testkit/phone';

for (const release of [9, 14] satisfies Release[]) {
  test(`it is, to the real adb, a phone with Android ${release} and all that is on it`, async () => {
    await using folder = await temporaryFolder();
    await using adb = await realAdb();
    const android = samplePhone({ release, vendor: 'samsung' });
    await using phone = await startPhone(phoneOptions(android));
    await adb.run('connect', `127.0.0.1:${phone.port}`);

    match((await adb.run('devices', '-l')).stdout, / model:SM_S918B /);
    equal((await adb.run('shell', 'getprop', 'ro.build.version.release')).stdout, `${release}\n`);
    const missing = await adb.run('shell', 'nothing');
    deepEqual([missing.status, missing.stderr], [127, 'sh: nothing: inaccessible or not found\n']);
    match(
      (await adb.run('shell', 'content query --uri content://sms --projection _id --sort _id')).stdout,
      /^Row: 39 _id=40$/m,
    );
    match((await adb.run('exec-out', 'content read --uri content://mms/part/3 | head -c 6')).stdout, /\r\n/);

    const photo = '/sdcard/DCIM/Camera/IMG_2026000003.jpg';
    const pulled = join(folder.path, 'photo.jpg');
    equal((await adb.run('pull', photo, pulled)).status, 0);
    const [hash = ''] = (await adb.run('shell', 'sha256sum', photo)).stdout.split(' ');
    equal((await adb.run('push', pulled, '/sdcard/Pictures/')).status, 0);
    match(
      (await adb.run('shell', 'sha256sum', '/sdcard/Pictures/photo.jpg')).stdout,
      new RegExp(`^${hash} `),
    );

    const apk = join(folder.path, 'given.apk');
    await writeFile(
      apk,
      makeApk({ package: 'org.example.given', versionCode: 1, versionName: '1' }, 100_000, 3),
    );
    match((await adb.run('install', apk)).stdout, /Success/);
    equal(android.packages.has('org.example.given'), true);
  });
}

test('it is full, to the real adb, when it is', async () => {
  await using folder = await temporaryFolder();
  await using adb = await realAdb();
  await using phone = await startPhone(phoneOptions(samplePhone({ freeBytes: 100_000, photos: 0 })));
  await adb.run('connect', `127.0.0.1:${phone.port}`);
  const big = join(folder.path, 'big');
  await writeFile(big, new Uint8Array(200_000));
  const pushed = await adb.run('push', big, '/sdcard/');
  equal(pushed.status, 1);
  match(pushed.stdout + pushed.stderr, /No space left on device/);
});
