import { deflateSync } from 'node:zlib';

/** Gives a PNG of a made-up landscape: another for each number, always the same for one. */
export function fakePicture(number: number, width: number, height: number): Uint8Array {
  const hue = (number * 137) % 360;
  const sky = colour(hue, 0.5, 0.82);
  const low = colour((hue + 40) % 360, 0.65, 0.68);
  const sun = { x: ((number * 37) % 100) / 100, y: 0.2 + ((number * 17) % 30) / 100 };
  const hills = [0, 1, 2].map((layer) => ({
    base: 0.52 + layer * 0.15,
    high: 0.05 + ((number * (layer + 3)) % 7) / 60,
    wide: 2 + ((number * (layer + 5)) % 5),
    shift: (number * (layer + 1)) % 6,
    tone: colour((hue + 150 + layer * 22) % 360, 0.35, 0.5 - layer * 0.13),
  }));
  const rows = new Uint8Array((width * 3 + 1) * height);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    rows[at++] = 0;
    for (let x = 0; x < width; x += 1) {
      const u = x / width;
      const v = y / height;
      let [red, green, blue] = [0, 1, 2].map(
        (part) => (sky[part] ?? 0) * (1 - v) + (low[part] ?? 0) * v,
      ) as Colour;
      if (Math.hypot((u - sun.x) * (width / height), v - sun.y) < 0.09) [red, green, blue] = [255, 244, 214];
      for (const hill of hills) {
        if (v > hill.base - hill.high * Math.sin(u * hill.wide * 2 + hill.shift))
          [red, green, blue] = hill.tone;
      }
      rows[at++] = red;
      rows[at++] = green;
      rows[at++] = blue;
    }
  }
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 3 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

type Colour = [number, number, number];

function colour(hue: number, saturation: number, light: number): Colour {
  const part = (offset: number): number => {
    const turn = (offset + hue / 30) % 12;
    const spread = saturation * Math.min(light, 1 - light);
    return Math.round(255 * (light - spread * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))));
  };
  return [part(0), part(8), part(4)];
}

function chunk(name: string, bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, bytes.length);
  out.set(new TextEncoder().encode(name), 4);
  out.set(bytes, 8);
  view.setUint32(bytes.length + 8, crc(out.subarray(4, bytes.length + 8)));
  return out;
}

/** CRC-32 as PNG wants it (RFC 2083, 15). */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
