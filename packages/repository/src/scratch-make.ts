import { randomFillSync } from 'node:crypto';
import { systemClock } from '@holdfast/kernel';
import { BlobSaver, loadIndex } from '@holdfast/repository';
import { cheapRepository } from '@holdfast/repository/testing';
import { LocalStore } from '@holdfast/store';
import { saveSample } from '@holdfast/testkit/repository';

const random = (n: number) => randomFillSync(new Uint8Array(n));
const store = new LocalStore('/dev/shm/e/repo');
const opened = await cheapRepository(store, { clock: systemClock, random });
await using repo = await loadIndex(opened, {});
const files: Record<string, Uint8Array[]> = {};
for (let f = 0; f < 40; f++) files[`f${f}`] = Array.from({ length: 16 }, () => random(1_600_000));
console.log(await saveSample(repo, files));
