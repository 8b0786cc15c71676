import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Run } from '@holdfast/contract/api';
import { phoneOptions, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { cableTo } from '../../test-setup/cable.ts';
import { builtWebApp, type Person, withoutBrowser } from '../../test-setup/person.ts';
import { openScene, person } from '../../test-setup/scene.ts';
import { deadPort, testHome } from '../../test-setup/test-server.ts';

const SERVE = join(import.meta.dirname, '../../test-setup/serve.ts');
const ANDROID = { photos: 200, photoBytes: 100_000 };
/** Somewhere among the photos. */
const HALFWAY = 10_000_000;

suite('a backup that is disturbed, in a browser', { skip: withoutBrowser() }, () => {
  test('it goes on before the eyes of who watches, though the page is loaded again and the server killed', async () => {
    await using phone = await startPhone(phoneOptions(samplePhone(ANDROID)));
    await using cable = await cableTo(phone.port);
    await using home = await testHome();
    const words = [home.home, cable.address, String(await deadPort()), builtWebApp()];
    let server = await served(words);
    await using stack = new AsyncDisposableStack();
    stack.defer(() => killed(server.child));
    await using ada = await person(server.link);
    await ada.sees('It was never backed up.');
    cable.hold(HALFWAY);
    await ada.press('Back up now');
    await isSaving(ada);
    await ada.reload();
    await isSaving(ada);
    await killed(server.child);
    await ada.sees('Holdfast does not answer.');
    cable.letGo();
    server = await served(words);
    await ada.missesNow('Holdfast does not answer.');
    await ada.sees('safe and proved');
    const { balance } = await runOf(ada);
    assert.equal(balance.found, balance.verified);
    assert.ok(balance.found > 200);
  });

  test('it says that the phone is gone, and goes on by itself when the cable is back', async () => {
    await using phone = await startPhone(phoneOptions(samplePhone(ANDROID)));
    await using cable = await cableTo(phone.port);
    await using scene = await openScene([cable.address]);
    const { ada } = scene;
    await ada.sees('It was never backed up.');
    cable.hold(HALFWAY);
    await ada.press('Back up now');
    await isSaving(ada);
    cable.pull();
    cable.letGo();
    await ada.page.getByRole('main').getByText('Waiting', { exact: true }).first().waitFor();
    cable.plug();
    await ada.sees('safe and proved');
    const { balance } = await runOf(ada);
    assert.equal(balance.found, balance.verified);
  });

  test('it pauses, goes on and stops as it is told', async () => {
    await using phone = await startPhone(phoneOptions(samplePhone(ANDROID)));
    await using cable = await cableTo(phone.port);
    await using scene = await openScene([cable.address]);
    const { ada } = scene;
    await ada.sees('It was never backed up.');
    cable.hold(HALFWAY);
    await ada.press('Back up now');
    await isSaving(ada);
    await ada.press('Pause');
    await ada.sees('What is safe by now stays safe.');
    await ada.press('Home');
    cable.letGo();
    cable.hold(HALFWAY / 2);
    await ada.press('Go on');
    await isSaving(ada);
    await ada.press('Stop');
    await ada.press('Stop', ada.page.getByRole('dialog'));
    await ada.sees('It was stopped.');
    cable.letGo();
    await ada.press('Try again');
    await ada.sees('safe and proved');
  });
});

/** Waits until a run is seen to save. */
async function isSaving({ page }: Person): Promise<void> {
  await page.getByRole('list', { name: 'Steps' }).getByText('Saving (now)').waitFor();
}

/** What the server says of the run that the address shows. */
async function runOf({ page }: Person): Promise<Run> {
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const answer = await page.request.get(new URL(`/api/runs/${id}`, page.url()).href);
  return (await answer.json()) as Run;
}

async function served(words: readonly string[]): Promise<{ child: ChildProcess; link: string }> {
  const child = spawn(process.execPath, [SERVE, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  while (!text.includes('\n')) text += String(await once(child.stdout, 'data'));
  return { child, link: text.trim() };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
