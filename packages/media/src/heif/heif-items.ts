import { type Box, boxesIn, Cursor, findBox } from './heif-boxes.ts';

/** A stretch of the file. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

/** An item of a HEIF file (ISO/IEC 23008-12): a picture, a tile of one, its EXIF, … */
export interface HeifItem {
  readonly id: number;
  readonly type: string;
  /** Where its bytes lie in the file; empty where they lie elsewhere. */
  readonly extents: readonly Extent[];
  /** Before it is turned. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Quarter turns against the clock. */
  readonly turns: number;
  /** It is mirrored or cut besides: what that makes of it only a decoder says. */
  readonly isShaped: boolean;
  /** Its colour profile (ICC). */
  readonly profile: Uint8Array | undefined;
}

/** What a HEIF file's `meta` box says. */
export interface HeifItems {
  readonly primary: number;
  readonly items: ReadonlyMap<number, HeifItem>;
  /** Pictures that the primary one is put together of, in order; of a grid its tiles, line by line. */
  readonly parts: readonly number[];
  /** Small pictures of the primary one. */
  readonly thumbnails: readonly number[];
  /** Items that describe the primary one: EXIF, XMP. */
  readonly describing: readonly number[];
}

/** A file may say it has 4 billion items; a photo of 50 megapixels has a few hundred. */
const MOST_ITEMS = 4096;

/** Most extents of one item, and references of one item, that are looked at. */
const MOST_PARTS = 4096;

/**
 * The items that a `meta` box lists; `meta` is the whole box, its header included. `undefined` where it is none of a picture.
 *
 * Never throws: what is cut off or nonsense is left out.
 */
export function parseHeifItems(meta: Uint8Array): HeifItems | undefined {
  const whole = findBox(meta, 'meta', 0, meta.length);
  if (whole === undefined) return undefined;
  // A full box: version and flags come first.
  const box = (type: string): Box | undefined => findBox(meta, type, whole.from + 4, whole.to);
  const pitm = box('pitm');
  const iinf = box('iinf');
  if (pitm === undefined || iinf === undefined) return undefined;
  const cursor = new Cursor(meta, pitm.from, pitm.to);
  const primary = cursor.number(versionIn(cursor) === 0 ? 2 : 4);
  const extents = extentsOf(meta, box('iloc'));
  const properties = propertiesOf(meta, box('iprp'));
  const items = new Map<number, HeifItem>();
  for (const [id, type] of typesOf(meta, iinf)) {
    items.set(id, { id, type, extents: extents.get(id) ?? [], ...looksOf(meta, properties.get(id) ?? []) });
  }
  return { primary, items, ...referencesTo(meta, box('iref'), primary) };
}

function looksOf(
  meta: Uint8Array,
  properties: readonly Box[],
): Pick<HeifItem, 'width' | 'height' | 'turns' | 'isShaped' | 'profile'> {
  let isShaped = false;
  let width: number | undefined;
  let height: number | undefined;
  let turns = 0;
  let profile: Uint8Array | undefined;
  for (const { type, from, to } of properties) {
    const cursor = new Cursor(meta, from, to);
    if (type === 'ispe') {
      // Version and flags of a full box (ISO/IEC 14496-12, 4.2).
      cursor.skip(4);
      width = cursor.number(4);
      height = cursor.number(4);
    } else if (type === 'irot') turns = cursor.number(1) & 3;
    else if (type === 'imir' || type === 'clap') isShaped = true;
    else if (type === 'colr' && ['prof', 'rICC'].includes(cursor.word()))
      profile = meta.subarray(from + 4, to);
  }
  return { width, height, turns, isShaped, profile };
}

function versionIn(cursor: Cursor): number {
  return cursor.number(4) >>> 24;
}

function* typesOf(meta: Uint8Array, iinf: Box): Generator<readonly [number, string], void, undefined> {
  const cursor = new Cursor(meta, iinf.from, iinf.to);
  cursor.number(versionIn(cursor) === 0 ? 2 : 4);
  let count = 0;
  for (const { type, from, to } of boxesIn(meta, cursor.at, iinf.to)) {
    if (type !== 'infe' || count++ >= MOST_ITEMS) continue;
    const entry = new Cursor(meta, from, to);
    const version = versionIn(entry);
    if (version < 2) continue;
    const id = entry.number(version === 2 ? 2 : 4);
    entry.number(2);
    const word = entry.word();
    if (!entry.isPast) yield [id, word];
  }
}

