import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Measured, measure } from './measure.ts';

/** A job both programs do, and how much faster ours is to be. */
export interface BenchJob {
  readonly name: string;
  readonly target: number;
  /** Prepares what is measured, unmeasured; then each program is run once. */
  ours(): Promise<Measured>;
  restic(): Promise<Measured>;
}

const PASSWORD = 'bench';

/** The jobs of the table in docs/performance.md, on data in `folder`. */
export function benchJobs(folder: string): BenchJob[] {
  const media = join(folder, 'media');
  const small = join(folder, 'small');
  const at = (name: string): string => join(folder, name);
  const ours = (repository: string, ...args: string[]): Promise<Measured> =>
    measure(
      process.execPath,
      [join(import.meta.dirname, '../apps/cli/bin/holdfast.js'), ...args, '--quiet'],
      {
        HOLDFAST_HOME: at('home'),
        HOLDFAST_REPOSITORY: at(repository),
        HOLDFAST_PASSWORD: PASSWORD,
      },
    );
  const restic = (repository: string, ...args: string[]): Promise<Measured> =>
    measure('restic', ['--quiet', '--repo', at(repository), ...args], {
      RESTIC_PASSWORD: PASSWORD,
      RESTIC_CACHE_DIR: at('restic-cache'),
    });
  const fresh = (name: string): void => {
    for (const gone of [name, 'restic-cache', 'home']) rmSync(at(gone), { recursive: true, force: true });
    mkdirSync(at('home'));
  };
  const init = async (program: 'ours' | 'restic', name: string): Promise<void> => {
    fresh(name);
    await (program === 'ours' ? ours(name, 'init') : restic(name, 'init'));
  };
  const firstBackup = (source: string): Pick<BenchJob, 'ours' | 'restic'> => ({
    async ours() {
      await init('ours', 'ours');
      return ours('ours', 'backup', source);
    },
    async restic() {
      await init('restic', 'restic');
      return restic('restic', 'backup', source);
    },
  });
  const restoreTo = (name: string): string => {
    rmSync(at(name), { recursive: true, force: true });
    return at(name);
  };
  return [
    { name: 'first backup, 2 GiB of photos and videos', target: 1.7, ...firstBackup(media) },
    {
      name: 'restore of the 2 GiB',
      target: 2,
      ours: async () => ours('ours', 'restore', 'latest', '--to', restoreTo('out')),
      restic: async () => restic('restic', 'restore', 'latest', '--target', restoreTo('out')),
    },
    {
      name: 'check --read-data of the 2 GiB',
      target: 1.5,
      ours: () => ours('ours', 'check', '--read-data'),
      restic: () => restic('restic', 'check', '--read-data'),
    },
    { name: 'first backup, 100,000 files of 4–20 KB', target: 1.2, ...firstBackup(small) },
    {
      name: 'second backup, nothing changed, 100,000 files',
      target: 4,
      ours: () => ours('ours', 'backup', small),
      restic: () => restic('restic', 'backup', small),
    },
    {
      name: 'restore of the 100,000 files',
      target: 1,
      ours: async () => ours('ours', 'restore', 'latest', '--to', restoreTo('out')),
      restic: async () => restic('restic', 'restore', 'latest', '--target', restoreTo('out')),
    },
  ];
}
