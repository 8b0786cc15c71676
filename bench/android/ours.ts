import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { AdbServer } from '../../packages/adb/src/index.ts';
import { androidFiles, openPhone } from '../../packages/devices/src/android/index.ts';
import type { Source } from '../../packages/devices/src/index.ts';
import { backup } from '../../packages/engine/src/index.ts';
import { systemClock } from '../../packages/kernel/src/index.ts';
import { createRepository, openRepository } from '../../packages/repository/src/index.ts';
import { LocalStore } from '../../packages/store/src/index.ts';

/**
 * What Holdfast does in a benchmark, in a process of its own; prints what it measured as JSON.
 *
 * `init`: makes a repository. `walk`: lists everything. `backup`: backs it up. `cancel`: aborts that in the middle of it.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repository: { type: 'string', default: '' },
    port: { type: 'string', default: '5037' },
    serial: { type: 'string' },
    only: { type: 'string', default: 'small' },
  },
});
const surroundings = {
  clock: systemClock,
  random: (length: number) => new Uint8Array(randomBytes(length)),
  identity: { hostname: hostname(), username: userInfo().username, pid: process.pid, uid: 0, gid: 0 },
};
const PASSWORD = 'bench';
const store = new LocalStore(values.repository);
const seconds = (since: number): number => (performance.now() - since) / 1000;

switch (positionals[0]) {
  case 'init':
    await createRepository(store, PASSWORD, surroundings);
    break;
  case 'walk':
    await withPhone(async (source) => {
      const start = performance.now();
      let items = 0;
      for await (const { totals } of source.walk()) items += totals.items;
      console.log(JSON.stringify({ items, seconds: seconds(start) }));
    });
    break;
  case 'backup':
    await withPhone(async (source) => {
      const start = performance.now();
      let verified = 0;
      for await (const event of run(source))
        if (event.kind === 'done') ({ verified } = event.summary.balance);
      console.log(JSON.stringify({ verified, seconds: seconds(start) }));
    });
    break;
  case 'cancel':
    await withPhone(async (source) => {
      const stopper = new AbortController();
      let at = 0;
      try {
        for await (const event of run(source, stopper.signal)) {
          if (event.kind !== 'progress' || event.readBytes < 64e6 || at > 0) continue;
          at = performance.now();
          stopper.abort(new Error('enough'));
        }
      } catch (error) {
        if (error !== stopper.signal.reason) throw error;
      }
      console.log(JSON.stringify({ seconds: seconds(at) }));
    });
    break;
  default:
    throw new Error('say what to do: init, walk, backup or cancel');
}

function run(source: Source, signal?: AbortSignal): ReturnType<typeof backup> {
  const opening = openRepository(store, PASSWORD, surroundings);
  return backup(opening, source, {
    clock: systemClock,
    isProcessAlive: () => true,
    ...(signal && { signal }),
  });
}

async function withPhone(work: (source: Source) => Promise<void>): Promise<void> {
  const server = new AdbServer({ port: Number(values.port) });
  const device = (await server.devices()).find(({ serial }) => serial === values.serial);
  if (device === undefined) throw new Error('the adb server sees no phone');
  await using transport = await server.connect(device);
  const excludes = [values.only === 'small' ? '/internal/large' : '/internal/small'];
  using source = androidFiles(await openPhone(transport), { excludes });
  await work(source);
}
