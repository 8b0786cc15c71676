import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { isFailure } from '@holdfast/kernel';
import {
  type Apk,
  type AppFacts,
  formatAppFacts,
  formatSettings,
  parseAppFacts,
  parseSettings,
  type SavedNetwork,
  type Settings,
} from '@holdfast/records';
import fc from 'fast-check';
import { hostileBytes } from '../../test-setup/hostile-bytes.ts';
import { columnNames, partly, texts } from '../../test-setup/texts.ts';

const isMalformed = (error: unknown): boolean => isFailure(error, 'records/malformed');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const apks: fc.Arbitrary<Apk> = fc.record(
  { name: texts, sizeBytes: fc.maxSafeNat(), sha256: texts },
  { requiredKeys: ['name', 'sizeBytes'], noNullPrototype: true },
);
const apps: fc.Arbitrary<AppFacts> = fc
  .tuple(
    texts,
    fc.array(apks, { maxLength: 2 }),
    partly<Omit<AppFacts, 'kind' | 'package' | 'apks'>>({
      label: texts,
      versionName: texts,
      versionCode: texts,
      installer: texts,
      firstInstallTime: texts,
      lastUpdateTime: texts,
    }),
  )
  .map(([name, files, facts]) => ({ kind: 'app', package: name, apks: files, ...facts }));

const networks: fc.Arbitrary<SavedNetwork> = fc.record(
  { name: texts, security: texts },
  { requiredKeys: ['name'], noNullPrototype: true },
);
const settings: fc.Arbitrary<Settings> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(fc.constantFrom('system', 'secure', '__proto__'), columnNames, texts), {
      selector: ([namespace, key]) => JSON.stringify([namespace, key]),
      maxLength: 5,
    }),
    fc.array(networks, { maxLength: 2 }),
  )
  .map(([entries, known]) => ({
    settings: entries.map(([namespace, key, value]) => ({ kind: 'setting', namespace, key, value })),
    networks: known,
  }));

suite('app.json', () => {
  test('it reads what it wrote', () => {
    fc.assert(fc.property(apps, (app) => assert.deepEqual(parseAppFacts(formatAppFacts(app)), app)));
  });

  test('it is JSON for people', () => {
    const app: AppFacts = {
      kind: 'app',
      package: 'org.example',
      versionCode: '7',
      apks: [{ name: 'base.apk', sizeBytes: 3 }],
    };
    const text = new TextDecoder().decode(formatAppFacts(app));
    assert.equal(
      text,
      '{\n  "package": "org.example",\n  "versionCode": "7",\n  "apks": [\n    {\n      "name": "base.apk",\n      "sizeBytes": 3\n    }\n  ]\n}\n',
    );
  });

  for (const [text, why] of [
    ['', 'it is not a JSON document'],
    ['[]', 'it is not an object'],
    ['{}', 'the package is missing'],
    ['{"package":"a"}', 'the list of its files is missing'],
    ['{"package":"a","apks":[1]}', 'a file is no object'],
    ['{"package":"a","apks":[{}]}', 'a file has no name'],
    ['{"package":"a","apks":[{"name":"b","sizeBytes":-1}]}', 'a file has no size'],
    ['{"package":"a","apks":[],"label":1}', 'label is no text'],
  ] as const) {
    test(`it refuses ${text}: ${why}`, () => {
      assert.throws(() => parseAppFacts(bytes(text)), {
        code: 'records/malformed',
        message: `app.json is damaged: ${why}`,
      });
    });
  }

  test('it reads any bytes or refuses them', () => {
    fc.assert(
      fc.property(hostileBytes(['{"package":"a"', ',"apks":[', ']}', '\xff']), (some) => {
        try {
          parseAppFacts(some);
        } catch (error) {
          assert.ok(isMalformed(error));
        }
      }),
    );
  });
});

suite('settings.json', () => {
  test('it reads what it wrote', () => {
    const sorted = ({ settings: all, networks: known }: Settings): unknown => [
      all.map(({ namespace, key, value }) => JSON.stringify([namespace, key, value])).toSorted(),
      known,
    ];
    fc.assert(
      fc.property(settings, (all) =>
        assert.deepEqual(sorted(parseSettings(formatSettings(all))), sorted(all)),
      ),
    );
  });

  for (const [text, why] of [
    ['{}', 'the settings are missing'],
    ['{"settings":{}}', 'the list of networks is missing'],
    ['{"settings":{"system":1},"networks":[]}', 'a namespace is no object'],
    ['{"settings":{"system":{"a":1}},"networks":[]}', 'a setting is no text'],
    ['{"settings":{},"networks":[1]}', 'a network is no object'],
    ['{"settings":{},"networks":[{}]}', 'a network has no name'],
  ] as const) {
    test(`it refuses ${text}: ${why}`, () => {
      assert.throws(() => parseSettings(bytes(text)), {
        code: 'records/malformed',
        message: `settings.json is damaged: ${why}`,
      });
    });
  }
});
