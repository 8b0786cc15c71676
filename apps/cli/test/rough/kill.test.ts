import { test } from 'node:test';
import { chosenSeed, killOften } from '../../test-setup/kill.ts';

test('it loses nothing to ten kills', async (t) => {
  const seed = chosenSeed();
  const log = (line: string): void => t.diagnostic(line);
  await killOften({ times: 10, seed, commands: [['backup', 'FOLDER']], mostMs: 1200, log });
});
