/** How many small pictures a second are made of photos as phones make them: `node bench/app/thumbnails.ts`, last line JSON. */
import { availableParallelism } from 'node:os';
import { PictureMaker, sourceOf } from '@holdfast/media';
import { photo } from './photo.ts';

const KINDS = 4;
const PHOTOS = 160;
const AT_ONCE = 3;

const photos: Uint8Array[] = [];
for (let kind = 0; kind < KINDS; kind++)
  photos.push(await photo(kind * 7919 + 1, { width: 4032, height: 3024 }));
const megabytes = photos.reduce((sum, { length }) => sum + length, 0) / KINDS / 1e6;

await using maker = new PictureMaker();
const make = async (number: number): Promise<void> => {
  const bytes = photos[number % KINDS];
  if (bytes !== undefined) await maker.thumbnail(sourceOf(bytes));
};
await Promise.all(photos.map((_, number) => make(number)));

let next = 0;
const cpuBefore = process.cpuUsage();
const start = performance.now();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (next < PHOTOS) await make(next++);
  }),
);
const seconds = (performance.now() - start) / 1000;
const cpu = process.cpuUsage(cpuBefore);
const cpuMs = (cpu.user + cpu.system) / 1000 / PHOTOS;
const cores = availableParallelism();
console.log(`${PHOTOS} photos of 12 megapixels (${megabytes.toFixed(1)} MB) on ${cores} cores`);
console.log(
  JSON.stringify({
    bench: 'thumbnails',
    photosPerSecond: Math.round((PHOTOS / seconds) * 10) / 10,
    cpuMsPerPhoto: Math.round(cpuMs * 10) / 10,
    photosPerSecondByCpuOnTwoCores: Math.round(2000 / cpuMs),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1000),
  }),
);
