import assert from 'node:assert/strict';
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '@holdfast/testkit';
import { type TestWorld, worldWithBackup } from './test-world.ts';

/** Every file of a world's repository with what it holds, but for locks. */
export async function contentOf({ home }: TestWorld): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const path of await filesBelow(join(home, 'repository')))
    if (!path.includes('/locks/')) files.set(path, (await readFile(path)).toString('base64'));
  return files;
}

/** Flips one byte in the middle of the largest pack, which holds file content, and gives the pack's id. */
export async function damagePack({ home }: TestWorld): Promise<string> {
  let largest = { path: '', size: -1 };
  for (const path of await filesBelow(join(home, 'repository', 'data'))) {
    const { size } = await stat(path);
    if (size > largest.size) largest = { path, size };
  }
  const bytes = await readFile(largest.path);
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await chmod(largest.path, 0o600);
  await writeFile(largest.path, bytes);
  return largest.path.slice(-64);
}

/** Takes all index files away. */
export async function removeIndexes({ home }: TestWorld): Promise<void> {
  for (const path of await filesBelow(join(home, 'repository', 'index'))) await rm(path, { force: true });
}

/** A world with a backup of `pictures` whose largest pack holds content that does not compress. */
export async function worldWithNoise(): Promise<TestWorld> {
  const world = await worldWithBackup();
  await writeFile(join(world.path, 'pictures', 'noise.bin'), seededRandom(7)(100_000));
  const told = await world.run(['backup', 'pictures']);
  assert.equal(told.status, 0, told.stderr);
  return world;
}

/** A world with two backups of `pictures`; the second lacks `2026/dog.jpg`. */
export async function worldWithTwoBackups(): Promise<TestWorld> {
  const world = await worldWithBackup();
  await rm(join(world.path, 'pictures', '2026', 'dog.jpg'));
  const told = await world.run(['backup', 'pictures']);
  assert.equal(told.status, 0, told.stderr);
  return world;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
