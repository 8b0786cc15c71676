import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { phoneOptions, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { builtWebApp, hasBrowser, openWindow, type Person, type Window } from '../../test-setup/person.ts';
import { deadPort, testHome, testServer } from '../../test-setup/test-server.ts';

const SERVE = join(import.meta.dirname, '../../test-setup/serve.ts');
const ANDROID = { photos: 500, photoBytes: 100_000 };

suite('a backup that is disturbed, in a browser', { skip: !hasBrowser() }, () => {
  let window: Window;
  before(async () => {
    window = await openWindow();
  });
  after(async () => await window[Symbol.asyncDispose]());

  test('it goes on before the eyes of who watches, though the page is loaded again and the server killed', async () => {
    await using phone = await startPhone(phoneOptions(samplePhone(ANDROID)));
    await using home = await testHome();
    const words = [home.home, `${phone.host}:${phone.port}`, String(await deadPort()), builtWebApp()];
    let server = await served(words);
    await using stack = new AsyncDisposableStack();
    stack.defer(() => killed(server.child));
    await using ada = await window.person(server.link);
    await ada.press('Back up now');
    await isSaving(ada);
    await ada.reload();
    await isSaving(ada);
    await killed(server.child);
    await ada.sees('Holdfast does not answer.');
    server = await served(words);
    await ada.missesNow('Holdfast does not answer.');
    await ada.sees('safe and proved');
    const { balance } = await answerOf<{ balance: Record<string, number> }>(ada, 'runs');
    assert.equal(balance['found'], balance['verified']);
    assert.ok((balance['found'] ?? 0) > 500);
  });

  test('it goes on by itself when the cable is back', async () => {
    const port = await deadPort();
    const android = samplePhone(ANDROID);
    await using home = await testHome([`127.0.0.1:${port}`]);
    await using server = await testServer(home.host, { webFolder: builtWebApp() });
    await using ada = await window.person(server.server.link());
    {
      await using phone = await startPhone({ ...phoneOptions(android), port });
      await ada.press('Back up now');
      await isSaving(ada);
      phone.unplug();
    }
    await ada.page.getByRole('status').filter({ hasText: /[Cc]onnect|cable|Plug/ }).first().waitFor();
    await using _again = await startPhone({ ...phoneOptions(android), port });
    await ada.sees('safe and proved');
    assert.deepEqual(server.troubles, []);
  });

  test('it pauses, goes on and stops as it is told', async () => {
    await using phone = await startPhone(phoneOptions(samplePhone(ANDROID)));
    await using home = await testHome([`${phone.host}:${phone.port}`]);
    await using server = await testServer(home.host, { webFolder: builtWebApp() });
    await using ada = await window.person(server.server.link());
    await ada.press('Back up now');
    await isSaving(ada);
    await ada.press('Pause');
    await ada.sees('What is safe by now stays safe.');
    await ada.press('Home');
    await ada.press('Go on');
    await isSaving(ada);
    await ada.press('Stop');
    const dialog = ada.page.getByRole('dialog');
    await ada.press('Stop', dialog);
    await ada.sees('It was stopped.');
    await ada.press('Try again');
    await ada.sees('safe and proved');
    assert.deepEqual(server.troubles, []);
  });
});

/** Waits until a run is seen to save, and some of it is saved. */
async function isSaving({ page }: Person): Promise<void> {
  await page.getByRole('list', { name: 'Steps' }).getByText('Saving (now)').waitFor();
}

/** What the app's server says of what the address shows. */
async function answerOf<T>({ page }: Person, what: string): Promise<T> {
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const answer = await page.request.get(new URL(`/api/${what}/${id}`, page.url()).href);
  return (await answer.json()) as T;
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
