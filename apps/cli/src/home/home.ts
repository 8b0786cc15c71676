import { join, resolve } from 'node:path';
import type { GlobalOptions } from '#arguments/global-options.ts';
import { usage } from '#failures.ts';
import { shellWord } from '#output/shell-word.ts';
import type { World } from '#world.ts';

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
export function homeOf({ env, cwd, platform, homeFolder }: World): Home {
  const folder = resolve(cwd, env['HOLDFAST_HOME'] || defaultFolder(env, platform, homeFolder));
  return {
    folder,
    repository: join(folder, 'repository'),
    password: join(folder, 'password'),
    newPassword: join(folder, 'password.new'),
    catalog: join(folder, 'catalog.sqlite'),
  };
}

/** The place that `--repository`, `HOLDFAST_REPOSITORY` or the home folder gives. */
export function repositoryPlace(
  world: World,
  { repository }: Pick<GlobalOptions, 'repository'>,
): RepositoryPlace {
  const named = repository ?? (world.env['HOLDFAST_REPOSITORY'] || undefined);
  if (named === undefined) return { path: homeOf(world).repository, isDefault: true };
  if (REMOTE.test(named)) throw usage('A repository can only be a folder so far.', undefined);
  return { path: resolve(world.cwd, named), isDefault: false };
}

/** What a suggested command needs to mean the same repository as this one: nothing, where the variables or the home folder name it. */
export function sameRepository({ repository, passwordFile }: GlobalOptions): string {
  const place = repository === undefined ? '' : ` --repository ${shellWord(repository)}`;
  return passwordFile === undefined ? place : `${place} --password-file ${shellWord(passwordFile)}`;
}

/** XDG Base Directory Specification on Linux; Apple's File System Programming Guide. */
function defaultFolder(env: World['env'], platform: string, homeFolder: string): string {
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'Holdfast');
  return join(env['XDG_DATA_HOME'] || join(homeFolder, '.local', 'share'), 'holdfast');
}
