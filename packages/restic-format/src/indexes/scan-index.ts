import { SEAL_OVERHEAD } from '#box/sealer.ts';
import type { IndexColumns } from './index-columns.ts';

/** Length of the shortest entry, a pack without blobs, in the form we scan. */
const SHORTEST_ENTRY = 84;
const UINT32_MAX = 0xffff_ffff;

const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const CLOSE_ARRAY = 0x5d;
const CLOSE_OBJECT = 0x7d;

/** Value of a lower-case hexadecimal digit; 255 for every other byte, so that a mistake shows in the high bits. */
const DIGITS = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value++) DIGITS['0123456789abcdef'.charCodeAt(value)] = value;

const START = ascii('{"packs":[');
const PACK = ascii('{"id":"');
const BLOBS = ascii('","blobs":[');
const BLOB = ascii('{"id":"');
const DATA = ascii('","type":"data","offset":');
const TREE = ascii('","type":"tree","offset":');
const LENGTH = ascii(',"length":');
const UNCOMPRESSED = ascii(',"uncompressed_length":');

/**
 * The columns of an index file in exactly the form Go's `encoding/json` gives restic's, with nothing replaced by it.
 *
 * `undefined` for any other form, right or wrong: no judgement, only "not mine".
 */
export function scanIndex(json: Uint8Array): IndexColumns | undefined {
  return new IndexScan(json).run();
}

class IndexScan {
  readonly #json: Uint8Array;
  #at = 0;
  #packs = 0;
  #blobs = 0;
  readonly #packIds: Uint8Array;
  readonly #ids: Uint8Array;
  readonly #pack: Uint32Array;
  readonly #offset: Uint32Array;
  readonly #length: Uint32Array;
  readonly #uncompressedLength: Uint32Array;
  readonly #isTree: Uint8Array;

  constructor(json: Uint8Array) {
    this.#json = json;
    const most = Math.ceil(json.length / SHORTEST_ENTRY);
    this.#packIds = new Uint8Array(32 * most);
    this.#ids = new Uint8Array(32 * most);
    this.#pack = new Uint32Array(most);
    this.#offset = new Uint32Array(most);
    this.#length = new Uint32Array(most);
    this.#uncompressedLength = new Uint32Array(most);
    this.#isTree = new Uint8Array(most);
  }

  run(): IndexColumns | undefined {
    if (!this.#skip(START)) return undefined;
    if (this.#json[this.#at] !== CLOSE_ARRAY) {
      do if (!this.#scanPack()) return undefined;
      while (this.#skipByte(COMMA));
    }
    if (!this.#skipByte(CLOSE_ARRAY) || !this.#skipByte(CLOSE_OBJECT)) return undefined;
    this.#skipByte(0x0a);
    return this.#at === this.#json.length ? this.#columns() : undefined;
  }

  #scanPack(): boolean {
    if (!this.#skip(PACK) || !this.#scanId(this.#packIds, this.#packs) || !this.#skip(BLOBS)) return false;
    if (this.#json[this.#at] !== CLOSE_ARRAY) {
      do if (!this.#scanBlob()) return false;
      while (this.#skipByte(COMMA));
    }
    this.#packs += 1;
    return this.#skipByte(CLOSE_ARRAY) && this.#skipByte(CLOSE_OBJECT);
  }

  #scanBlob(): boolean {
    const row = this.#blobs;
    if (!this.#skip(BLOB) || !this.#scanId(this.#ids, row)) return false;
    const isTree = !this.#skip(DATA);
    if (isTree && !this.#skip(TREE)) return false;
    const offset = this.#scanNumber();
    if (offset < 0 || !this.#skip(LENGTH)) return false;
    const length = this.#scanNumber();
    if (length < SEAL_OVERHEAD || offset + length > UINT32_MAX) return false;
    if (this.#skip(UNCOMPRESSED)) {
      const uncompressed = this.#scanNumber();
      if (uncompressed < 0) return false;
      this.#uncompressedLength[row] = uncompressed;
    }
    this.#pack[row] = this.#packs;
    this.#offset[row] = offset;
    this.#length[row] = length;
    this.#isTree[row] = isTree ? 1 : 0;
    this.#blobs += 1;
    return this.#skipByte(CLOSE_OBJECT);
  }

  /** 64 digits into row `row` of `target`, up to but without the closing quote. */
  #scanId(target: Uint8Array, row: number): boolean {
    const json = this.#json;
    const from = this.#at;
    if (json[from + 64] !== QUOTE) return false;
    let wrong = 0;
    for (let i = 0, to = 32 * row; i < 64; i += 2, to++) {
      const high = DIGITS[json[from + i] as number] as number;
      const low = DIGITS[json[from + i + 1] as number] as number;
      wrong |= high | low;
      target[to] = (high << 4) | low;
    }
    this.#at = from + 64;
    return wrong < 16;
  }

  /** A number from 0 to 2^32-1 as JSON writes it, or -1. */
  #scanNumber(): number {
    const json = this.#json;
    const from = this.#at;
    let at = from;
    let value = 0;
    for (; at < from + 11; at++) {
      const digit = (json[at] as number) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    const hasLeadingZero = at > from + 1 && json[from] === ZERO;
    if (at === from || hasLeadingZero || value > UINT32_MAX) return -1;
    this.#at = at;
    return value;
  }

  #skip(text: Uint8Array): boolean {
    const json = this.#json;
    const at = this.#at;
    for (let i = 0; i < text.length; i++) if (json[at + i] !== text[i]) return false;
    this.#at = at + text.length;
    return true;
  }

  #skipByte(byte: number): boolean {
    if (this.#json[this.#at] !== byte) return false;
    this.#at += 1;
    return true;
  }

  #columns(): IndexColumns {
    const count = this.#blobs;
    return {
      packIds: this.#packIds.slice(0, 32 * this.#packs),
      ids: this.#ids.slice(0, 32 * count),
      pack: this.#pack.slice(0, count),
      offset: this.#offset.slice(0, count),
      length: this.#length.slice(0, count),
      uncompressedLength: this.#uncompressedLength.slice(0, count),
      isTree: this.#isTree.slice(0, count),
    };
  }
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}