function extentsOf(meta: Uint8Array, iloc: Box | undefined): ReadonlyMap<number, readonly Extent[]> {
  const found = new Map<number, Extent[]>();
  if (iloc === undefined) return found;
  const cursor = new Cursor(meta, iloc.from, iloc.to);
  const version = versionIn(cursor);
  const sizes = cursor.number(2);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >>> 12, (sizes >>> 8) & 15, (sizes >>> 4) & 15];
  const indexBytes = version > 0 ? sizes & 15 : 0;
  const count = cursor.number(version < 2 ? 2 : 4);
  for (let item = 0; item < Math.min(count, MOST_ITEMS) && !cursor.isPast; item++) {
    const id = cursor.number(version < 2 ? 2 : 4);
    // 0 is "from the beginning of the file": all that photos use.
    const method = version > 0 ? cursor.number(2) & 15 : 0;
    cursor.number(2);
    const base = cursor.number(baseBytes);
    const parts = cursor.number(2);
    const extents: Extent[] = [];
    for (let part = 0; part < Math.min(parts, MOST_PARTS) && !cursor.isPast; part++) {
      cursor.number(indexBytes);
      const offset = base + cursor.number(offsetBytes);
      extents.push({ offset, length: cursor.number(lengthBytes) });
    }
    if (method === 0 && !cursor.isPast) found.set(id, extents);
  }
  return found;
}

function propertiesOf(meta: Uint8Array, iprp: Box | undefined): ReadonlyMap<number, readonly Box[]> {
  const found = new Map<number, Box[]>();
  const ipco = iprp && findBox(meta, 'ipco', iprp.from, iprp.to);
  if (iprp === undefined || ipco === undefined) return found;
  const all = [...boxesIn(meta, ipco.from, ipco.to)];
  for (const { type, from, to } of boxesIn(meta, iprp.from, iprp.to)) {
    if (type !== 'ipma') continue;
    const cursor = new Cursor(meta, from, to);
    const head = cursor.number(4);
    const isWide = (head & 1) === 1;
    const count = cursor.number(4);
    for (let item = 0; item < Math.min(count, MOST_ITEMS) && !cursor.isPast; item++) {
      const id = cursor.number(head >>> 24 < 1 ? 2 : 4);
      const parts = cursor.number(1);
      const properties: Box[] = [];
      for (let part = 0; part < parts && !cursor.isPast; part++) {
        const index = isWide ? cursor.number(2) & 0x7fff : cursor.number(1) & 0x7f;
        const property = all[index - 1];
        if (property !== undefined) properties.push(property);
      }
      found.set(id, properties);
    }
  }
  return found;
}

function referencesTo(
  meta: Uint8Array,
  iref: Box | undefined,
  primary: number,
): Pick<HeifItems, 'parts' | 'thumbnails' | 'describing'> {
  const parts: number[] = [];
  const thumbnails: number[] = [];
  const describing: number[] = [];
  if (iref === undefined) return { parts, thumbnails, describing };
  const idBytes = versionIn(new Cursor(meta, iref.from, iref.to)) === 0 ? 2 : 4;
  for (const { type, from, to } of boxesIn(meta, iref.from + 4, iref.to)) {
    const cursor = new Cursor(meta, from, to);
    const id = cursor.number(idBytes);
    const count = Math.min(cursor.number(2), MOST_PARTS);
    const named: number[] = [];
    for (let part = 0; part < count; part++) named.push(cursor.number(idBytes));
    if (cursor.isPast) continue;
    if (type === 'dimg' && id === primary) parts.push(...named);
    else if (type === 'thmb' && named.includes(primary)) thumbnails.push(id);
    else if (type === 'cdsc' && named.includes(primary)) describing.push(id);
  }
  return { parts, thumbnails, describing };
}
