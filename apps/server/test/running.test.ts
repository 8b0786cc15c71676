import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { claimHome } from '#running.ts';
import { testHome } from '../test-setup/test-server.ts';

const left: [what: string, text: string | undefined][] = [
  ['nothing', undefined],
  ['what a dead process left', '{"hostname":"elsewhere","pid":1,"since":"2026-01-01T00:00:00Z"}'],
  ['what makes no sense', '{"half'],
];

suite('a claim of a home', () => {
  for (const [what, text] of left)
    test(`it goes to one of those that begin in the same moment, with ${what} there`, async () => {
      await using home = await testHome();
      const path = join(home.path, 'server.json');
      if (text !== undefined) await writeFile(path, text);
      const hosts = [1, 2, 3, 4].map((pid) => ({
        ...home.host,
        identity: { ...home.host.identity, pid },
        isProcessAlive: () => true,
      }));
      const claims = await Promise.allSettled(hosts.map((host) => claimHome(path, host)));
      const [claim, ...more] = claims.filter(({ status }) => status === 'fulfilled');
      assert.deepEqual(more, []);
      for (const each of claims)
        if (each.status === 'rejected') assert.ok(isFailure(each.reason, 'server/running'));
      if (claim?.status === 'fulfilled') await claim.value[Symbol.asyncDispose]();
      await using again = await claimHome(path, hosts[1] ?? home.host);
      assert.ok(again);
    });

  test('it goes by what names a process whatever the clock says, where the system tells', async () => {
    await using home = await testHome();
    const path = join(home.path, 'server.json');
    const marks = new Map([[1, 'boot 100']]);
    // As after the clock was set forward: all that runs seems to have begun just now.
    const isProcessAlive = (): boolean => false;
    const processMark = (pid: number): string | undefined => marks.get(pid);
    const [first, second] = [1, 2].map((pid) => ({
      ...home.host,
      identity: { ...home.host.identity, pid },
      isProcessAlive,
      processMark,
    }));
    assert.ok(first && second);
    await using _claim = await claimHome(path, first);
    await assert.rejects(claimHome(path, second), { code: 'server/running' });
    // Another that got its number.
    marks.set(1, 'boot 200');
    await using again = await claimHome(path, second);
    assert.ok(again);
  });
});
