import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly os?: readonly string[];
}

/** The part of package-lock.json (lockfileVersion 3) that matters here. */
export interface LockFile {
  packages: Record<string, LockedPackage>;
}

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

/**
 * Adds to a lock file the platform packages that npm left out, and gives their names.
 *
 * npm drops an optional package from the lock file when the registry in use does not have it (a partial mirror), and `npm ci` then
 * refuses that very lock file as out of step. An added entry has no checksum, and is downloaded only on the platform it is for.
 */
export function completeLock(lock: LockFile): string[] {
  const added: string[] = [];
  for (const { optionalDependencies = {}, dev } of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const key = `node_modules/${name}`;
      const platform = platformOf(name);
      if (lock.packages[key] !== undefined || platform === undefined || !/^\d+\.\d+\.\d+$/.test(version))
        continue;
      const { cpu, libc, os } = platform;
      const isDev = dev === true ? { dev } : {};
      lock.packages[key] = { version, cpu, ...isDev, ...(libc && { libc }), optional: true, os };
      added.push(name);
    }
  }
  const inOrder = Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(inOrder);
  return added;
}

/** What a package for one platform is for, by the words of its name, as such packages are named: `@x/y-linux-arm64-musl`. */
function platformOf(name: string): { os: string[]; cpu: string[]; libc: string[] | undefined } | undefined {
  const words = name.split(/[-/]/);
  const system = words.find((word) => SYSTEMS.includes(word));
  const processor = words.find((word) => PROCESSORS.includes(word));
  if (system === undefined || processor === undefined) return undefined;
  const isMusl = words.some((word) => word.startsWith('musl'));
  const isGlibc = words.some((word) => word.startsWith('gnu'));
  return { os: [system], cpu: [processor], libc: isMusl ? ['musl'] : isGlibc ? ['glibc'] : undefined };
}

if (import.meta.main) {
  const path = join(import.meta.dirname, '../package-lock.json');
  const lock = JSON.parse(readFileSync(path, 'utf8')) as LockFile;
  const added = completeLock(lock);
  if (added.length > 0) writeFileSync(path, `${JSON.stringify(lock, undefined, 2)}\n`);
  process.stdout.write(`${added.length} platform packages added to package-lock.json\n`);
}
