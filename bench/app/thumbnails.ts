/** How many small pictures a second are made of photos as phones make them: `node bench/app/thumbnails.ts`, last line JSON. */
import { availableParallelism } from 'node:os';
import { PictureMaker, sourceOf } from '@holdfast/media';
import sharp from 'sharp';

const WIDTH = 4032;
const HEIGHT = 3024;
const KINDS = 4;
const PHOTOS = 160;
const AT_ONCE = 3;

/** A photo of 12 megapixels, of about 4 MB, like a phone's: soft shapes, fine grain, an sRGB profile. */
async function photo(seed: number): Promise<Uint8Array> {
  const small = { width: 63, height: 48, channels: 3 } as const;
  const shapes = await sharp(noise(small.width * small.height * 3, seed, 255), { raw: small })
    .resize(WIDTH, HEIGHT, { kernel: 'cubic', fit: 'fill' })
    .raw()
    .toBuffer();
  const grain = noise(shapes.length, seed + 1, 34);
  for (let at = 0; at < shapes.length; at++)
    shapes[at] = Math.min(255, (shapes[at] ?? 0) * 0.9 + (grain[at] ?? 0));
  return sharp(shapes, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .withIccProfile('srgb')
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Numbers from 0 to below `most`, the same for the same seed. */
function noise(length: number, seed: number, most: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed | 1;
  for (let at = 0; at < length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = (state >>> 0) % most;
  }
  return bytes;
}

const photos: Uint8Array[] = [];
for (let kind = 0; kind < KINDS; kind++) photos.push(await photo(kind * 7919 + 1));
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
