import { readFileSync } from 'node:fs';

/** A picture in HEVC, with what its decoder must know. */
export interface HevcPicture {
  readonly width: number;
  readonly height: number;
  readonly config: Uint8Array;
  readonly bytes: Uint8Array;
}

/** A test picture of `fixtures`. */
export function hevcPicture(size: '256x192' | '64x48'): HevcPicture {
  const [width = 0, height = 0] = size.split('x').map(Number);
  const read = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
  return { width, height, config: read(`${size}.hvcc`), bytes: read(`${size}.hevc`) };
}

/** What is put into a HEIC. */
export interface HeifParts {
  readonly primary: HevcPicture;
  readonly thumbnail?: HevcPicture;
  /** Quarter turns against the clock, of both. */
  readonly turns?: number;
  readonly profile?: Uint8Array;
  /** A block of EXIF, from `II` or `MM` on. */
  readonly exif?: Uint8Array;
}

/** A box of an ISO base media file. */
function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(8 + body.length), Buffer.from(type, 'latin1'), body]);
}

const u16 = (number: number): Buffer => Buffer.from([number >> 8, number & 255]);
const u32 = (number: number): Buffer => Buffer.concat([u16(number >>> 16), u16(number & 0xffff)]);
const full = (type: string, flags: number, ...content: readonly Uint8Array[]): Buffer =>
  box(type, u32(flags), ...content);

/** A HEIC of one picture, a small one of it and EXIF: items 1, 2 and 3. */
export function heifFile({ primary, thumbnail, turns = 0, profile, exif }: HeifParts): Buffer {
  const properties: Buffer[] = [];
  const picture = (id: number, { width, height, config, bytes }: HevcPicture) => {
    const first = properties.length + 1;
    properties.push(full('ispe', 0, u32(width), u32(height)), box('hvcC', config));
    properties.push(box('irot', Uint8Array.of(turns)));
    if (profile !== undefined) properties.push(box('colr', Buffer.from('prof'), profile));
    const marks = properties.slice(first - 1).map((_, at) => first + at);
    return { id, type: 'hvc1', bytes, marks };
  };
  const items: { id: number; type: string; bytes: Uint8Array; marks: number[] }[] = [picture(1, primary)];
  const references: Buffer[] = [];
  if (thumbnail !== undefined) {
    items.push(picture(2, thumbnail));
    references.push(box('thmb', u16(2), u16(1), u16(1)));
  }
  if (exif !== undefined) {
    items.push({ id: 3, type: 'Exif', bytes: Buffer.concat([u32(0), exif]), marks: [] });
    references.push(box('cdsc', u16(3), u16(1), u16(1)));
  }
  const ftyp = box('ftyp', Buffer.from('heic'), u32(0), Buffer.from('mif1heic'));
  // Twice: the places are known only when the length is.
  const metaAt = (offset: number): Buffer => {
    let at = offset;
    const places = items.map(({ id, bytes }) => {
      const place = Buffer.concat([u16(id), u16(0), u16(1), u32(at), u32(bytes.length)]);
      at += bytes.length;
      return place;
    });
    const entries = items.map(({ id, type }) =>
      full('infe', 0x02000000, u16(id), u16(0), Buffer.from(type), Uint8Array.of(0)),
    );
    const marks = items
      .filter((item) => item.marks.length > 0)
      .map(({ id, marks: list }) => Buffer.concat([u16(id), Uint8Array.of(list.length, ...list)]));
    return full(
      'meta',
      0,
      full('hdlr', 0, u32(0), Buffer.from('pict'), new Uint8Array(13)),
      full('pitm', 0, u16(1)),
      full('iloc', 0, u16(0x4400), u16(items.length), ...places),
      full('iinf', 0, u16(items.length), ...entries),
      ...(references.length > 0 ? [full('iref', 0, ...references)] : []),
      box('iprp', box('ipco', ...properties), full('ipma', 0, u32(marks.length), ...marks)),
    );
  };
  const offset = ftyp.length + metaAt(0).length + 8;
  return Buffer.concat([ftyp, metaAt(offset), box('mdat', ...items.map(({ bytes }) => bytes))]);
}
