import { randomFillSync } from 'node:crypto';
import { systemClock } from '@holdfast/kernel';
import { check, describeFinding, loadIndex, openRepository } from '@holdfast/repository';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { LocalStore } from '@holdfast/store';

const random = (n: number) => randomFillSync(new Uint8Array(n));
const t0 = performance.now();
const opened = await openRepository(new LocalStore(process.argv[2]!), CHEAP_PASSWORD, {
  clock: systemClock,
  random,
  identity: { hostname: 'x', username: 'y', pid: 1, uid: 0, gid: 0 },
});
await using repo = await loadIndex(opened, { tolerate: true });
const t1 = performance.now();
let bytes = 0;
const phases = new Map<string, number>();
for await (const e of check(repo, { readData: 'all' })) {
  if (e.kind === 'finding') console.log(describeFinding(e.finding));
  else {
    bytes = e.totalBytes;
    phases.set(e.phase, performance.now() - t1);
  }
}
const t2 = performance.now();
console.log(
  `open ${(t1 - t0).toFixed(0)} ms, check ${(t2 - t1).toFixed(0)} ms, ${(bytes / (t2 - t1) / 1000).toFixed(0)} MB/s, rss ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  phases,
);
