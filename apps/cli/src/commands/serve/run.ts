import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { homeOf, makePrivateFolder } from '@holdfast/home';
import { Failure } from '@holdfast/kernel';
import { AccessPassword, type RunningServer, startServer } from '@holdfast/server';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { CLI_FAILURES, usage } from '#failures.ts';
import { failureLine, failureText } from '#output/failure-text.ts';
import { chosenPassword } from '#passwords/chosen-password.ts';
import { VERSION } from '#program.ts';
import type { ServeGiven } from './table.ts';

/** It runs all day, mostly idle: garbage may grow to a third of what is in use, not to as much again. */
const SPARE_MEMORY = '--heap-growing-percent=30';

/** As the app's settings take them. */
const SHORTEST_PASSWORD = 8;

/** Starts the app, and ends it when asked. */
export async function run(
  given: GivenOptions<ServeGiven>,
  _words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  if (given.setPassword) return await setPassword(given.newPasswordFile, context);
  if (given.newPasswordFile !== undefined)
    throw usage('--new-password-file goes with --set-password.', 'serve');
  const { world, host, screen } = context;
  const { signal } = world;
  signal.throwIfAborted();
  setFlagsFromString(SPARE_MEMORY);
  await using server = await startServer({
    host,
    port: given.port,
    ...(given.host !== undefined && { address: given.host }),
    version: VERSION,
    webFolder: world.webFolder,
    onBug: (error) =>
      screen.failure(
        failureLine(error),
        failureText(error, true, (text) => text),
      ),
  });
  const link = server.link();
  const isOpened = !given.noOpen && !screen.isJson && ((await world.openLink?.(link)) ?? false);
  await screen.result({ type: 'serving', url: server.url, link }, describe(server, link, isOpened));
  await screen.flush();
  await aborted(signal);
  return 0;
}

function describe({ url, isNetwork }: RunningServer, link: string, isOpened: boolean): string {
  return [
    `Holdfast runs at ${url}${isNetwork ? ', for other computers too' : ''}`,
    isOpened ? 'Your browser opens it. If it does not, open this link:' : 'Open this link in a browser:',
    `  ${link}`,
    'It is good once, for a quarter of an hour. Ctrl-C ends Holdfast.',
  ].join('\n');
}

async function setPassword(file: string | undefined, context: Context): Promise<ExitCode> {
  const { host, screen } = context;
  const password = await chosenPassword(context, file);
  if (password.length < SHORTEST_PASSWORD)
    throw new Failure(CLI_FAILURES.declined, 'That is too short for an access password', {
      hint: `Choose one of ${SHORTEST_PASSWORD} characters or more: others of the network could guess it.`,
    });
  const { folder } = homeOf(host);
  await makePrivateFolder(folder);
  const path = join(folder, 'access');
  await (await AccessPassword.load(path, host.random)).set(password);
  await screen.result(
    { type: 'written', path },
    'The access password is set. Start the app for other computers with "holdfast serve --host 0.0.0.0".',
  );
  return 0;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
