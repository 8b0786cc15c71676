import { LocalStore } from '@holdfast/store';
import { sharedMemory } from './workers/shared-memory.ts';

const store = new LocalStore('/dev/shm/e/repo');
const names = (await Array.fromAsync(store.list('pack'))).map((f) => f.name);
const mem = [sharedMemory(17 << 20), sharedMemory(17 << 20), sharedMemory(17 << 20)];
for (let r = 0; r < 3; r++) {
  const t = performance.now();
  const c0 = process.cpuUsage();
  let bytes = 0;
  for (const [i, name] of names.entries())
    bytes += (await store.get({ kind: 'pack', name }, { into: mem[i % 3]! })).length;
  const c = process.cpuUsage(c0);
  console.log(
    `read ${(bytes / (performance.now() - t) / 1e6).toFixed(2)} GB/s, cpu user ${(c.user / 1000) | 0} sys ${(c.system / 1000) | 0} ms, wall ${(performance.now() - t).toFixed(0)}`,
  );
}
