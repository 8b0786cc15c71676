import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { decodeName } from '@holdfast/kernel';
import type { PhoneFolder, PhoneNode } from './tree.ts';

const SLASH = Buffer.from('/');

/** A phone's folder with everything that is in a folder of this computer, names of any bytes, modes and times; pipes and such left out. */
export async function copyFolder(path: string): Promise<PhoneFolder> {
  const { mode, mtimeMs } = await lstat(path);
  return { ...factsOf(mode, mtimeMs), kind: 'folder', entries: await entriesOf(Buffer.from(path)) };
}

async function entriesOf(path: Buffer): Promise<Map<string, PhoneNode>> {
  const entries = new Map<string, PhoneNode>();
  for (const name of await readdir(path, { encoding: 'buffer' })) {
    const node = await copyNode(Buffer.concat([path, SLASH, name]));
    if (node !== undefined) entries.set(decodeName(name), node);
  }
  return entries;
}

async function copyNode(path: Buffer): Promise<PhoneNode | undefined> {
  const stat = await lstat(path);
  const facts = factsOf(stat.mode, stat.mtimeMs);
  if (stat.isDirectory()) return { ...facts, kind: 'folder', entries: await entriesOf(path) };
  if (stat.isFile()) return { ...facts, kind: 'file', content: new Uint8Array(await readFile(path)) };
  if (!stat.isSymbolicLink()) return undefined;
  return { ...facts, kind: 'link', target: decodeName(await readlink(path, { encoding: 'buffer' })) };
}

const factsOf = (mode: number, mtimeMs: number): { mode: number; mtime: number } => ({
  mode: mode & 0o7777,
  mtime: Math.floor(mtimeMs / 1000),
});
