import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Settings } from '@holdfast/contract/api';
import {
  channelWithSecrets,
  DEFAULT_RULES,
  DEFAULT_SETTINGS,
  retentionFor,
  rulesOf,
  SettingsFile,
  withoutSecrets,
  withSecretsOf,
} from '@holdfast/home';
import fc from 'fast-check';
import { machineIn } from '../../test-setup/machine.ts';

const SMTP = {
  kind: 'smtp',
  host: 'mail.example.org',
  port: 465,
  isTls: true,
  username: 'me',
  password: 'swordfish',
  from: 'me@example.org',
  to: 'you@example.org',
} as const;
const NTFY = { kind: 'ntfy', url: 'https://ntfy.example.org/topic', token: 'tk_swordfish' } as const;
const CHANNELS: Settings = { ...DEFAULT_SETTINGS, channels: [SMTP, NTFY] };

suite('settings', () => {
  test('it gives defaults where nobody chose anything, and writes nothing for that', async () => {
    await using own = await machineIn();
    const file = await SettingsFile.load(own.machine);
    deepEqual(file.settings, DEFAULT_SETTINGS);
    deepEqual(file.rulesOf('phone-1'), DEFAULT_RULES);
    deepEqual([file.folders, file.removed, file.ruled, file.keptAside], [[], [], [], undefined]);
    equal(await stat(join(own.folder, 'settings.json')).catch(() => 'none'), 'none');
  });

  test('it keeps what was chosen, for its owner alone', async () => {
    await using own = await machineIn();
    const file = await SettingsFile.load(own.machine);
    const rules = {
      ...DEFAULT_RULES,
      isOn: true,
      foldersOff: ['files/internal/\udcff'],
      minBatteryPercent: 20,
    };
    await Promise.all([
      file.setRules('phone-1', rules),
      file.setSettings(CHANNELS),
      file.addFolder('/a'),
      file.addFolder('/b'),
      file.addFolder('/a'),
    ]);
    await file.removeFolder('/b');
    const again = await SettingsFile.load(own.machine);
    deepEqual(
      [again.rulesOf('phone-1'), again.settings, again.folders, again.keptAside],
      [rules, CHANNELS, ['/a'], undefined],
    );
    deepEqual(await rulesOf(own.machine, 'phone-1'), rules);
    equal((await stat(join(own.folder, 'settings.json'))).mode & 0o777, 0o600);
  });

  test('it turns backup on when a person backed a device up, unless they chose otherwise', async () => {
    await using own = await machineIn();
    const file = await SettingsFile.load(own.machine);
    await file.backedUpByHand('phone-1');
    equal(file.rulesOf('phone-1').isOn, true);
    await file.setRules('phone-1', { ...DEFAULT_RULES, isOn: false });
    await file.backedUpByHand('phone-1');
    equal(file.rulesOf('phone-1').isOn, false);
  });

  test('it takes devices off the first screen, off too, and puts them back', async () => {
    await using own = await machineIn();
    const file = await SettingsFile.load(own.machine);
    await file.backedUpByHand('phone-1');
    await file.setRemoved('phone-1', true);
    deepEqual([file.removed, file.rulesOf('phone-1').isOn], [['phone-1'], false]);
    await file.setRemoved('phone-1', false);
    deepEqual(file.removed, []);
  });

  test('it keeps a damaged file aside, and what of it makes sense', async () => {
    await using own = await machineIn();
    const file = await SettingsFile.load(own.machine);
    await file.setRules('good', { ...DEFAULT_RULES, isOn: true });
    await file.setSettings(CHANNELS);
    const path = join(own.folder, 'settings.json');
    const text = (await readFile(path, 'utf8')).replace('"checkEveryDays": 7', '"checkEveryDays": 900');
    await writeFile(path, text);
    const again = await SettingsFile.load(own.machine);
    ok(again.keptAside !== undefined);
    equal(await readFile(again.keptAside, 'utf8'), text);
    deepEqual([again.settings, again.rulesOf('good').isOn], [DEFAULT_SETTINGS, true]);
    equal((await SettingsFile.load(own.machine)).keptAside, undefined);
  });

  test('it is not brought down by anything that a file may say', async () => {
    await using own = await machineIn();
    const path = join(own.folder, 'settings.json');
    await SettingsFile.load(own.machine).then((file) => file.addFolder('/a'));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        await writeFile(path, text);
        const file = await SettingsFile.load(own.machine);
        deepEqual([file.settings, file.folders], [DEFAULT_SETTINGS, []]);
      }),
      { numRuns: 30 },
    );
  });
});

suite('secrets of settings', () => {
  test('it leaves them out', () => {
    ok(!JSON.stringify(withoutSecrets(CHANNELS)).includes('swordfish'));
  });

  test('it puts them back where they were', () => {
    deepEqual(withSecretsOf(withoutSecrets(CHANNELS), CHANNELS), CHANNELS);
  });

  test('it never gives one to another server, nor to a line that is not encrypted', () => {
    const { password: _password, ...smtp } = SMTP;
    for (const other of [{ host: 'evil.example' }, { isTls: false }, { port: 25 }, { username: 'you' }])
      equal('password' in channelWithSecrets({ ...smtp, ...other }, CHANNELS), false);
    deepEqual(channelWithSecrets({ kind: 'ntfy', url: 'https://evil.example/topic' }, CHANNELS), {
      kind: 'ntfy',
      url: 'https://evil.example/topic',
    });
  });

  test('it takes a new one', () => {
    deepEqual(channelWithSecrets({ ...NTFY, token: 'new' }, CHANNELS), { ...NTFY, token: 'new' });
  });
});

suite('retention', () => {
  test('it is the device’s own where it has one', () => {
    const all = { retention: { keepDaily: 7 } };
    deepEqual(retentionFor({ retention: {} }, all), { keepDaily: 7 });
    deepEqual(retentionFor({ retention: { keepLast: 0 } }, all), { keepDaily: 7 });
    deepEqual(retentionFor({ retention: { keepLast: 3 } }, all), { keepLast: 3 });
  });
});
