import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Browser, browserAt } from './test-server.ts';

const SERVE = join(import.meta.dirname, 'serve.ts');

/** A server in a process of its own, and a browser that is in. */
export interface KillableServer extends AsyncDisposable {
  readonly browser: Browser;
}

/** Serves a home folder that sees one phone; the process is killed when disposed of, as nothing else ends it. */
export async function killableServer(home: string, phone: string): Promise<KillableServer> {
  const child = spawn(process.execPath, [SERVE, home, phone], { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  try {
    let text = '';
    while (!text.includes('\n')) text += String(await once(child.stdout, 'data'));
    return { browser: await browserAt(text.trim(), []), [Symbol.asyncDispose]: kill };
  } catch (error) {
    await kill();
    throw error;
  }
}
