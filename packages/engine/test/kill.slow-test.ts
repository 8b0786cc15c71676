import { test } from 'node:test';
import { killOften } from '../test-setup/kill.ts';

test('it loses nothing to two hundred kills of backup and prune', async (t) => {
  const seed = Date.now() % 2 ** 32;
  const log = (line: string): void => t.diagnostic(line);
  await killOften({ times: 200, seed, commands: [['backup', 'FOLDER'], ['prune']], mostMs: 2000, log });
});
