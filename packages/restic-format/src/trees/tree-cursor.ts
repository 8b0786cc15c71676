import { formatTimeOf } from '#time.ts';
import type { Node } from './node.ts';
import { parseTree } from './parse-tree.ts';

/** What a tree is expected to say of a file, its name and its content aside. */
export interface FileTraits {
  /** Go's, see `goMode`. */
  mode: number;
  /** Since 1970, in whole seconds and the 0 to 999,999,999 nanoseconds after them. */
  mtimeSeconds: number;
  mtimeNanoseconds: number;
  ctimeSeconds: number;
  ctimeNanoseconds: number;
  uid: number;
  gid: number;
  /** Numbers up to 2^53-1; 0 where a tree leaves the field out. */
  inode: number;
  deviceId: number;
  sizeBytes: number;
  links: number;
}

/** What an entry is; `end` behind the last one, `other` when it is not laid out as expected: then nothing more is told. */
type Step = 'file' | 'folder' | 'end' | 'other';

const QUOTE = 0x22;
const COMMA = 0x2c;
const DOT = 0x2e;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const Z = 0x5a;
const CLOSE_OBJECT = 0x7d;

const OPENING = Buffer.from('{"nodes":[');
const CLOSING = Buffer.from(']}\n');
const NAME = Buffer.from('{"name":"');
const TYPE = Buffer.from('","type":"');
const FILE = Buffer.from('file"');
const FOLDER = Buffer.from('dir"');
const MODE = Buffer.from(',"mode":');
const MTIME = Buffer.from(',"mtime":"');
const ATIME = Buffer.from('","atime":"');
const CTIME = Buffer.from('","ctime":"');
const UID = Buffer.from('","uid":');
const GID = Buffer.from(',"gid":');
const INODE = Buffer.from(',"inode":');
const DEVICE_ID = Buffer.from(',"device_id":');
const SIZE = Buffer.from(',"size":');
const LINKS = Buffer.from(',"links":');
const CONTENT = Buffer.from(',"content":[');
const CLOSING_ENTRY = Buffer.from(']}');

/** Value of a lower-case hexadecimal digit; 255 for every other byte, so that a mistake shows in the high bits. */
const DIGITS = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value++) DIGITS['0123456789abcdef'.charCodeAt(value)] = value;

/**
 * Goes through a tree's plaintext and compares its files with what is expected of them, without making values of them: a
 * tenth of the work of `parseTree`.
 *
 * It knows one layout only, that of `formatTree` for files and folders with names that need no escapes, and says `other` or
 * false for anything else, right or wrong: no judgement, only “not mine”. What it does say, `parseTree` would confirm.
 */
export class TreeCursor {
  readonly #bytes: Buffer;
  #at = 0;
  #entryAt = 0;
  #nameFrom = 0;
  #nameTo = 0;
  readonly #mtime = new ExpectedSecond();
  readonly #ctime = new ExpectedSecond();
  readonly #id = new Uint8Array(32);

  constructor(plaintext: Uint8Array) {
    this.#bytes = Buffer.from(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength);
  }

  /** Of the entry `next` came to. */
  get name(): string {
    return this.#bytes.toString('utf8', this.#nameFrom, this.#nameTo);
  }

  /** Where that name, as UTF-8, begins in the plaintext. */
  get nameFrom(): number {
    return this.#nameFrom;
  }

  /** Where it ends. */
  get nameTo(): number {
    return this.#nameTo;
  }

