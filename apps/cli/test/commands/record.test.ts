import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPhone, parseTranscript } from '@holdfast/devices/android';
import { replay } from '@holdfast/devices/testing';
import { phoneFile, phoneFolder, samplePhone } from '@holdfast/testkit/phone';
import { envOf, phoneInSight } from '../../test-setup/phones.ts';
import { testWorld } from '../../test-setup/test-world.ts';

const small = () =>
  samplePhone({
    storage: phoneFolder({ Download: phoneFolder({ 'qzvkjwyh.pdf': phoneFile('four') }) }),
    serial: 'QZVKJWYH',
    messages: 3,
    apps: 0,
  });

test('it writes a masked transcript of what the phones in sight say, for nobody else to read', async () => {
  await using world = await testWorld();
  await using here = await phoneInSight(small());
  const told = await world.run(['devices', '--record', 'phone.jsonl'], here.other);
  assert.equal(told.status, 0, told.stderr);
  const path = join(world.path, 'phone.jsonl');
  assert.match(
    told.stderr,
    /^Wrote a masked transcript to .*phone\.jsonl\.\n→ Look through it before you send it/,
  );
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  const text = await readFile(path, 'utf8');
  assert.doesNotMatch(text, /qzvk/i);
  const phone = await openPhone(replay(text));
  assert.equal(phone.modelName, 'Google Pixel 8');
});

test('it writes one of a backup, also of one that ends badly', async () => {
  await using world = await testWorld();
  await using here = await phoneInSight(small(), { faults: [{}, { cutAfterBytes: 20_000 }] });
  const broken = await world.run(['backup', '--record', 'broken.jsonl'], here.other);
  assert.equal(broken.status, 1);
  const whole = await world.run(['backup', '--record', 'whole.jsonl'], here.other);
  assert.equal(whole.status, 0, whole.stderr);
  const texts = await Promise.all(
    ['broken.jsonl', 'whole.jsonl'].map((name) => readFile(join(world.path, name), 'utf8')),
  );
  for (const text of texts) assert.doesNotMatch(text, /qzvk/i);
  const [ended = [], all = []] = texts.map((text) =>
    parseTranscript(text).flatMap((line) => ('ended' in line ? [line.ended] : [])),
  );
  assert.ok(ended.includes('adb/gone'), ended.join());
  assert.ok(all.length > ended.length && !all.includes('adb/gone'));
});

test('it never writes over a file, and asks no phone before', async () => {
  await using world = await testWorld();
  await using here = await phoneInSight(small());
  await writeFile(join(world.path, 'mine.txt'), 'mine');
  const told = await world.run(['devices', '--record', 'mine.txt'], here.other);
  assert.equal(told.status, 1);
  assert.match(told.stderr, /There is something at .*mine\.txt already \(cli\/out-file\)\n→ Name a new file/);
  assert.equal(await readFile(join(world.path, 'mine.txt'), 'utf8'), 'mine');
  assert.deepEqual(here.phone.services, []);
  const nowhere = await world.run(['devices', '--record', 'no/folder/x'], here.other);
  assert.match(nowhere.stderr, /Cannot make .*\(ENOENT\) \(home\/folder\)/);
});

test('it writes a transcript that says so when no phone is in sight', async () => {
  await using world = await testWorld();
  const told = await world.run(['devices', '--record', 'none.jsonl'], { env: await envOf([]) });
  assert.equal(told.status, 0, told.stderr);
  const lines = parseTranscript(await readFile(join(world.path, 'none.jsonl'), 'utf8'));
  assert.deepEqual(
    lines.map(({ type }) => type),
    ['transcript'],
  );
});
