import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { lookAt, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { generatedContent, phoneFile, phoneFolder } from '@holdfast/testkit/phone';
import { contentsOf, ODD_NAME, phoneWith } from '../test-setup/phones.ts';
import { findingsOf, newRepository, runBackup, runRestore } from '../test-setup/runs.ts';

for (const threads of [0, 2]) {
  test(`it backs the files of a phone up and gives them back, with ${threads} threads`, async () => {
    await using folder = await temporaryFolder();
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`IMG_${at}.jpg`, phoneFile(seededRandom(at)(1000 + at))]),
    );
    const storage = phoneFolder({
      DCIM: phoneFolder({
        Camera: phoneFolder({
          ...many,
          'photo.jpg': phoneFile(seededRandom(4)(700_000)),
          'video.mp4': phoneFile(generatedContent(5, 30_000_000)),
        }),
      }),
      Android: phoneFolder({ data: phoneFolder({ 'com.example': phoneFolder({ state: phoneFile('s') }) }) }),
      Download: phoneFolder({ empty: phoneFile(''), 'a\nb': phoneFile('odd'), [ODD_NAME]: phoneFile('?') }),
    });
    await using phone = await phoneWith(storage);
    const repository = await newRepository();

    const first = await runBackup(repository, phone.source, { threads });
    deepEqual({ ...first.summary.balance }, { found: 306, verified: 306, waiting: 0, skipped: 0, failed: 0 });
    deepEqual(await findingsOf(repository), []);

    await runRestore(repository, folder.path);
    const restored = new Map<string, string>();
    const volume = `files/${phone.source.device.name}/internal`;
    for (const [path, { kind, content }] of lookAt(folder.path))
      if (kind === 'file' && path.startsWith(volume)) restored.set(path.slice(volume.length), content);
    deepEqual(restored, contentsOf(storage));

    const services = phone.phone.services.length;
    const second = await runBackup(repository, phone.source, { threads });
    deepEqual([second.summary.newBytes, second.summary.balance.verified], [0, 306]);
    // One stream to look at the root, one to walk.
    equal(phone.phone.services.length - services, 2);
  });
}

for (const [size, length] of [
  ['small', 10],
  ['large', 300_000],
] as const) {
  test(`it keeps a ${size} file that changed after it was listed as what it was when it was read`, async () => {
    const [before, after] = [seededRandom(1)(length), seededRandom(2)(length)];
    const folder = phoneFolder();
    const old = phoneFile(before, { mtime: 1000 });
    const changing = {
      sizeBytes: length,
      read: (offset: number, bytes: number) => {
        folder.entries.set('a', phoneFile(after, { mtime: 2000 }));
        return before.subarray(offset, offset + bytes);
      },
    };
    folder.entries.set('a', phoneFile(changing, { mtime: 1000 }));
    await using phone = await phoneWith(phoneFolder({ DCIM: folder }));
    const repository = await newRepository();
    const told: unknown[] = [];
    await runBackup(repository, phone.source, {}, (event) => {
      if (event.kind === 'saved') told.push(event.asRead?.mtimeNs);
    });
    deepEqual(told, [2_000_000_000_000n]);
    const second = await runBackup(repository, phone.source);
    equal(second.events.filter(({ kind }) => kind === 'saved').length, 0);

    // What the listing said before the change must not stand for what was read after it.
    folder.entries.set('a', old);
    await runBackup(repository, phone.source);
    await using to = await temporaryFolder();
    await runRestore(repository, to.path);
    const [restored] = [...lookAt(to.path)].filter(([path]) => path.endsWith('/DCIM/a'));
    equal(restored?.[1].content, Buffer.from(before).toString('latin1'));
    equal(restored?.[1].mtimeNs, 1_000_000_000_000n);
  });
}
