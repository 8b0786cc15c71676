import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** The app as it is now, built into a folder that goes away with this. */
export async function buildApp(): Promise<{ readonly folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-web-'));
  await build({
    configFile: join(import.meta.dirname, '../vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  return {
    folder,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Bytes of JavaScript, as they are sent, that the first screen waits for: what the page names and all that these files need. */
export async function initialBytes(folder: string): Promise<number> {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const wanted = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((found) => found[1] ?? '');
  const seen = new Set<string>();
  let bytes = 0;
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = await readFile(join(folder, file), 'utf8');
    bytes += gzipSync(text).length;
    for (const found of text.matchAll(
      /(?:^|[;}\s])(?:import|export)\b[^;"'`(]*?(?:from)?["']\.\/([^"']+\.js)["']/g,
    ))
      wanted.push(`assets/${found[1]}`);
  }
  return bytes;
}
