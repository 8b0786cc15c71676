import assert from 'node:assert/strict';
import { after } from 'node:test';
import { builtWebApp, openWindow, type Person, type Window } from './person.ts';
import { type TestHome, type TestServer, testHome, testServer } from './test-server.ts';

let opened: Promise<Window> | undefined;
after(async () => await (await opened)?.[Symbol.asyncDispose]());

/** Someone who opens this address, in a browser that all tests of a process share: each person has cookies of their own. */
export const person: Window['person'] = async (...words) =>
  (await (opened ??= openWindow())).person(...words);

/** The app, and someone before it who came in by a link. When it is over, it fails if the server had trouble. */
export interface Scene extends AsyncDisposable {
  readonly home: TestHome;
  readonly server: TestServer;
  readonly ada: Person;
}

/** The app on a computer that sees the phones at these addresses, with a repository in which there is nothing yet. */
export async function openScene(phones: readonly string[] = []): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const home = stack.use(await testHome(phones));
  const server = stack.use(await testServer(home.host, { webFolder: builtWebApp() }));
  const ada = stack.use(await person(server.server.link()));
  const moved = stack.move();
  return {
    home,
    server,
    ada,
    async [Symbol.asyncDispose]() {
      await moved.disposeAsync();
      assert.deepEqual(server.troubles, []);
    },
  };
}
