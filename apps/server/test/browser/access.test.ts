import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { random } from '@holdfast/home/testing';
import { announce, phoneOptions, samplePhone, startPairing, startPhone } from '@holdfast/testkit/phone';
import { AccessPassword } from '#access/password.ts';
import { builtWebApp, withoutBrowser } from '../../test-setup/person.ts';
import { openScene, person } from '../../test-setup/scene.ts';
import { deadPort, testHome, testServer } from '../../test-setup/test-server.ts';

suite('coming in, and phones that are not let in yet, in a browser', { skip: withoutBrowser() }, () => {
  test('it lets in who knows the password, and makes who guesses wait', async () => {
    await using home = await testHome();
    await (await AccessPassword.load(join(home.home, 'access'), random)).set('open sesame');
    await using server = await testServer(home.host, { webFolder: builtWebApp(), address: '0.0.0.0' });
    const address = `http://localhost:${server.port}/`;
    await using ada = await person(address);
    await using bo = await person(address);
    const say = async ({ page }: typeof ada, password: string): Promise<void> => {
      await page.getByLabel('Password').fill(password);
      await page.keyboard.press('Enter');
    };
    await say(ada, 'a guess');
    await ada.sees('That is not the password');
    await say(ada, 'open sesame');
    await ada.page.getByRole('heading', { name: 'Plug in your phone' }).waitFor();
    for (let at = 0; at < 9; at++) {
      const answered = bo.page.waitForResponse(/\/api\/session/);
      await say(bo, `guess ${at}`);
      await answered;
    }
    await bo.sees('Too many tries');
    await say(bo, 'open sesame');
    await bo.sees('Too many tries');
    await ada.reload();
    await ada.page.getByRole('heading', { name: 'Plug in your phone' }).waitFor();
    assert.deepEqual(server.troubles, []);
  });

  test('it says what a link is for that was used already', async () => {
    await using home = await testHome();
    await using server = await testServer(home.host, { webFolder: builtWebApp() });
    const link = server.server.link();
    await using ada = await person(link);
    await ada.page.getByRole('heading', { name: 'Plug in your phone' }).waitFor();
    await using bo = await person(link);
    await bo.sees(/link/i);
    assert.equal(await bo.page.getByText('Plug in your phone').count(), 0);
  });

  test('it says what to do on a phone that has not allowed this computer', async () => {
    await using phone = await startPhone({
      ...phoneOptions(samplePhone({ photos: 0 })),
      prompt: 'ignores',
    });
    await using scene = await openScene([`127.0.0.1:${phone.port}`]);
    const { ada } = scene;
    await ada.page
      .getByRole('region', { name: 'Phones that cannot be used yet' })
      .getByText(/allow/i)
      .first()
      .waitFor();
  });

  test('it takes the code that a phone shows, and says so when it is another', async () => {
    const dnsPort = await deadPort();
    const knownKeys = new Set<string>();
    const guid = 'adb-1234-abCD';
    const options = phoneOptions(samplePhone({ photos: 0, messages: 0, apps: 0 }));
    await using phone = await startPhone({ ...options, isWireless: true, knownKeys });
    await using shown = await startPairing({ code: '592781', guid, knownKeys });
    await using home = await testHome();
    const host = { ...home.host, wireless: { addresses: () => ['127.0.0.1'], port: dnsPort } };
    await using server = await testServer(host, { webFolder: builtWebApp() });
    await using ada = await person(server.server.link());
    await ada.press('Add a phone over Wi-Fi');
    const dialog = ada.page.getByRole('dialog', { name: 'Add a phone over Wi-Fi' });
    await dialog.getByText('Looking for phones that show a code').waitFor();
    await using _pairing = await announce({ kind: 'pairing', name: guid, port: shown.port, dnsPort });
    await dialog.getByText(guid).waitFor();
    const code = dialog.getByLabel('Code on the phone');
    await code.fill('12x');
    assert.equal(await code.inputValue(), '12');
    assert.ok(await dialog.getByRole('button', { name: 'Pair', exact: true }).isDisabled());
    await code.fill('111111');
    await ada.press('Pair', dialog);
    await dialog.getByRole('alert').getByText(/code/).first().waitFor();
    await code.fill('592781');
    await ada.press('Pair', dialog);
    await dialog.waitFor({ state: 'detached' });
    await using _connect = await announce({ kind: 'connect', name: guid, port: phone.port, dnsPort });
    await ada.sees('It was never backed up.');
    assert.deepEqual(server.troubles, []);
  });
});
