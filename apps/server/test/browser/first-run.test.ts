import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { restic, temporaryFolder } from '@holdfast/testkit';
import { phoneOptions, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { builtWebApp, withoutBrowser } from '../../test-setup/person.ts';
import { person } from '../../test-setup/scene.ts';
import { deadPort, hostIn, testServer } from '../../test-setup/test-server.ts';

suite('the first time, in a browser', { skip: withoutBrowser() }, () => {
  test('it carries a person from nothing to a proved backup', async () => {
    await using folder = await temporaryFolder();
    const port = await deadPort();
    const host = await hostIn(`${folder.path}/home`, [`127.0.0.1:${port}`]);
    await using server = await testServer(host, { webFolder: builtWebApp() });
    await using ada = await person(server.server.link());
    await ada.page.getByRole('heading', { name: 'Plug in your phone' }).waitFor();
    await ada.sees('Looking for a phone');

    await using _phone = await startPhone({ ...phoneOptions(samplePhone({ photos: 60 })), port });
    await ada.page.getByRole('article').waitFor();
    await ada.sees('It was never backed up.');
    await ada.press('Back up now');
    await ada.page.waitForURL(/\/runs\//);
    await ada.sees('safe and proved');
    await ada.press('Home');
    await ada.sees('You are safe');
    const card = await server.card(({ state }) => state === 'safe');
    assert.equal(card.balance.found, card.balance.verified);
    const password = (await readFile(`${folder.path}/home/password`, 'utf8')).trim();
    // The app looks at the new backup meanwhile, under a lock of its own.
    const checked = await restic(['check', '--read-data', '--no-lock'], {
      repository: `${folder.path}/home/repository`,
      password,
    });
    assert.equal(checked.status, 0, checked.stderr);
    assert.deepEqual(server.troubles, []);
  });
});
