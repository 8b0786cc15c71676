import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Android,
  contentBytes,
  nodeAt,
  type Release,
  samplePhone,
  type Vendor,
} from '@holdfast/testkit/phone';
import { backUpPhone, giveBack, phoneToGiveTo } from '../test-setup/given-back.ts';
import { newRepository } from '../test-setup/runs.ts';

const PHONES: readonly (readonly [Release, Vendor])[] = [
  [9, 'samsung'],
  [10, 'xiaomi'],
  [12, 'samsung'],
  [14, 'aosp'],
  [16, 'samsung'],
];

const APPS = { types: ['apps'] as const };

const phoneWith = (options: Parameters<typeof samplePhone>[0] = {}): Android => {
  const android = samplePhone({
    photos: 0,
    messages: 0,
    multimedia: 0,
    contacts: 0,
    calls: 0,
    events: 0,
    ...options,
  });
  android.isSecurityOpen = true;
  return android;
};

/** Apps of the person's own, with the sizes of their files. */
const appsOf = (android: Android): readonly unknown[] =>
  [...android.packages.values()]
    .filter(({ isSystem }) => !isSystem)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, versionCode, installer, files, codePath }) => [
      name,
      versionCode,
      installer,
      files.toSorted().map((file) => {
        const node = nodeAt(android.root, `${codePath}/${file}`);
        return [file, node?.kind === 'file' ? contentBytes(node.content) : -1];
      }),
    ]);

for (const [release, vendor] of PHONES) {
  test(`it installs apps with all their parts on another ${vendor} phone with Android ${release}, once`, async () => {
    const repository = await newRepository();
    const before = phoneWith({ release, vendor });
    await backUpPhone(repository, before, ['apps']);
    await using phone = await phoneToGiveTo(phoneWith({ release, vendor, apps: 0 }));
    const first = await giveBack(repository, phone.sink, APPS);
    deepEqual([Object.keys(first.byReason), first.items.length], [['restored'], 3]);
    deepEqual(appsOf(phone.android), appsOf(before));
    const second = await giveBack(repository, phone.sink, APPS);
    deepEqual(Object.keys(second.byReason), ['already-there']);
    equal(phone.android.installs.size, 0);
  });
}

test('it says what the phone has against an app, and gives the others', async () => {
  const repository = await newRepository();
  await backUpPhone(repository, phoneWith(), ['apps']);
  const android = phoneWith({ apps: 0, vendor: 'xiaomi' });
  android.isSecurityOpen = false;
  await using phone = await phoneToGiveTo(android);
  const given = await giveBack(repository, phone.sink, APPS);
  deepEqual(Object.keys(given.byReason), ['app-refused']);
  match(given.items[0]?.detail ?? '', /^INSTALL_FAILED_USER_RESTRICTED: .*"Install via USB"/);
});

test('it replaces an older version only when it is told to, and a newer one never', async () => {
  const repository = await newRepository();
  await backUpPhone(repository, phoneWith(), ['apps']);
  const android = phoneWith();
  const [first, second] = [...android.packages.values()].filter(({ isSystem }) => !isSystem);
  if (first === undefined || second === undefined) throw new Error('too few apps');
  first.versionCode -= 1;
  second.versionCode += 1;
  await using phone = await phoneToGiveTo(android);
  const skipped = await giveBack(repository, phone.sink, APPS);
  deepEqual(
    Object.entries(skipped.byReason)
      .map(([reason, paths]) => `${reason} ${paths.length}`)
      .toSorted(),
    ['already-there 1', 'conflict 1', 'newer-there 1'],
  );
  const replaced = await giveBack(repository, phone.sink, { ...APPS, conflict: 'overwrite' });
  equal(replaced.plan.replaced, 1);
  deepEqual(
    replaced.items.filter(({ hasReplaced }) => hasReplaced).map(({ reason }) => reason),
    ['restored'],
  );
  deepEqual(Object.keys(replaced.byReason).toSorted(), ['already-there', 'newer-there', 'restored']);
});

test('it goes on where the cable was pulled in the middle of an app', async () => {
  const repository = await newRepository();
  const before = phoneWith();
  await backUpPhone(repository, before, ['apps']);
  const android = phoneWith({ apps: 0 });
  let pulled = 0;
  for (let bytes = 2000; ; bytes += 150) {
    try {
      await using phone = await phoneToGiveTo(android, { faults: [{ cutAfterBytes: bytes }] });
      await giveBack(repository, phone.sink, APPS);
      break;
    } catch (error) {
      equal((error as { code?: string }).code, 'adb/gone');
      pulled += 1;
    }
  }
  equal(pulled > 2, true);
  deepEqual(appsOf(android), appsOf(before));
});
