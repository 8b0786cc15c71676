import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '@holdfast/testkit';
import {
  generatedContent,
  type PhoneFolder,
  phoneFile,
  phoneFolder,
  type Release,
  type Vendor,
} from '@holdfast/testkit/phone';
import { backUpPhone, giveBack, phoneHaving, phoneToGiveTo, storageOf } from '../test-setup/given-back.ts';
import { contentsOf, ODD_NAME } from '../test-setup/phones.ts';
import { newRepository } from '../test-setup/runs.ts';

const PHONES: readonly (readonly [Release, Vendor])[] = [
  [9, 'aosp'],
  [10, 'xiaomi'],
  [12, 'samsung'],
  [14, 'aosp'],
  [16, 'samsung'],
];

const someStorage = (): PhoneFolder =>
  phoneFolder({
    DCIM: phoneFolder({
      Camera: phoneFolder({
        'a.jpg': phoneFile(seededRandom(1)(50_000), { mtime: 1_600_000_001 }),
        'b.mp4': phoneFile(generatedContent(5, 9_000_000), { mtime: 1_600_000_002 }),
        '.hidden.jpg': phoneFile('hidden'),
      }),
    }),
    Download: phoneFolder({
      empty: phoneFile(''),
      "it's\n$(id)": phoneFile('odd'),
      [ODD_NAME]: phoneFile('?'),
    }),
  });

for (const [release, vendor] of PHONES) {
  test(`it gives files back to a ${vendor} phone with Android ${release}, and finds them there the next time`, async () => {
    const repository = await newRepository();
    const before = phoneHaving(someStorage(), { release, vendor });
    await backUpPhone(repository, before);
    await using other = await phoneToGiveTo(phoneHaving(phoneFolder(), { release, vendor }));

    const first = await giveBack(repository, other.sink, { types: ['photos', 'videos', 'other'] });
    deepEqual({ ...first.summary.balance }, { found: 6, verified: 6, waiting: 0, skipped: 0, failed: 0 });
    equal(first.summary.restoredItems, 6);
    equal(first.summary.index, 'indexed');
    deepEqual(contentsOf(storageOf(other.android)), contentsOf(storageOf(before)));
    const camera = storageOf(other.android, '/storage/emulated/0/DCIM/Camera');
    equal(camera.entries.get('b.mp4')?.mtime, 1_600_000_002);
    const indexed = other.android.database.prepare('SELECT _data FROM files ORDER BY _data').all();
    equal(indexed.length >= 2, true);

    const second = await giveBack(repository, other.sink, { types: ['photos', 'videos', 'other'] });
    deepEqual(Object.keys(second.byReason), ['already-there']);
    equal(second.summary.index, 'nothing-to-index');
  });
}

const text = (folder: PhoneFolder): Readonly<Record<string, string>> =>
  Object.fromEntries(contentsOf(folder));

test('it leaves what has the name as it is, keeps both, or replaces it, as it is told', async () => {
  const repository = await newRepository();
  await backUpPhone(
    repository,
    phoneHaving(phoneFolder({ 'a.txt': phoneFile('ours'), 'b.txt': phoneFile('b') })),
  );
  await using phone = await phoneToGiveTo(phoneHaving(phoneFolder({ 'a.txt': phoneFile('them') })));
  const files = { types: ['documents'] as const };

  const skipped = await giveBack(repository, phone.sink, { ...files });
  deepEqual(skipped.byReason, { conflict: ['files/internal/a.txt'], restored: ['files/internal/b.txt'] });
  for (const expected of ['restored', 'already-there']) {
    const { byReason } = await giveBack(repository, phone.sink, { ...files, conflict: 'rename' });
    deepEqual(byReason[expected]?.includes('files/internal/a.txt'), true);
    deepEqual(text(storageOf(phone.android)), {
      '/a (restored).txt': 'ours',
      '/a.txt': 'them',
      '/b.txt': 'b',
    });
  }
  const { plan, items } = await giveBack(repository, phone.sink, { ...files, conflict: 'overwrite' });
  equal(plan.replaced, 1);
  deepEqual(
    items.filter(({ hasReplaced }) => hasReplaced).map(({ to }) => to),
    ['internal/a.txt'],
  );
  equal(text(storageOf(phone.android))['/a.txt'], 'ours');
});

test('it never takes two names that are one to the phone for two', async () => {
  const repository = await newRepository();
  const names = phoneFolder({
    'A.txt': phoneFile('large'),
    'a.txt': phoneFile('small'),
    'caf\u00e9.txt': phoneFile('composed'),
    'cafe\u0301.txt': phoneFile('in parts'),
    'there.txt': phoneFile('ours'),
  });
  const before = phoneHaving(phoneFolder());
  const shared = storageOf(before);
  // As on storage that tells them apart.
  Object.assign(shared, { entries: names.entries });
  await backUpPhone(repository, before);
  const there = phoneFolder({ 'THERE.txt': phoneFile('theirs') });
  await using phone = await phoneToGiveTo(phoneHaving(there));

  const { byReason } = await giveBack(repository, phone.sink, {
    types: ['documents'],
    conflict: 'overwrite',
  });
  deepEqual(
    byReason['name-collision']?.map((path) => path.slice('files/internal/'.length).normalize('NFC')),
    ['a.txt', 'café.txt', 'there.txt'],
  );
  equal(text(storageOf(phone.android))['/THERE.txt'], 'theirs');

  for (const expected of [3, 5]) {
    const again = await giveBack(repository, phone.sink, { types: ['documents'], conflict: 'rename' });
    equal(again.byReason['already-there']?.length ?? 0, expected === 3 ? 2 : 5);
    equal(again.byReason['name-collision'], undefined);
    deepEqual(Object.values(text(storageOf(phone.android))).toSorted(), [
      'composed',
      'in parts',
      'large',
      'ours',
      'small',
      'theirs',
    ]);
  }
});

