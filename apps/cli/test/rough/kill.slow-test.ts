import { test } from 'node:test';
import { chosenSeed, killOften } from '../../test-setup/kill.ts';

test('it loses nothing to two hundred kills of backup, forget and prune', async (t) => {
  const seed = chosenSeed();
  const log = (line: string): void => t.diagnostic(line);
  const backup = ['backup', 'FOLDER'];
  const commands = [backup, ['prune'], backup, ['forget', '--keep-last', '5']];
  await killOften({ times: 200, seed, commands, mostMs: 2000, log });
});
