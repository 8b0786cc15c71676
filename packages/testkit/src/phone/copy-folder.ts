import { closeSync, openSync, readSync } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { decodeName } from '@holdfast/kernel';
import type { LazyContent } from './content.ts';
import type { PhoneFolder, PhoneNode } from './tree.ts';

const SLASH = Buffer.from('/');

/**
 * A phone's folder with everything that is in a folder of this computer, names of any bytes, modes and times; pipes and such
 * left out. Contents stay where they are, and are read when the phone is asked for them.
 */
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
  if (stat.isFile()) return { ...facts, kind: 'file', content: fileContent(path, stat.size) };
  if (!stat.isSymbolicLink()) return undefined;
  return { ...facts, kind: 'link', target: decodeName(await readlink(path, { encoding: 'buffer' })) };
}

const fileContent = (path: Buffer, sizeBytes: number): LazyContent => ({
  sizeBytes,
  read(offset, length) {
    const file = openSync(path, 'r');
    try {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - offset)));
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
    } finally {
      closeSync(file);
    }
  },
});

const factsOf = (mode: number, mtimeMs: number): { mode: number; mtime: number } => ({
  mode: mode & 0o7777,
  mtime: Math.floor(mtimeMs / 1000),
});
