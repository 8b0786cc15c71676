import { join, resolve } from 'node:path';
import { Failure } from '@holdfast/kernel';
import { HOME_FAILURES } from '#failures.ts';
import type { Host, Machine } from '#host.ts';

/** The folder in which everything is that nobody said another place for. */
export interface Home {
  readonly folder: string;
  readonly repository: string;
  readonly password: string;
  /** A password that is about to become the one in `password`: at no moment is there a repository and no file that opens it. */
  readonly newPassword: string;
  /** What every device's items are: a cache of the repository, and the history of runs. */
  readonly catalog: string;
}

/** Where the repository is. */
export interface RepositoryPlace {
  readonly path: string;
  /** Nobody named it: it is the one in the home folder. */
  readonly isDefault: boolean;
}

/** Kinds of place restic knows and Holdfast does not: a folder of that name would surprise. */
const REMOTE = /^(?:azure|b2|gs|https?|rclone|rest|s3|sftp|swift):/i;

/** `HOLDFAST_HOME`, or the platform's folder for a program's data. */
export function homeOf({ env, cwd, platform, homeFolder }: Machine): Home {
  const folder = resolve(cwd, env['HOLDFAST_HOME'] || defaultFolder(env, platform, homeFolder));
  return {
    folder,
    repository: join(folder, 'repository'),
    password: join(folder, 'password'),
    newPassword: join(folder, 'password.new'),
    catalog: join(folder, 'catalog.sqlite'),
  };
}

/** The place that the host, `HOLDFAST_REPOSITORY` or the home folder names. Fails with `home/bad-place`. */
export function repositoryPlace(host: Omit<Host, 'tell'>): RepositoryPlace {
  const named = host.repository ?? (host.env['HOLDFAST_REPOSITORY'] || undefined);
  if (named === undefined) return { path: homeOf(host).repository, isDefault: true };
  if (REMOTE.test(named))
    throw new Failure(HOME_FAILURES.badPlace, 'A repository can only be a folder so far.', {
      hint: 'Name a folder: of this computer, of a drive, or of a network drive that is mounted.',
    });
  return { path: resolve(host.cwd, named), isDefault: false };
}

/** XDG Base Directory Specification on Linux; Apple's File System Programming Guide. */
function defaultFolder(env: Machine['env'], platform: string, homeFolder: string): string {
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'Holdfast');
  return join(env['XDG_DATA_HOME'] || join(homeFolder, '.local', 'share'), 'holdfast');
}
