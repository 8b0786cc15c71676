import { test } from 'node:test';
import { chosenSeed, killOften } from '../../test-setup/kill.ts';

test('it loses nothing to twenty kills of backup and prune', async (t) => {
  const seed = chosenSeed();
  const log = (line: string): void => t.diagnostic(line);
  const commands = [['backup', 'FOLDER'], ['prune']];
  await killOften({ times: 20, seed, commands, mostMs: 1200, log });
});