test('it says before it writes which names a memory card cannot have, and gives the others', async () => {
  const repository = await newRepository();
  const card = phoneFolder({
    'fine.txt': phoneFile('1'),
    'is it?.txt': phoneFile('2'),
    'dot.': phoneFile('3'),
  });
  const before = phoneHaving(phoneFolder(), { card: phoneFolder() });
  Object.assign(storageOf(before, '/storage/1A2B-3C4D'), { entries: card.entries });
  await backUpPhone(repository, before);
  await using phone = await phoneToGiveTo(phoneHaving(phoneFolder(), { card: phoneFolder() }));
  const { byReason, plan } = await giveBack(repository, phone.sink, { paths: ['files'] });
  deepEqual(byReason, {
    'forbidden-name': ['files/1A2B-3C4D/dot.', 'files/1A2B-3C4D/is it?.txt'],
    restored: ['files/1A2B-3C4D/fine.txt'],
  });
  equal(plan.settled.length, 2);
  deepEqual(text(storageOf(phone.android, '/storage/1A2B-3C4D')), { '/fine.txt': '1' });

  await using without = await phoneToGiveTo(phoneHaving(phoneFolder()));
  const { byReason: lost } = await giveBack(repository, without.sink, { paths: ['files'] });
  deepEqual(Object.keys(lost), ['no-such-card']);
});

test('it goes on when the phone refuses a folder', async () => {
  const repository = await newRepository();
  const app = (...files: string[]): PhoneFolder =>
    phoneFolder(Object.fromEntries(files.map((name) => [name, phoneFile(name)])));
  const data = (inner: PhoneFolder): PhoneFolder =>
    phoneFolder({ Android: phoneFolder({ data: phoneFolder({ 'org.example': inner }) }) });
  await backUpPhone(repository, phoneHaving(data(app('x.bin', 'y.bin'))));
  const closed = phoneFolder({}, { writeRefusal: "couldn't create file: Permission denied" });
  await using phone = await phoneToGiveTo(phoneHaving(data(closed)));
  const { byReason, summary } = await giveBack(repository, phone.sink, { paths: ['files'] });
  deepEqual(Object.keys(byReason), ['phone-refuses-writing']);
  deepEqual({ ...summary.balance }, { found: 2, verified: 0, waiting: 0, skipped: 0, failed: 2 });
});

test('it refuses beforehand what there is no room for, and sets aside what finds none', async () => {
  const repository = await newRepository();
  const files = Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [`${at}.bin`, phoneFile(seededRandom(at)(100_000))]),
  );
  await backUpPhone(repository, phoneHaving(phoneFolder(files)));
  await using small = await phoneToGiveTo(phoneHaving(phoneFolder(), { freeBytes: 500_000 }));
  await rejects(giveBack(repository, small.sink, { paths: ['files'] }), {
    code: 'engine/no-room',
    message:
      /^there is not enough room at [^:]+: 510 kB more are needed, to write 1\.0 MB with \d{3} kB free$/,
  });
  equal(storageOf(small.android).entries.size, 0);

  await using filling = await phoneToGiveTo(phoneHaving(phoneFolder(), { freeBytes: 5_000_000 }));
  Object.assign(filling.android.root.room ?? {}, { bytes: 550_000 });
  const full = await giveBack(repository, filling.sink, { paths: ['files'] });
  deepEqual(Object.keys(full.byReason).toSorted(), ['no-room-there', 'restored']);
  equal(full.items.length, 10);
  equal(storageOf(filling.android).entries.size, full.summary.restoredItems);
  Object.assign(filling.android.root.room ?? {}, { bytes: 5_000_000 });
  const roomy = await giveBack(repository, filling.sink, { paths: ['files'] });
  deepEqual(roomy.summary.alreadyThere, full.summary.restoredItems);
  deepEqual(contentsOf(storageOf(filling.android)), contentsOf(phoneFolder(files)));
});

test('it goes on where the cable was pulled, however often, and everything is there once', async () => {
  const repository = await newRepository();
  const before = phoneHaving(someStorage());
  await backUpPhone(repository, before, ['photos', 'videos', 'documents', 'other', 'audio']);
  const android = phoneHaving(phoneFolder());
  let pulled = 0;
  for (let bytes = 2000; ; bytes += 300) {
    const options = { faults: [{ cutAfterBytes: bytes }] };
    try {
      await using phone = await phoneToGiveTo(android, options);
      await giveBack(repository, phone.sink, { paths: ['files'] });
      break;
    } catch (error) {
      equal((error as { code?: string }).code, 'adb/gone');
      pulled += 1;
    }
  }
  equal(pulled > 3, true);
  deepEqual(contentsOf(storageOf(android)), contentsOf(storageOf(before)));
});
