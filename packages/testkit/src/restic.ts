import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';

/** What became of a call of restic. */
export interface ResticResult {
  /** The exit status; `undefined` when a signal ended it. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how restic runs; without a time zone, in UTC. */
export interface ResticOptions {
  /** The folder of a local repository. */
  readonly repository: string;
  readonly password: string;
  /** Further or other environment variables; nothing of ours is passed on but PATH. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly signal?: AbortSignal;
}

/** Runs the real restic, without a cache, to its end. Fails with a sentence when it is not installed. */
export async function restic(args: readonly string[], options: ResticOptions): Promise<ResticResult> {
  const { repository, password, environment = {}, folder, signal } = options;
  const env = {
    PATH: process.env['PATH'] ?? '',
    TZ: 'UTC',
    RESTIC_REPOSITORY: repository,
    RESTIC_PASSWORD: password,
    ...environment,
  };
  const child = spawn('restic', ['--no-cache', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    killSignal: 'SIGKILL',
    ...(folder !== undefined && { cwd: folder }),
    ...(signal && { signal }),
  });
  const status = new Promise<number | undefined>((resolve, reject) => {
    child.once('close', (code) => resolve(code ?? undefined));
    child.once('error', (error) => {
      if (!('code' in error) || error.code !== 'ENOENT') reject(error);
      else
        reject(new Error('restic is not installed: install the Debian package "restic"', { cause: error }));
    });
  });
  const [code, stdout, stderr] = await Promise.all([status, buffer(child.stdout), buffer(child.stderr)]);
  return { status: code, stdout: stdout.toString(), stderr: stderr.toString() };
}
