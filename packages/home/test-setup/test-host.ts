import { join } from 'node:path';
import { cheapHome, quietHost } from '@holdfast/home/testing';
import { temporaryFolder } from '@holdfast/testkit';
import type { Host } from '#host.ts';

/** A folder with a home in it, and what the host was told. */
export interface TestHost extends AsyncDisposable {
  readonly path: string;
  readonly host: Host;
  readonly told: readonly string[];
}

/** A host whose home has a repository that is cheap to open, and its password. */
export async function testHost(): Promise<TestHost> {
  const folder = await temporaryFolder();
  const home = join(folder.path, 'home');
  await cheapHome(home);
  const told: string[] = [];
  const tell = (text: string): void => void told.push(text);
  const host = quietHost(home, { tell: { note: tell, trouble: tell } });
  return { path: folder.path, host, told, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}
