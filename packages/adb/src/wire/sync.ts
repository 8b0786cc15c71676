import { pathTooLong, protocolViolation } from '#failures.ts';
import { idOf, viewOf } from './little-endian.ts';

/** Messages of the file service (AOSP adb `file_sync_protocol.h`). */
export const SYNC = {
  stat: idOf('STAT'),
  stat2: idOf('STA2'),
  lstat2: idOf('LST2'),
  list: idOf('LIST'),
  list2: idOf('LIS2'),
  entry: idOf('DENT'),
  entry2: idOf('DNT2'),
  send: idOf('SEND'),
  send2: idOf('SND2'),
  receive: idOf('RECV'),
  receive2: idOf('RCV2'),
  data: idOf('DATA'),
  done: idOf('DONE'),
  okay: idOf('OKAY'),
  fail: idOf('FAIL'),
  quit: idOf('QUIT'),
} as const;

/** Longest path of a request, in bytes. */
export const MOST_PATH_BYTES = 1024;

/** Most bytes of a file in one DATA message. */
export const MOST_DATA_BYTES = 64 * 1024;

/** Length of what every request, and each of DATA, DONE, OKAY and FAIL, begins with: the message and a number. */
export const SYNC_HEADER_BYTES = 8;

/** Lengths of replies, without the name that follows an entry. */
export const STAT_BYTES = 16;
export const STAT2_BYTES = 72;
export const ENTRY_BYTES = 20;
export const ENTRY2_BYTES = 76;

/** A message and the number after it: a length, a time (DONE of a SEND) or flags (the second half of RCV2). */
export function encodeSyncHeader(id: number, value: number): Uint8Array {
  const bytes = new Uint8Array(SYNC_HEADER_BYTES);
  const view = viewOf(bytes);
  view.setUint32(0, id, true);
  view.setUint32(4, value, true);
  return bytes;
}

/** A request about a path, or a message with text. Throws `adb/path-too-long` beyond 1024 bytes. */
export function encodeSyncRequest(id: number, path: Uint8Array): Uint8Array {
  if (path.length > MOST_PATH_BYTES) throw pathTooLong(path.length);
  return encodeSyncMessage(id, path);
}

/** A message with its length and its bytes. */
export function encodeSyncMessage(id: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(SYNC_HEADER_BYTES + payload.length);
  bytes.set(encodeSyncHeader(id, payload.length));
  bytes.set(payload, SYNC_HEADER_BYTES);
  return bytes;
}

/** The second half of a SND2 request: the mode, and no compression. */
export function encodeSend2Setup(mode: number): Uint8Array {
  const bytes = new Uint8Array(12);
  const view = viewOf(bytes);
  view.setUint32(0, SYNC.send2, true);
  view.setUint32(4, mode, true);
  return bytes;
}

/** The message and the number that eight bytes spell. Throws `adb/protocol` for another number of bytes. */
export function decodeSyncHeader(bytes: Uint8Array): { readonly id: number; readonly value: number } {
  const view = exactly(bytes, SYNC_HEADER_BYTES);
  return { id: view.getUint32(0, true), value: view.getUint32(4, true) };
}

/** What version 1 says of a file. The size is modulo 2^32; all zeros mean that there is none, or that it is not known. */
export interface Stat1 {
  readonly mode: number;
  readonly size: number;
  readonly mtime: number;
}

/** What version 2 says of a file; all numbers but `error` are 0 where `error` is not. Times are seconds since 1970. */
export interface Stat2 {
  /** An errno of Linux, 0 for none. */
  readonly error: number;
  readonly dev: bigint;
  readonly ino: bigint;
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: bigint;
  readonly atime: bigint;
  readonly mtime: bigint;
  readonly ctime: bigint;
}

/** The reply to STAT, of 16 bytes. Throws `adb/protocol`. */
export function decodeStat1(bytes: Uint8Array): Stat1 {
  const view = exactly(bytes, STAT_BYTES);
  return stat1At(view);
}

/** A DENT of version 1 before its name, of 20 bytes. Throws `adb/protocol`. */
export function decodeEntry1(bytes: Uint8Array): { readonly stat: Stat1; readonly nameBytes: number } {
  const view = exactly(bytes, ENTRY_BYTES);
  return { stat: stat1At(view), nameBytes: view.getUint32(16, true) };
}

/** The reply to STA2 and LST2, of 72 bytes. Throws `adb/protocol`. */
export function decodeStat2(bytes: Uint8Array): Stat2 {
  return stat2At(exactly(bytes, STAT2_BYTES));
}

/** A DNT2 before its name, of 76 bytes. Throws `adb/protocol`. */
export function decodeEntry2(bytes: Uint8Array): { readonly stat: Stat2; readonly nameBytes: number } {
  const view = exactly(bytes, ENTRY2_BYTES);
  return { stat: stat2At(view), nameBytes: view.getUint32(72, true) };
}

/** A version 1 stat behind its message: the reply to STAT, and the beginning of a DENT. */
export function encodeStat1(id: number, stat: Stat1): Uint8Array {
  const bytes = new Uint8Array(STAT_BYTES);
  const view = viewOf(bytes);
  view.setUint32(0, id, true);
  view.setUint32(4, stat.mode, true);
  view.setUint32(8, stat.size, true);
  view.setUint32(12, stat.mtime, true);
  return bytes;
}

/** A version 2 stat behind its message: the reply to STA2 and LST2, and the beginning of a DNT2. */
export function encodeStat2(id: number, stat: Stat2): Uint8Array {
  const bytes = new Uint8Array(STAT2_BYTES);
  const view = viewOf(bytes);
  view.setUint32(0, id, true);
  view.setUint32(4, stat.error, true);
  view.setBigUint64(8, stat.dev, true);
  view.setBigUint64(16, stat.ino, true);
  view.setUint32(24, stat.mode, true);
  view.setUint32(28, stat.nlink, true);
  view.setUint32(32, stat.uid, true);
  view.setUint32(36, stat.gid, true);
  view.setBigUint64(40, stat.size, true);
  view.setBigInt64(48, stat.atime, true);
  view.setBigInt64(56, stat.mtime, true);
  view.setBigInt64(64, stat.ctime, true);
  return bytes;
}

function stat1At(view: DataView): Stat1 {
  return { mode: view.getUint32(4, true), size: view.getUint32(8, true), mtime: view.getUint32(12, true) };
}

function stat2At(view: DataView): Stat2 {
  return {
    error: view.getUint32(4, true),
    dev: view.getBigUint64(8, true),
    ino: view.getBigUint64(16, true),
    mode: view.getUint32(24, true),
    nlink: view.getUint32(28, true),
    uid: view.getUint32(32, true),
    gid: view.getUint32(36, true),
    size: view.getBigUint64(40, true),
    atime: view.getBigInt64(48, true),
    mtime: view.getBigInt64(56, true),
    ctime: view.getBigInt64(64, true),
  };
}

function exactly(bytes: Uint8Array, length: number): DataView {
  if (bytes.length !== length) throw protocolViolation('a message of the file service of another length');
  return viewOf(bytes);
}
