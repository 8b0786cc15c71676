import { equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { suite, test } from 'node:test';
import { openCatalog } from '@holdfast/catalog';
import { balances } from '@holdfast/contract';
import { fakeClock, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { assertBalanced } from '../../test-setup/ledger-check.ts';

const SEED = 20260314;
const script = new URL('../../test-setup/busy-writer.ts', import.meta.url).pathname;

/** Starts a writer and kills it in the middle of what follows the line it has printed last. */
async function killedAfter(lines: number, path: string, device: string, seed: number): Promise<void> {
  const writer = spawn(process.execPath, [script, path, device, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(writer, 'exit');
  let seen = 0;
  for await (const _line of createInterface({ input: writer.stdout })) {
    seen += 1;
    if (seen >= lines) writer.kill('SIGKILL');
  }
  const [, signal] = await exit;
  equal(signal, 'SIGKILL');
}

suite('a ledger whose process is killed', () => {
  test(`it opens again and balances, alone and beside another (seed ${SEED})`, async () => {
    await using temporary = await temporaryFolder();
    const path = join(temporary.path, 'catalog.sqlite');
    const random = seededRandom(SEED);
    for (let round = 0; round < 4; round++) {
      const [first = 0, second = 0] = random(2);
      await Promise.all([
        killedAfter(1 + (first % 60), path, 'phone-1', first),
        killedAfter(1 + (second % 60), path, round % 2 === 0 ? 'phone-1' : 'phone-2', second),
      ]);
      assertBalanced(path);
      using catalog = openCatalog(path, { clock: fakeClock() });
      const devices = await catalog.devices();
      ok(devices.length > 0);
      for (const { id } of devices) {
        const { present, gone } = await catalog.balance(id);
        ok(balances(present) && balances(gone));
        ok(present.found > 0);
      }
    }
  });
});
