import { execFileSync } from 'node:child_process';

/** What a zip holds, by name, as Info-ZIP reads it, each member checked. */
export function unzipped(path: string): Map<string, Uint8Array> {
  execFileSync('unzip', ['-tqq', path]);
  const names = execFileSync('unzip', ['-Z1', path]).toString().trim().split('\n');
  return new Map(
    names.map((name) => [
      name,
      // A name with these is a pattern to it.
      new Uint8Array(execFileSync('unzip', ['-p', path, name.replace(/[[\]*?\\]/g, '\\$&')])),
    ]),
  );
}
