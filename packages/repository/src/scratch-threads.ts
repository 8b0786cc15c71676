import { randomFillSync } from 'node:crypto';
import { systemClock } from '@holdfast/kernel';
import { check, loadIndex, openRepository } from '@holdfast/repository';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { LocalStore } from '@holdfast/store';

const random = (n: number) => randomFillSync(new Uint8Array(n));
const opened = await openRepository(new LocalStore('/dev/shm/e/repo'), CHEAP_PASSWORD, {
  clock: systemClock,
  random,
  identity: { hostname: 'x', username: 'y', pid: 1, uid: 0, gid: 0 },
});
const threads = Number(process.argv[2]);
await using repo = await loadIndex(opened, { tolerate: true, threads });
for (let r = 0; r < 3; r++) {
  const t1 = performance.now();
  const c0 = process.cpuUsage();
  let first = 0;
  for await (const e of check(repo, { readData: 'all' }))
    if (e.kind === 'progress' && e.phase === 'data' && first === 0) first = performance.now() - t1;
  const c = process.cpuUsage(c0);
  console.log(
    `threads ${threads}: ${(performance.now() - t1).toFixed(0)} ms, first pack after ${first.toFixed(0)}, cpu user ${(c.user / 1000) | 0} sys ${(c.system / 1000) | 0}`,
  );
}
