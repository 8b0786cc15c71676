import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Run } from '@holdfast/contract/api';
import { provoke, samplePhone } from '@holdfast/testkit/phone';
import { phoneInSight } from '../../test-setup/phones.ts';
import { testWorld } from '../../test-setup/test-world.ts';

const small = {
  photos: 2,
  messages: 0,
  multimedia: 0,
  contacts: 0,
  calls: 0,
  events: 0,
  now: () => Date.now(),
};

test('it finds what is stuck, mends it, and puts it back', async () => {
  const android = samplePhone(small);
  provoke(android, 'background-restricted');
  await using world = await testWorld();
  await using sight = await phoneInSight(android);
  const { other } = sight;
  const first = await world.run(['doctor'], other);
  assert.equal(first.status, 3, first.stderr);
  assert.match(
    first.stdout,
    /may not run in the background[^]*Try next: holdfast doctor --fix allow-background/,
  );
  const asked = await world.run(['doctor', '--fix', 'allow-background'], other);
  assert.equal(asked.status, 1);
  const fixed = await world.lines(['doctor', '--fix', 'allow-background', '--yes'], other);
  assert.equal(fixed.status, 0);
  assert.deepEqual(
    fixed.out.map(({ type }) => type),
    ['fix-plan', 'fix'],
  );
  const record = fixed.out[1];
  assert.ok(record?.type === 'fix' && record.canBeUndone);
  assert.equal((await world.run(['doctor'], other)).status, 0);
  const undone = await world.run(['doctor', '--undo', record.id], other);
  assert.match(undone.stdout, /Undone/);
  assert.equal((await world.run(['doctor'], other)).status, 3);
  assert.match((await world.run(['doctor', '--records'], other)).stdout, /Undone/);
});

test('it saves everything, and proves it, before it clears data', async () => {
  const android = samplePhone(small);
  await using world = await testWorld();
  await using sight = await phoneInSight(android);
  const { other } = sight;
  const words = ['doctor', '--fix', 'clear-data'];
  assert.equal((await world.run([...words, '--yes'], other)).status, 1);
  assert.equal((await world.run(words, { ...other, answers: ['lose it'] })).status, 1);
  assert.equal(android.photos.isBackupOn, true);
  const told = await world.run(words, { ...other, answers: ['', 'y'] });
  assert.match(told.stderr, /the audit found none missing/);
  assert.equal(android.photos.isBackupOn, false);
});

test('it says what to check on an iPhone, and what cannot be told, without asking any phone', async () => {
  await using world = await testWorld();
  const { status, stdout } = await world.run(['doctor', '--iphone']);
  assert.equal(status, 0);
  assert.match(
    stdout,
    /cannot see into[^]*how full the Google account is[^]*\n1\. See what Google Photos says/,
  );
  const { out } = await world.lines(['doctor', '--iphone']);
  assert.ok(out[0]?.type === 'iphone-guide' && out[0].steps.length > 5);
});

test('it says what is wrong with Holdfast itself', async () => {
  await using world = await testWorld();
  const { status, out } = await world.lines(['doctor', '--self']);
  assert.equal(status, 0);
  assert.equal(out[0]?.type, 'own-doctor');
});

test('it says what a phone refuses, and below it what to do', async () => {
  const android = samplePhone({ ...small, vendor: 'xiaomi' });
  provoke(android, 'no-photo-access');
  await using world = await testWorld();
  await using sight = await phoneInSight(android);
  const { status, stdout } = await world.run(['doctor', '--fix', 'allow-photos', '--yes'], sight.other);
  assert.equal(status, 3);
  const lines = stdout.split('\n');
  const said = lines.findIndex((line) => line.startsWith('  Let it read photos: the phone does not let'));
  assert.match(lines[said + 1] ?? '', /^ {2}→ Owners of such phones report/);
  assert.doesNotMatch(stdout, /\\n|denied → denied/);
  const { stdout: kept } = await world.run(['doctor', '--records'], sight.other);
  assert.match(kept, /^Let Google Photos see all photos and videos \(\d{4}-\d\d-\d\d \d\d:\d\d\)\n/);
});

