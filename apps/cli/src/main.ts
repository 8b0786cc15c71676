import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { World } from '#world.ts';

/**
 * Does what the words after `holdfast` ask for and gives the exit status. Never throws and never ends the process;
 * aborting `world.signal` stops it soon.
 */
export async function main(argv: readonly string[], world: World): Promise<number> {
  const { runCommandLine } = await import('#run.ts');
  return await runCommandLine(argv, world);
}

/**
 * A folder of the person's own: what is in it runs as this program, so it must not be one that others can write, as the
 * default below the system's temporary folder may be.
 */
function compileCacheFolder(): string {
  const { XDG_CACHE_HOME } = process.env;
  const caches =
    process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  return join(XDG_CACHE_HOME || caches, 'holdfast', 'compiled');
}

if (import.meta.main) {
  // Before anything else is loaded: what comes first is not cached.
  if (process.env['NODE_COMPILE_CACHE'] === undefined) enableCompileCache(compileCacheFolder());
  const { runProcess } = await import('#process/run-process.ts');
  await runProcess(main);
}
