import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { decodeName } from '@holdfast/kernel';

/** An entry of a folder as a test compares it. */
export interface Seen {
  readonly kind: 'file' | 'folder' | 'symlink' | 'other';
  readonly mode: number;
  readonly mtimeNs: bigint;
  /** Content in Latin-1, or where a link points. */
  readonly content: string;
}

/** Everything below a folder, by path. */
export function lookAt(root: string): Map<string, Seen> {
  const seen = new Map<string, Seen>();
  const at = (path: Buffer): Buffer => Buffer.concat([Buffer.from(`${root}/`), path]);
  const visit = (folder: Buffer): void => {
    for (const name of readdirSync(folder.length === 0 ? root : at(folder), { encoding: 'buffer' })) {
      const path = folder.length === 0 ? name : Buffer.concat([folder, Buffer.from('/'), name]);
      const stat = lstatSync(at(path), { bigint: true });
      const kind = stat.isFile()
        ? 'file'
        : stat.isDirectory()
          ? 'folder'
          : stat.isSymbolicLink()
            ? 'symlink'
            : 'other';
      const content =
        kind === 'file'
          ? readFileSync(at(path)).toString('latin1')
          : kind === 'symlink'
            ? readlinkSync(at(path), { encoding: 'buffer' }).toString('latin1')
            : '';
      seen.set(decodeName(path), { kind, mode: Number(stat.mode) & 0o777, mtimeNs: stat.mtimeNs, content });
      if (kind === 'folder') visit(path);
    }
  };
  visit(Buffer.alloc(0));
  return seen;
}

/** How two folders differ, in words; empty when they are equal. Times may differ by a microsecond; what is neither file, folder nor link is left out. */
export function differences(before: ReadonlyMap<string, Seen>, after: ReadonlyMap<string, Seen>): string[] {
  const found: string[] = [];
  for (const [path, a] of before) {
    const b = after.get(path);
    if (a.kind === 'other') continue;
    if (b === undefined) found.push(`${path} is gone`);
    else if (a.kind !== b.kind) found.push(`${path} is a ${b.kind}`);
    else if (a.content !== b.content) found.push(`${path} has other content`);
    else if (a.mode !== b.mode) found.push(`${path} has mode ${b.mode.toString(8)}`);
    else if (a.mtimeNs - b.mtimeNs > 1000n || b.mtimeNs - a.mtimeNs > 1000n)
      found.push(`${path} has time ${b.mtimeNs}, not ${a.mtimeNs}`);
  }
  for (const path of after.keys()) if (!before.has(path)) found.push(`${path} is new`);
  return found;
}