test('it breaks its lines between words, on a terminal as narrow as that', async () => {
  const android = samplePhone(small);
  for (const code of ['metered-wifi', 'standby-rare', 'clock-by-hand']) provoke(android, code);
  await using world = await testWorld();
  await using sight = await phoneInSight(android);
  const env = { ...sight.other.env, NO_COLOR: '1' };
  const lines = (await world.run(['doctor'], { env, columns: 48 })).stdout.split('\n');
  assert.deepEqual(
    lines.filter((line) => line.length > 47),
    [],
  );
  assert.ok(lines.some((line) => line.startsWith('    ')));
});

test('it says in the report that a fix was cut off, and puts back what it changed', async () => {
  const android = samplePhone(small);
  await using world = await testWorld();
  await using sight = await phoneInSight(android);
  const { other } = sight;
  provoke(android, 'background-restricted');
  const fixed = await world.lines(['doctor', '--fix', 'allow-background', '--yes'], other);
  const record = fixed.out[1];
  assert.ok(record?.type === 'fix');
  // As if the program had ended before it looked whether something moved.
  const path = join(world.home, 'fixes', `${record.id}.json`);
  const journal = (await readFile(path, 'utf8')).split('\n');
  await writeFile(path, journal.filter((line) => !line.includes('"done"')).join('\n'), { mode: 0o600 });
  const { stdout } = await world.run(['doctor'], other);
  assert.match(
    stdout,
    new RegExp(`^.*\n.*\n\n“.*” was cut off\\. To put back what was: holdfast doctor --undo ${record.id}`),
  );
  assert.equal((await world.run(['doctor', '--undo', record.id], other)).status, 0);
  assert.doesNotMatch((await world.run(['doctor'], other)).stdout, /was cut off/);
});

test('it names the fix for the other cause once one was mended', async () => {
  const android = samplePhone(small);
  for (const code of ['data-saver', 'battery-saver']) provoke(android, code);
  await using world = await testWorld();
  await using sight = await phoneInSight(android);
  const { other } = sight;
  assert.equal((await world.run(['doctor', '--fix', 'battery-saver-off', '--yes'], other)).status, 0);
  assert.match(
    (await world.run(['doctor'], other)).stdout,
    /It moved after “Turn battery saver off”\. One cause remains[^]*Try next: holdfast doctor --fix data-saver-exempt/,
  );
});

test('it names the fix that was meant, or all there are', async () => {
  await using world = await testWorld();
  await using sight = await phoneInSight(samplePhone(small));
  const meant = await world.run(['doctor', '--fix', 'alow-photos'], sight.other);
  assert.equal(meant.status, 2);
  assert.match(meant.stderr, /Did you mean "allow-photos"\?/);
  const none = await world.run(['doctor', '--fix', 'x'.repeat(30)], sight.other);
  assert.match(none.stderr, /All there are: open-app, .*back-up-here\./);
});

const RUN: Run = {
  id: '20260314t092653-00000001',
  kind: 'backup',
  device: { id: 'android-0123456789abcdef', name: 'Pixel', kind: 'android' },
  startedBy: 'person',
  began: '2026-03-14T09:26:53Z',
  state: { kind: 'running', phase: 'saving' },
  balance: { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 },
  items: { done: 0 },
  bytes: { done: 0 },
  setAside: 0,
  lastSetAside: [],
};

const runs: readonly (readonly [what: string, run: Partial<Run>, says: RegExp])[] = [
  [
    'failed',
    { state: { kind: 'failed', problem: { code: 'a/b', message: 'The drive is full', hint: 'Make room.' } } },
    /^The last run failed\.[^]*Backup of Pixel: The drive is full\.\n {2}→ Make room\./,
  ],
  [
    'goes on with the app only',
    {},
    /^A run waits\.[^]*app is not running\.\n {2}→ Start it with "holdfast serve"/,
  ],
  ['was paused by a person', { state: { kind: 'paused' } }, /^Nothing is wrong/],
];
for (const [what, run, says] of runs)
  test(`it says of a run of the app's in the home folder that it ${what}`, async () => {
    await using world = await testWorld();
    await mkdir(join(world.home, 'runs'), { mode: 0o700 });
    const view = { ...RUN, ...run };
    const journal = { request: { kind: 'backup', device: RUN.device?.id }, wants: 'run', view };
    await writeFile(join(world.home, 'runs', `${RUN.id}.json`), JSON.stringify(journal), { mode: 0o600 });
    const { status, stdout } = await world.run(['doctor', '--self']);
    assert.match(stdout, says);
    assert.equal(status, stdout.startsWith('Nothing') ? 0 : 3);
  });
