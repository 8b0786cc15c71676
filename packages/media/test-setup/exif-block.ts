/** What a block of EXIF may say besides how a picture is to be turned. */
interface ExifParts {
  readonly time?: string;
  readonly offset?: string;
  readonly written?: string;
  readonly camera?: readonly [make: string, model: string];
  readonly thumbnail?: Uint8Array;
}

/** A block of EXIF with a camera's orientation, time and zone, when the file was written, the camera's name, and a small picture. */
export function exifBlock(
  orientation: number,
  { time, offset, written, camera, thumbnail }: ExifParts = {},
): Buffer {
  const data: Buffer[] = [];
  const mainCount = 2 + (written === undefined ? 0 : 1) + (camera === undefined ? 0 : 2);
  const exifCount = (time === undefined ? 0 : 1) + (offset === undefined ? 0 : 1);
  const exifAt = 8 + 2 + mainCount * 12 + 4;
  const smallAt = exifAt + 2 + exifCount * 12 + 4;
  let dataAt = smallAt + 2 + 2 * 12 + 4;
  const keep = (bytes: Uint8Array): number => {
    const at = dataAt;
    data.push(Buffer.from(bytes));
    dataAt += bytes.length;
    return at;
  };
  const entry = (tag: number, type: number, count: number, value: number): Buffer => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(type, 2);
    bytes.writeUInt32LE(count, 4);
    bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  const text = (tag: number, words: string): Buffer =>
    entry(tag, 2, words.length + 1, keep(Buffer.from(`${words}\0`)));
  const directory = (entries: readonly Buffer[], next: number): Buffer => {
    const [count, end] = [Buffer.alloc(2), Buffer.alloc(4)];
    count.writeUInt16LE(entries.length);
    end.writeUInt32LE(next);
    return Buffer.concat([count, ...entries, end]);
  };
  const [make = '', model = ''] = camera ?? [];
  const main = directory(
    [
      ...(camera === undefined ? [] : [text(0x010f, make), text(0x0110, model)]),
      entry(0x0112, 3, 1, orientation),
      ...(written === undefined ? [] : [text(0x0132, written)]),
      entry(0x8769, 4, 1, exifAt),
    ],
    smallAt,
  );
  const exif = directory(
    [
      ...(time === undefined ? [] : [text(0x9003, time)]),
      ...(offset === undefined ? [] : [text(0x9011, offset)]),
    ],
    0,
  );
  const at = thumbnail === undefined ? 0 : keep(thumbnail);
  const small = directory([entry(0x0201, 4, 1, at), entry(0x0202, 4, 1, thumbnail?.length ?? 0)], 0);
  return Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), main, exif, small, ...data]);
}

/** A JPEG with a block of EXIF put in. */
export function withExif(jpeg: Uint8Array, block: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from('Exif\0\0'), block]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
