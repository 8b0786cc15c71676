import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { fakeClock } from '@holdfast/testkit';
import { Screen, type ScreenOptions } from '#output/screen.ts';
import type { World } from '#world.ts';

/** A screen on a terminal, or on files, and what has been printed in the order in which it got there. */
function screenOn(
  isTTY: boolean,
  options: Partial<ScreenOptions> = {},
): { screen: Screen; printed: string[] } {
  const printed: string[] = [];
  const outlet = (write: (text: string) => Promise<void>): World['stdout'] => ({
    isTTY,
    columns: 80,
    write: (chunk) => write(String(chunk)),
  });
  const world: Pick<World, 'clock' | 'env' | 'stderr' | 'stdout'> = {
    clock: fakeClock(),
    env: {},
    stdout: outlet(async (text) => {
      printed.push(text);
    }),
    // Slower than the other, as one stream may be.
    stderr: outlet(async (text) => {
      await setImmediate();
      printed.push(text);
    }),
  };
  const screen = new Screen(world as World, { isJson: false, isQuiet: false, noColor: true, ...options });
  return { screen, printed };
}

test('it takes the bar away before a result is printed where the bar was', async () => {
  const { screen, printed } = screenOn(true);
  screen.progress().update(() => ({ phase: 'Saving' }));
  await screen.text('done');
  await screen.finish();
  assert.deepEqual(printed, ['\r\x1b[2KSaving ', '\r\x1b[2K', 'done\n']);
});

test('it leaves notes out when told to be quiet, but not what is missing from the results', async () => {
  const { screen, printed } = screenOn(false, { isQuiet: true });
  screen.note('looking');
  screen.trouble('one is damaged');
  screen.progress().update(() => ({ phase: 'Saving' }));
  await screen.finish();
  assert.deepEqual(printed, ['one is damaged\n']);
});

test('it prints lines for programs without what only people need', async () => {
  const { screen, printed } = screenOn(false, { isJson: true });
  screen.note('created\n');
  await screen.text('a heading');
  await screen.result({ type: 'unlock', removed: 0 }, 'There was no lock.');
  await screen.finish();
  assert.deepEqual(printed.toSorted(), [
    '{"type":"note","message":"created"}\n',
    '{"type":"unlock","removed":0}\n',
  ]);
});