  /** Comes to the next entry, once `isFile` said true of the one before, or `folder` gave it. */
  next(): Step {
    const isFirst = this.#at === 0;
    if (isFirst && !this.#skip(OPENING)) return 'other';
    if (this.#skip(CLOSING)) return this.#at === this.#bytes.length ? 'end' : 'other';
    if (!isFirst && !this.#skipByte(COMMA)) return 'other';
    this.#entryAt = this.#at;
    if (!this.#skip(NAME) || !this.#scanName() || !this.#skip(TYPE)) return 'other';
    if (this.#skip(FILE)) return 'file';
    return this.#skip(FOLDER) ? 'folder' : 'other';
  }

  /** True when the file's entry says exactly this, and `hasBlob` is true of each blob of its content (the id is good until it returns). */
  isFile(traits: FileTraits, hasBlob: (id: Uint8Array) => boolean): boolean {
    const { mode, inode, deviceId, sizeBytes, links } = traits;
    return (
      this.#isFieldOrAbsent(MODE, mode) &&
      this.#areTimes(traits) &&
      this.#isField(UID, traits.uid) &&
      this.#isField(GID, traits.gid) &&
      this.#isFieldOrAbsent(INODE, inode) &&
      this.#isFieldOrAbsent(DEVICE_ID, deviceId) &&
      this.#isFieldOrAbsent(SIZE, sizeBytes) &&
      this.#isFieldOrAbsent(LINKS, links) &&
      this.#isContent(hasBlob)
    );
  }

  /** The folder's entry; `undefined` when it has more in it than a folder of ours. */
  folder(): Node | undefined {
    const bytes = this.#bytes;
    // Were there a brace inside of the entry, what ends at the first one would be no JSON.
    const end = bytes.indexOf(CLOSE_OBJECT, this.#at) + 1;
    if (end === 0) return undefined;
    try {
      const entry = bytes.subarray(this.#entryAt, end);
      const [node] = parseTree(Buffer.concat([OPENING, entry, CLOSING]));
      this.#at = end;
      // A field may be there twice.
      return node?.name === this.name && node.type === 'dir' ? node : undefined;
    } catch {
      return undefined;
    }
  }

  /** Up to the quote behind the name. */
  #scanName(): boolean {
    const bytes = this.#bytes;
    const from = this.#at;
    let at = from;
    let isAscii = true;
    for (; ; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) break;
      if (byte < 0x20 || byte === BACKSLASH) return false;
      if (byte >= 0x80) isAscii = false;
    }
    this.#at = at;
    this.#nameFrom = from;
    this.#nameTo = at;
    // What is not UTF-8 is for a parser to judge.
    return isAscii || !this.name.includes('\ufffd');
  }

  #areTimes(traits: FileTraits): boolean {
    if (!this.#skip(MTIME)) return false;
    const from = this.#at;
    if (!this.#isTime(this.#mtime, traits.mtimeSeconds, traits.mtimeNanoseconds)) return false;
    const to = this.#at;
    if (!this.#skip(ATIME)) return false;
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = from; i < to; i++, at++) if (bytes[i] !== bytes[at]) return false;
    this.#at = at;
    return this.#skip(CTIME) && this.#isTime(this.#ctime, traits.ctimeSeconds, traits.ctimeNanoseconds);
  }

  #isTime(expected: ExpectedSecond, seconds: number, nanoseconds: number): boolean {
    if (!this.#skip(expected.text(seconds))) return false;
    if (nanoseconds !== 0) {
      if (!this.#skipByte(DOT)) return false;
      let scale = 100_000_000;
      let value = 0;
      let digit = 0;
      for (; scale >= 1; scale = Math.floor(scale / 10)) {
        const next = (this.#bytes[this.#at] ?? 0) - ZERO;
        if (!(next >= 0 && next <= 9)) break;
        digit = next;
        value += digit * scale;
        this.#at += 1;
      }
      // Trailing zeros are not written.
      if (value !== nanoseconds || digit === 0) return false;
    }
    return this.#skipByte(Z);
  }

  #isField(field: Uint8Array, value: number): boolean {
    return this.#skip(field) && this.#isNumber(value);
  }

  #isFieldOrAbsent(field: Uint8Array, value: number): boolean {
    return value === 0 || this.#isField(field, value);
  }

  /** Every whole number has but one text, as none begins with a 0. */
  #isNumber(value: number): boolean {
    const bytes = this.#bytes;
    const from = this.#at;
    let at = from;
    let found = 0;
    for (; at < from + 17; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      found = found * 10 + digit;
    }
    if (at === from || found !== value || found > Number.MAX_SAFE_INTEGER) return false;
    this.#at = at;
    return at === from + 1 || bytes[from] !== ZERO;
  }

  #isContent(hasBlob: (id: Uint8Array) => boolean): boolean {
    if (!this.#skip(CONTENT)) return false;
    if (this.#bytes[this.#at] === QUOTE) {
      do if (!this.#isBlob(hasBlob)) return false;
      while (this.#skipByte(COMMA));
    }
    return this.#skip(CLOSING_ENTRY);
  }

  #isBlob(hasBlob: (id: Uint8Array) => boolean): boolean {
    const bytes = this.#bytes;
    const id = this.#id;
    const from = this.#at + 1;
    if (bytes[this.#at] !== QUOTE || bytes[from + 64] !== QUOTE) return false;
    let wrong = 0;
    for (let to = 0, at = from; to < 32; to++, at += 2) {
      const high = DIGITS[bytes[at] as number] as number;
      const low = DIGITS[bytes[at + 1] as number] as number;
      wrong |= high | low;
      id[to] = (high << 4) | low;
    }
    this.#at = from + 65;
    return wrong < 16 && hasBlob(id);
  }

  #skip(text: Uint8Array): boolean {
    const bytes = this.#bytes;
    const at = this.#at;
    for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
    this.#at = at + text.length;
    return true;
  }

  #skipByte(byte: number): boolean {
    if (this.#bytes[this.#at] !== byte) return false;
    this.#at += 1;
    return true;
  }
}

/** The text of a second up to its fraction, made once while files of the same second follow each other. */
class ExpectedSecond {
  #second = Number.NaN;
  #text = new Uint8Array(0);

  text(second: number): Uint8Array {
    if (second !== this.#second) {
      this.#text = Buffer.from(formatTimeOf(second, 0).slice(0, -1), 'latin1');
      this.#second = second;
    }
    return this.#text;
  }
}
