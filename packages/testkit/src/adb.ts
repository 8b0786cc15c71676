import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { temporaryFolder } from './temporary-folder.ts';

/** What became of a call of adb. */
export interface AdbResult {
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** An adb server of one's own: its port, its keys and its phones are nobody else's. Ends when it is disposed. */
export interface RealAdb extends AsyncDisposable {
  readonly port: number;
  /** Runs the real adb against this server, to its end. */
  run(...args: readonly string[]): Promise<AdbResult>;
}

/** Starts the real adb's server. Fails with a sentence when it is not installed. */
export async function realAdb(): Promise<RealAdb> {
  const home = await temporaryFolder();
  const port = await freePort();
  // Its log goes to TMPDIR.
  const env = { PATH: process.env['PATH'] ?? '', HOME: home.path, TMPDIR: home.path, ADB_MDNS: '0' };
  const run = (...args: readonly string[]): Promise<AdbResult> => runAdb(['-P', String(port), ...args], env);
  const started = await run('start-server');
  if (started.status !== 0) throw new Error(`the adb server did not start: ${started.stderr}`);
  return {
    port,
    run,
    async [Symbol.asyncDispose]() {
      await run('kill-server');
      await home[Symbol.asyncDispose]();
    },
  };
}

async function runAdb(args: readonly string[], env: Readonly<Record<string, string>>): Promise<AdbResult> {
  const child = spawn('adb', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const status = new Promise<number | undefined>((resolve, reject) => {
    child.once('close', (code) => resolve(code ?? undefined));
    child.once('error', (cause) => {
      reject(new Error('adb is not installed: install the Debian package "adb"', { cause }));
    });
  });
  const [code, stdout, stderr] = await Promise.all([status, buffer(child.stdout), buffer(child.stderr)]);
  return { status: code, stdout: stdout.toString(), stderr: stderr.toString() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
