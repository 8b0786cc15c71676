import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { parseAppFacts, parseSettings } from '@holdfast/records';
import { nodeAt, type Release, type Vendor } from '@holdfast/testkit/phone';
import { given, samplePhoneWith } from '../../../test-setup/sample-phones.ts';

const PHONES: readonly (readonly [Release, Vendor])[] = [
  [9, 'samsung'],
  [10, 'aosp'],
  [12, 'xiaomi'],
  [14, 'samsung'],
  [16, 'aosp'],
];

for (const [release, vendor] of PHONES) {
  test(`it reads every app of a ${vendor} phone with Android ${release}`, async () => {
    await using phone = await samplePhoneWith({ release, vendor, apps: 12 });
    const { root, packages } = phone.android;
    const apps = await given(phone.source, 'apps');
    const own = [...packages.values()].filter(({ isSystem }) => !isSystem);
    const files = own.flatMap(({ name, files: names }) => names.map((file) => `apps/${name}/${file}`));
    const paths = [...files, ...own.map(({ name }) => `apps/${name}/app.json`)];
    deepEqual([...apps.files.keys()].toSorted(), paths.toSorted());
    for (const app of own) {
      for (const file of app.files) {
        const node = nodeAt(root, `${app.codePath}/${file}`);
        ok(node?.kind === 'file' && node.content instanceof Uint8Array);
        deepEqual(apps.files.get(`apps/${app.name}/${file}`), node.content);
        const entry = apps.entries.get(`apps/${app.name}/${file}`);
        ok(entry?.kind === 'file');
        deepEqual([entry.sizeBytes, entry.made], [node.content.length, { items: 0, isFixed: true }]);
      }
      const facts = parseAppFacts(apps.files.get(`apps/${app.name}/app.json`) ?? new Uint8Array(0));
      deepEqual(
        [facts.package, facts.versionName, facts.versionCode, facts.installer, facts.apks.length],
        [app.name, app.versionName, String(app.versionCode), app.installer, app.files.length],
      );
      deepEqual([facts.firstInstallTime?.slice(0, 4), facts.lastUpdateTime?.slice(0, 4)], ['2025', '2026']);
      equal(apps.records.get(`apps/${app.name}/app.json`)?.[0]?.kind, 'app');
    }
  });

  test(`it reads every setting of a ${vendor} phone with Android ${release}`, async () => {
    await using phone = await samplePhoneWith({ release, vendor }, ({ settings }) => {
      settings.system.set('word', 'NULL').set('none', 'null');
      settings.secure.set('forged', 'x\nRow: 3 _id=4, value=y\nRow: 2 _id=3, value=').set('last', '\n');
    });
    const found = await given(phone.source, 'settings');
    const { settings, networks } = parseSettings(
      found.files.get('settings/settings.json') ?? new Uint8Array(0),
    );
    const tables = phone.android.settings;
    for (const namespace of ['system', 'secure', 'global'] as const) {
      const read = settings.filter((each) => each.namespace === namespace);
      deepEqual(new Map(read.map(({ key, value }) => [key, value])), tables[namespace], namespace);
    }
    const entry = found.entries.get('settings/settings.json');
    equal(entry?.kind === 'file' && entry.made?.items, settings.length);
    equal(found.records.get('settings/settings.json')?.length, settings.length);
    deepEqual(
      networks,
      release < 11
        ? []
        : [
            { name: 'Tide, House', security: 'wpa2-psk' },
            { name: '.Café "Lua"', security: 'open' },
            { name: 'A name of thirty-two characters', security: 'wpa2-psk' },
            { name: 'Office', security: 'wpa2-eap' },
          ],
    );
  });
}

test('it says so when it does not understand which networks are saved', async () => {
  await using phone = await samplePhoneWith({}, ({ faults }) => {
    faults.push({ on: 'list-networks', kind: 'garbage' });
  });
  const { records } = await given(phone.source, 'settings');
  const bad = records.get('settings/settings.json')?.filter(({ reason }) => reason !== undefined);
  deepEqual(
    bad?.map(({ key, reason }) => [key, reason]),
    [['saved-networks', 'read-error']],
  );
});

test('it has what is known of an app without a dump that it understands', async () => {
  await using phone = await samplePhoneWith({ apps: 1 }, ({ faults }) => {
    faults.push({ on: 'dumpsys package', kind: 'garbage' });
  });
  const { files } = await given(phone.source, 'apps');
  const facts = parseAppFacts(files.get('apps/org.example.tides/app.json') ?? new Uint8Array(0));
  deepEqual([facts.versionName, facts.apks.length], [undefined, 4]);
});

test('it says which apps are not there, and that a list is not understood', async () => {
  await using phone = await samplePhoneWith({ apps: 3 }, ({ faults }) => {
    faults.push({ on: 'pm path --user 0 org.example.keys', kind: 'garbage' });
  });
  const { entries } = await given(phone.source, 'apps');
  const problem = entries.get('apps/org.example.keys');
  equal(problem?.kind === 'problem' && problem.reason, 'read-error');
  phone.android.faults.push({ on: 'pm list', kind: 'garbage' });
  const again = await given(phone.source, 'apps');
  deepEqual([...again.entries.keys()], ['apps/packages']);
});

test('it fails for a package file that an update replaced after it was listed', async () => {
  await using phone = await samplePhoneWith({ apps: 1 });
  for await (const _ of phone.source.walk());
  const app = phone.android.packages.get('org.example.tides');
  const folder = nodeAt(phone.android.root, app?.codePath ?? '');
  ok(folder?.kind === 'folder');
  folder.entries.clear();
  await rejects(Array.fromAsync(phone.source.read('apps/org.example.tides/base.apk')), {
    code: 'devices/vanished',
  });
});
