import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { balances } from '@holdfast/contract';
import { temporaryFolder } from '@holdfast/testkit';
import { canBeNobody } from '../../test-setup/account.ts';
import { bound } from '../../test-setup/mounts.ts';
import { holdfast } from '../../test-setup/process.ts';
import { parseLines, testWorld } from '../../test-setup/test-world.ts';

const NOBODY = 65_534;

test('it names what the account may not read, with what to do, and backs up the rest', async (t) => {
  if (!canBeNobody(t)) return;
  await using folder = await temporaryFolder();
  chmodSync(folder.path, 0o755);
  const from = join(folder.path, 'from');
  const home = join(folder.path, 'home');
  for (const name of ['open', 'closed', 'unlisted']) {
    mkdirSync(join(from, name), { recursive: true });
    writeFileSync(join(from, name, 'in'), name);
  }
  writeFileSync(join(from, 'mode 0'), 'mine');
  writeFileSync(join(from, 'of root'), 'its own');
  chmodSync(join(from, 'of root'), 0o600);
  chownSync(join(from, 'mode 0'), NOBODY, NOBODY);
  chmodSync(join(from, 'mode 0'), 0);
  chmodSync(join(from, 'closed'), 0o700);
  // Its names may be read, what they name may not be looked at.
  chmodSync(join(from, 'unlisted'), 0o744);
  mkdirSync(home);
  chownSync(home, NOBODY, NOBODY);
  const told = await holdfast(['backup', from, '--json'], { home, uid: NOBODY });
  assert.equal(told.status, 3, told.stderr);
  const lines = parseLines(told.stdout);
  const failed = lines.flatMap((line) => (line.type === 'item' ? [line] : []));
  assert.deepEqual(failed.map(({ path }) => path).toSorted(), ['closed', 'mode 0', 'of root', 'unlisted/in']);
  for (const { state, reason, remedy, detail } of failed) {
    assert.deepEqual([state, reason], ['failed', 'access-denied']);
    assert.match(remedy ?? '', /permission/);
    assert.match(detail ?? '', /^EACCES/);
  }
  const backup = lines.find((line) => line.type === 'backup');
  assert.deepEqual(backup?.type === 'backup' && backup.balance, {
    found: 5,
    verified: 1,
    waiting: 0,
    skipped: 0,
    failed: 4,
  });
  const closed = await holdfast(['backup', join(from, 'closed')], { home, uid: NOBODY });
  assert.equal(closed.status, 1);
  assert.match(closed.stderr, /does not allow access to .*closed.*\n→ Give the account/);
});

test('it goes round no loop of links or mounts, and skips what holds no content, with the reason', async (t) => {
  await using world = await testWorld();
  const from = join(world.path, 'from');
  mkdirSync(join(from, 'deep', 'again'), { recursive: true });
  mkdirSync(join(from, 'own', 'inside'), { recursive: true });
  writeFileSync(join(from, 'deep', 'f'), 'once');
  symlinkSync('b', join(from, 'a'));
  symlinkSync('a', join(from, 'b'));
  symlinkSync('.', join(from, 'self'));
  symlinkSync('../..', join(from, 'deep', 'up'));
  execFileSync('mkfifo', [join(from, 'pipe')]);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(from, 'socket'), resolve));
  try {
    using again = bound(t, from, join(from, 'deep', 'again'));
    if (again === undefined) return;
    using inside = bound(t, join(from, 'own'), join(from, 'own', 'inside'));
    if (inside === undefined) return;
    if (process.getuid?.() === 0) execFileSync('mknod', [join(from, 'null'), 'c', '1', '3']);
    const { status, out } = await world.lines(['backup', 'from']);
    assert.equal(status, 0);
    const skipped = out.flatMap((line) => (line.type === 'item' ? [`${line.path}: ${line.reason}`] : []));
    assert.deepEqual(skipped.toSorted(), [
      'deep/again: folder-loop',
      'null: special-file',
      'own/inside: folder-loop',
      'pipe: special-file',
      'socket: special-file',
    ]);
    const done = out.at(-1);
    assert.ok(done?.type === 'backup' && balances(done.balance));
    assert.equal(done.balance.verified, 5);
  } finally {
    server.close();
  }
});
