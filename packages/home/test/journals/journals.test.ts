import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { journalsIn } from '#journals/journals.ts';
import { homeOf } from '#place/home.ts';
import { testHost } from '../../test-setup/test-host.ts';

test('it keeps what was appended, for whoever opens it again', async () => {
  await using world = await testHost();
  const journal = await journalsIn(world.host, 'fixes').open('one');
  await journal.append({ kind: 'begun' });
  await journal.append({ kind: 'done' });
  const again = await journalsIn(world.host, 'fixes').open('one');
  await again.append({ kind: 'undone' });
  assert.deepEqual(await journalsIn(world.host, 'fixes').all(), [
    { name: 'one', entries: [{ kind: 'begun' }, { kind: 'done' }, { kind: 'undone' }] },
  ]);
  const folder = join(homeOf(world.host).folder, 'fixes');
  assert.deepEqual(await readdir(folder), ['one.json']);
});

test('it leaves out what makes no sense, and what an interruption left', async () => {
  await using world = await testHost();
  const folder = join(homeOf(world.host).folder, 'fixes');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'torn.json'), '{"kind":"beg');
  await writeFile(join(folder, 'one.json.new'), 'half');
  await writeFile(join(folder, 'Not A Name.json'), '{}');
  const journals = journalsIn(world.host, 'fixes');
  assert.deepEqual(await journals.all(), []);
  await (await journals.open('one')).append({ kind: 'begun' });
  assert.deepEqual(await journals.all(), [{ name: 'one', entries: [{ kind: 'begun' }] }]);
});

test('it keeps the two hundred newest', async () => {
  await using world = await testHost();
  const journals = journalsIn(world.host, 'fixes');
  for (let number = 0; number < 203; number++)
    await (await journals.open(`at-${String(number).padStart(4, '0')}`)).append({ number });
  const names = (await journals.all()).map(({ name }) => name).toSorted();
  assert.equal(names.length, 200);
  assert.equal(names[0], 'at-0003');
});
