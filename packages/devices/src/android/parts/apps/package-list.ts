import { type Told, told, unrecognised } from '../../facts/told.ts';

const PACKAGE = /^[A-Za-z][\w]*(\.[\w]+)+$/;

/** Names that `pm list packages -f` prints: `package:PATH=NAME`, where the path may have a `=` too. */
export function parsePackageList(output: string): Told<readonly string[]> {
  const names: string[] = [];
  for (const line of linesOf(output)) {
    if (!line.startsWith('package:')) continue;
    const name = line.slice(line.lastIndexOf('=') + 1);
    if (!line.includes('=') || !PACKAGE.test(name)) return unrecognised(output);
    names.push(name);
  }
  return names.length === 0 && output.trim() !== '' ? unrecognised(output) : told(names);
}

/** Paths that `pm path` prints, one for each file of a package; each file's name once. */
export function parsePackagePaths(output: string): Told<readonly string[]> {
  const paths = linesOf(output).filter((line) => line.startsWith('package:'));
  const found = paths.map((line) => line.slice('package:'.length));
  const names = new Set(found.map(nameOfFile));
  const isSound =
    found.length > 0 && names.size === found.length && found.every((path) => /^\/.*\/[^/]+$/.test(path));
  return isSound ? told(found) : unrecognised(output);
}

/** The last part of a path. */
export const nameOfFile = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What is not ended is not whole. */
const linesOf = (output: string): string[] => output.split(/\r?\n/).slice(0, -1);
