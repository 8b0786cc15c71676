import { equal } from 'node:assert/strict';
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createStage, finishStage } from '@holdfast/local-files';
import { temporaryFolder } from '@holdfast/testkit';

for (const occupied of ['keep', 'replace'] as const) {
  test(`it never gives a name to a stage that another run has begun meanwhile (${occupied})`, async () => {
    await using folder = await temporaryFolder();
    const paths = { stagePath: join(folder.path, '.part'), path: join(folder.path, 'photo') };
    const staged = { ...paths, traits: { mode: 0o600, mtimeNs: 1n }, occupied };
    const first = createStage(paths.stagePath);
    writeSync(first, 'whole');
    const second = createStage(paths.stagePath);
    writeSync(second, 'who');
    equal(finishStage(first, staged), false);
    equal(existsSync(paths.path), false);
    writeSync(second, 'le');
    equal(finishStage(second, staged), true);
    equal(readFileSync(paths.path, 'utf8'), 'whole');
    equal(existsSync(paths.stagePath), false);
  });
}
