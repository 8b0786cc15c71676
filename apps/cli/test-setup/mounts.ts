import { execFileSync } from 'node:child_process';
import { readdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from '@holdfast/testkit';

/** A drive of one's own. */
export interface Drive extends AsyncDisposable {
  readonly path: string;
  /** Fills it, and leaves so many bytes; again, after something was removed or written. */
  fill(leaveBytes: number): void;
  /** Takes away what {@link fill} filled it with. */
  empty(): void;
  remount(options: string): void;
}

const FILLER = 'filler';
const PAGE = 4096;

/**
 * A small drive in memory. Mounting takes root (or CAP_SYS_ADMIN): where it is refused the test is skipped and says so;
 * under `CI` it fails.
 */
export async function smallDrive(t: TestContext, sizeBytes: number): Promise<Drive | undefined> {
  const folder = await temporaryFolder();
  const options = `size=${sizeBytes},mode=755`;
  if (!mount(t, ['-t', 'tmpfs', '-o', options, 'holdfast-test', folder.path])) {
    await folder[Symbol.asyncDispose]();
    return undefined;
  }
  const filler = join(folder.path, FILLER);
  return {
    path: folder.path,
    fill(leaveBytes) {
      writeFileSync(filler, '');
      const { bavail, bsize } = statfsSync(folder.path);
      writeFileSync(
        filler,
        new Uint8Array(Math.max(0, bavail * bsize - Math.ceil(leaveBytes / PAGE) * PAGE)),
      );
    },
    empty: () => writeFileSync(filler, ''),
    remount: (other) => run('mount', ['-o', `remount,${other}`, folder.path]),
    [Symbol.asyncDispose]: async () => {
      run('umount', [folder.path]);
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Shows the folder `from` at `to` as well, until it is disposed of; as {@link smallDrive} where that is refused. */
export function bound(t: TestContext, from: string, to: string): Disposable | undefined {
  if (!mount(t, ['--bind', from, to])) return undefined;
  return { [Symbol.dispose]: () => run('umount', [to]) };
}

/** Names below a folder of files that a write under way has, or left behind. */
export function unfinishedIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /-tmp-|\.tmp$|\.tmp\/|\.part$/.test(name),
  );
}

/** False where mounting is refused, as without root: the test is told so, and says it; under `CI` it fails. */
function mount(t: TestContext, words: readonly string[]): boolean {
  try {
    run('mount', words);
    return true;
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error;
    t.skip(`it takes root to mount: ${error instanceof Error ? error.message.trim() : 'refused'}`);
    return false;
  }
}

function run(program: string, words: readonly string[]): void {
  execFileSync(program, words, { stdio: 'pipe' });
}
