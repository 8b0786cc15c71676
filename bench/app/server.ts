import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The app's server as a process of its own, with a browser's right to come in. */
export interface App extends AsyncDisposable {
  readonly url: string;
  /** Name and value of the session's cookie. */
  readonly cookie: readonly [name: string, value: string];
  /** Seconds from its start to the line that says where it is. */
  readonly startSeconds: number;
  /** Asks for an address and reads the answer to its end. Throws unless it is 200. */
  ask(path: string): Promise<Asked>;
  /** The same with a connection of its own: many may be asked at once. */
  askAlone(path: string): Promise<Asked>;
  /** Processor time of all its threads so far, in seconds. */
  cpuSeconds(): number;
  /** `VmHWM`. */
  peakMegabytes(): number;
  /** `VmRSS`. */
  megabytes(): number;
}

/** An answer, and how long it took from asking to its last byte. */
interface Asked {
  readonly ms: number;
  readonly bytes: number;
  readonly body: string;
}

const COMMAND = join(import.meta.dirname, '../../apps/cli/bin/holdfast.js');

/** As `apps/cli/bin/holdfast`, and so `npm start`, has them. */
const FLAGS = ['--max-semi-space-size=4'];
const MALLOC = { MALLOC_ARENA_MAX: '2' };

/** Ticks of a second in `/proc`: `USER_HZ` (proc(5)). */
const TICKS = 100;

/** Starts `holdfast serve` for a home folder. */
export async function startApp(home: string, flags: readonly string[] = []): Promise<App> {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [...FLAGS, ...flags, COMMAND, 'serve', '--json', '--no-open', '--port', '0'],
    {
      // No phone of this machine is looked for: nothing listens at port 1.
      env: {
        ...MALLOC,
        ...process.env,
        HOLDFAST_HOME: home,
        HOLDFAST_PHONES: '127.0.0.1:1',
        ANDROID_ADB_SERVER_PORT: '1',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const lines = createInterface(child.stdout);
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => {
      throw new Error('the server ended at once');
    }),
  ])) as [string];
  const startSeconds = (performance.now() - start) / 1000;
  const { url, link } = JSON.parse(line) as { url: string; link: string };
  const entered = await fetch(link, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0]?.split('=') as [string, string];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const status = (key: string): number => {
    const text = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return (1024 * Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1])) / 1e6;
  };
  const ask = (path: string, over: Agent | false): Promise<Asked> =>
    new Promise((resolve, reject) => {
      const asked = performance.now();
      get(url + path, { agent: over, headers: { cookie: cookie.join('=') } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const ms = performance.now() - asked;
          const bytes = Buffer.concat(chunks);
          const body = bytes.toString('utf8');
          if (answer.statusCode === 200) resolve({ ms, bytes: bytes.length, body });
          else reject(new Error(`${path}: ${answer.statusCode} ${body}`));
        });
      }).on('error', reject);
    });
  return {
    url,
    cookie,
    startSeconds,
    ask: (path) => ask(path, agent),
    askAlone: (path) => ask(path, false),
    cpuSeconds() {
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    },
    peakMegabytes: () => status('VmHWM'),
    megabytes: () => status('VmRSS'),
    async [Symbol.asyncDispose]() {
      agent.destroy();
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** The smallest of the values that is not below so many of a hundred of them. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}
