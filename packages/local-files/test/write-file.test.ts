import { equal, rejects } from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ByteSource } from '@holdfast/kernel';
import { hashFile, type Occupied, type StagedFile, writeFile } from '@holdfast/local-files';
import { temporaryFolder } from '@holdfast/testkit';

async function* words(...all: readonly (string | Error)[]): ByteSource {
  for (const each of all) {
    if (each instanceof Error) throw each;
    yield Buffer.from(each);
  }
}

const staged = (folder: string, occupied: Occupied): StagedFile => ({
  stagePath: join(folder, '.part'),
  path: join(folder, 'list'),
  traits: { mode: 0o640, mtimeNs: 1_700_000_000_000_000_000n },
  occupied,
});

for (const [before, occupied, outcome, after] of [
  [undefined, 'keep', 'named', 'one two'],
  ['mine', 'keep', 'taken', 'mine'],
  ['mine', 'replace', 'named', 'one two'],
] as const) {
  test(`it writes a stream to a name that ${before === undefined ? 'is free' : 'is taken'} (${occupied})`, async () => {
    await using folder = await temporaryFolder();
    const file = staged(folder.path, occupied);
    if (before !== undefined) writeFileSync(file.path, before);
    equal(await writeFile(file, words('one ', '', 'two')), outcome);
    equal(readFileSync(file.path, 'utf8'), after);
    equal(readdirSync(folder.path).length, 1);
    if (outcome === 'named') equal(statSync(file.path).mtimeMs, 1_700_000_000_000);
  });
}

test('it leaves nothing of a stream that fails', async () => {
  await using folder = await temporaryFolder();
  const lost = new Error('lost');
  await rejects(writeFile(staged(folder.path, 'keep'), words('one', lost)), lost);
  equal(readdirSync(folder.path).length, 0);
});

test('it hashes an ordinary file of a length, and nothing else', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'abc');
  writeFileSync(path, 'abc');
  // SHA-256 of "abc", FIPS 180-2 appendix B.1.
  equal(hashFile(path, 3), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  equal(hashFile(path, 4), undefined);
  equal(hashFile(folder.path, 3), undefined);
});
