/** A box of an ISO base media file (ISO/IEC 14496-12): where its content begins and ends. */
export interface Box {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/** A box as its header says: `sizeBytes` 0 is "to the end of the file". */
interface BoxHeader {
  readonly type: string;
  readonly headerBytes: number;
  readonly sizeBytes: number;
}

/** Most boxes of one level that are looked at. */
const MOST_BOXES = 10_000;

/** Reads numbers out of bytes, one after the other; past the end all are 0 and `isPast` is true. */
export class Cursor {
  readonly #view: DataView;
  #at: number;
  readonly #end: number;
  isPast = false;

  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = from;
    this.#end = Math.min(to, bytes.length);
  }

  get at(): number {
    return this.#at;
  }

  /** An unsigned number of 0, 1, 2, 4 or 8 bytes, the first the greatest; one over 2^53 is not exact. */
  number(bytes: number): number {
    const at = this.#at;
    if (at + bytes > this.#end) {
      this.isPast = true;
      return 0;
    }
    this.#at += bytes;
    if (bytes === 8) return this.#view.getUint32(at) * 2 ** 32 + this.#view.getUint32(at + 4);
    if (bytes === 4) return this.#view.getUint32(at);
    if (bytes === 2) return this.#view.getUint16(at);
    return bytes === 1 ? this.#view.getUint8(at) : 0;
  }

  /** Four characters, Latin-1. */
  word(): string {
    const number = this.number(4);
    return String.fromCharCode(number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255);
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }
}

/** The header that bytes begin with at `at`; `undefined` where there is none. */
export function boxHeader(bytes: Uint8Array, at = 0): BoxHeader | undefined {
  const cursor = new Cursor(bytes, at);
  let sizeBytes = cursor.number(4);
  const type = cursor.word();
  if (sizeBytes === 1) sizeBytes = cursor.number(8);
  const headerBytes = cursor.at - at;
  if (cursor.isPast || (sizeBytes !== 0 && sizeBytes < headerBytes)) return undefined;
  return { type, headerBytes, sizeBytes };
}

/** The boxes between two places, in order; one that says it is longer is cut. Ends at what is none. */
export function* boxesIn(bytes: Uint8Array, from: number, to: number): Generator<Box, void, undefined> {
  let start = from;
  for (let count = 0; count < MOST_BOXES && start + 8 <= to; count++) {
    const header = boxHeader(bytes, start);
    if (header === undefined) return;
    const end = header.sizeBytes === 0 ? to : Math.min(to, start + header.sizeBytes);
    yield { type: header.type, from: start + header.headerBytes, to: end };
    start = end;
  }
}

/** The first box of a type between two places. */
export function findBox(bytes: Uint8Array, type: string, from: number, to: number): Box | undefined {
  for (const box of boxesIn(bytes, from, to)) if (box.type === type) return box;
  return undefined;
}
