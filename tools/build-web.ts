import { spawnSync } from 'node:child_process';
import { existsSync, globSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the built web app is made of, from the checkout's root. */
const SOURCES = [
  'apps/web/index.html',
  'apps/web/package.json',
  'apps/web/vite.config.ts',
  'apps/web/public/**/*',
  'apps/web/src/**/*',
  'packages/contract/src/**/*.ts',
  'package-lock.json',
];

/** True when there is no built web app, or something it is made of is newer. */
export function isStale(root: string): boolean {
  const built = statSync(join(root, 'apps/web/dist/index.html'), { throwIfNoEntry: false });
  if (built === undefined) return true;
  return globSync(SOURCES, { cwd: root }).some((path) => statSync(join(root, path)).mtimeMs > built.mtimeMs);
}

/** Builds the web app aside, and puts it in its place when it is whole: `undefined`, or what went wrong. */
export function buildWeb(root: string): string | undefined {
  const web = join(root, 'apps/web');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  if (!existsSync(vite)) return 'Vite is not installed: run npm ci.';
  // Two that are started at once build for themselves.
  const next = join(web, `dist.${process.pid}`);
  const old = `${next}.old`;
  try {
    const { status, stdout, stderr, error } = spawnSync(
      process.execPath,
      [vite, 'build', '--logLevel', 'error', '--outDir', next, '--emptyOutDir'],
      { cwd: web, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
    );
    if (status !== 0) return error?.message ?? `${stdout}${stderr}`.trim();
    const dist = join(web, 'dist');
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(next, dist);
    return undefined;
  } finally {
    rmSync(next, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const trouble = isStale(root) ? buildWeb(root) : undefined;
  // Commands work without it, and "serve" says that it is missing.
  if (trouble !== undefined) process.stderr.write(`The web app could not be built: ${trouble}\n`);
}
