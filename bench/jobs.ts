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

/** What people run: it becomes Node, so that its memory is what is measured. */
const HOLDFAST = join(import.meta.dirname, '../apps/cli/bin/holdfast');

const PASSWORD = 'bench';

/** The jobs of the table in docs/performance.md, on data in `folder`. */
export function benchJobs(folder: string): BenchJob[] {
  const media = join(folder, 'media');
  const small = join(folder, 'small');
  const at = (name: string): string => join(folder, name);
  // As with nothing configured: a home folder that holds the repository and its random password.
  const ours = (...args: string[]): Promise<Measured> =>
    measure(HOLDFAST, [...args, '--quiet'], { HOLDFAST_HOME: at('ours') });
  const restic = (...args: string[]): Promise<Measured> =>
    measure('restic', ['--quiet', '--repo', at('restic/repository'), ...args], {
      RESTIC_PASSWORD: PASSWORD,
      RESTIC_CACHE_DIR: at('restic/cache'),
    });
  const init = async (program: 'ours' | 'restic'): Promise<void> => {
    rmSync(at(program), { recursive: true, force: true });
    mkdirSync(at(program));
    await (program === 'ours' ? ours('init') : restic('init'));
  };
  const firstBackup = (source: string): Pick<BenchJob, 'ours' | 'restic'> => ({
    async ours() {
      await init('ours');
      return ours('backup', source);
    },
    async restic() {
      await init('restic');
      return restic('backup', source);
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
      ours: async () => ours('restore', 'latest', '--to', restoreTo('out')),
      restic: async () => restic('restore', 'latest', '--target', restoreTo('out')),
    },
    {
      name: 'check --read-data of the 2 GiB',
      target: 1.5,
      ours: () => ours('check', '--read-data'),
      restic: () => restic('check', '--read-data'),
    },
    { name: 'first backup, 100,000 files of 4–20 KB', target: 1.2, ...firstBackup(small) },
    {
      name: 'second backup, nothing changed, 100,000 files',
      target: 4,
      ours: () => ours('backup', small),
      restic: () => restic('backup', small),
    },
    {
      name: 'restore of the 100,000 files',
      target: 1,
      ours: async () => ours('restore', 'latest', '--to', restoreTo('out')),
      restic: async () => restic('restore', 'latest', '--target', restoreTo('out')),
    },
  ];
}
