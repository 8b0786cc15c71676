// JavaScript, so that nothing has to be stripped before the compile cache is on: loading the type stripper takes 35 ms of
// every start.
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

/**
 * A folder of the person's own: what is in it runs as this program, so it must not be one that others can write, as the
 * default below the system's temporary folder may be.
 */
function compileCacheFolder() {
  const caches =
    process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  const named = process.env['XDG_CACHE_HOME'] || caches;
  // With HOME set to nothing it would be in whatever folder this is started in, which may be anybody's.
  return isAbsolute(named) ? join(named, 'holdfast', 'compiled') : undefined;
}

// V8 would let garbage grow to several times what is in use, in every thread: 100 MB in a backup of 100,000 files.
setFlagsFromString('--heap-growing-percent=100');

// Before anything else is loaded: what comes first is not cached. Threads find the cache by the variable.
const folder = process.env['NODE_COMPILE_CACHE'] ?? compileCacheFolder();
if (folder !== undefined) {
  process.env['NODE_COMPILE_CACHE'] = folder;
  enableCompileCache(folder);
}
const { main } = await import('../src/main.ts');
const { runProcess } = await import('../src/process/run-process.ts');
await runProcess(main);
