import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { listSnapshots } from '@holdfast/repository';
import { temporaryFolder } from '@holdfast/testkit';
import { newRepository, runBackup, sourceOf } from '../test-setup/runs.ts';

test('it gives two devices of one name host names of their own, and each its own last backup', async () => {
  await using folder = await temporaryFolder();
  const repository = await newRepository();
  const places = ['one', 'two'].map((each) => join(folder.path, each, 'photos'));
  for (const place of places) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'a.txt'), place);
  }
  for (let round = 0; round < 2; round++)
    for (const place of places) await runBackup(repository, await sourceOf(place));
  const { entries } = await listSnapshots(repository);
  const [one, two, ...second] = entries;
  equal(one?.snapshot.hostname, 'photos');
  match(two?.snapshot.hostname ?? '', /^photos \([0-9a-f]{4}\)$/);
  deepEqual(
    second.map(({ snapshot }) => [snapshot.hostname, snapshot.parent]),
    [one, two].map((each) => [each?.snapshot.hostname, each?.id]),
  );
});
