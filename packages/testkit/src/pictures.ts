import sharp from 'sharp';
import { seededRandom } from './seeded-random.ts';

/** Width and height of a picture. */
const WIDTH = 1280;
const HEIGHT = 960;

/** Skies from above to the horizon, and the hills before them, far to near. */
const MOODS: readonly { readonly sky: readonly [string, string]; readonly hills: readonly string[] }[] = [
  { sky: ['#4f9bd9', '#d7ecf7'], hills: ['#8fb8a8', '#5d9274', '#2f6b4a'] },
  { sky: ['#2b2d6e', '#f59e72'], hills: ['#7a5c86', '#4c3b66', '#241f3d'] },
  { sky: ['#f7b267', '#fde8c9'], hills: ['#d98f5c', '#a85f3f', '#6e3b2a'] },
  { sky: ['#0b1a33', '#3a5a86'], hills: ['#24405f', '#182c45', '#0c1626'] },
  { sky: ['#9fb8c8', '#eef2f3'], hills: ['#b9c6cc', '#8a9ba4', '#5b6d77'] },
  { sky: ['#56b4c9', '#f4f1de'], hills: ['#e9c46a', '#2a9d8f', '#1d6f78'] },
];

/** So many pictures of places that are nowhere, JPEGs of some 100 KB: the same for the same seed. */
export async function landscapes(count: number, seed = 1): Promise<Uint8Array<ArrayBuffer>[]> {
  return await Promise.all(Array.from({ length: count }, (_, at) => landscape(seed * 1_000_003 + at)));
}

async function landscape(seed: number): Promise<Uint8Array<ArrayBuffer>> {
  const random = seededRandom(seed);
  const between = (from: number, to: number): number => {
    const [high = 0, low = 0] = random(2);
    return from + ((high * 256 + low) / 65_536) * (to - from);
  };
  const mood = MOODS[Math.floor(between(0, MOODS.length))] ?? MOODS[0];
  const [above, horizon] = mood?.sky ?? ['#4f9bd9', '#d7ecf7'];
  const hills = (mood?.hills ?? []).map((colour, layer) => {
    const foot = HEIGHT * (0.5 + 0.16 * layer);
    const points = Array.from({ length: 9 }, (_, step) => {
      const y = foot + between(-0.11, 0.07) * HEIGHT;
      return `${((step * WIDTH) / 8).toFixed(0)},${y.toFixed(0)}`;
    });
    return `<polygon fill="${colour}" points="0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}"/>`;
  });
  const [x, y, radius] = [between(0.1, 0.9) * WIDTH, between(0.1, 0.42) * HEIGHT, between(30, 75)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${above}"/><stop offset=".7" stop-color="${horizon}"/></linearGradient></defs>
<rect width="100%" height="100%" fill="url(#sky)"/>
<circle cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" r="${radius.toFixed(0)}" fill="#fff8e1" opacity=".9"/>${hills.join('')}</svg>`;
  const picture = await sharp(new TextEncoder().encode(svg)).jpeg({ quality: 85 }).toBuffer();
  return new Uint8Array(picture);
}

/** A JPEG with a comment of its own (ITU T.81, B.2.4.5): the same picture, another content. */
export function withComment(jpeg: Uint8Array, comment: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(comment);
  const length = text.length + 2;
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xfe, length >> 8, length & 0xff, ...text, ...jpeg.subarray(2));
}
