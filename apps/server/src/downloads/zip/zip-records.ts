/** Something in an archive, once it is written. */
export interface ZipMember {
  /** UTF-8. */
  readonly name: Uint8Array;
  /** Milliseconds since 1970. */
  readonly mtime: number;
  /** Whether its sizes have eight bytes, also behind its content. */
  readonly isLong: boolean;
  /** Where in the archive its header begins. */
  readonly offset: number;
  readonly sizeBytes: number;
  readonly crc: number;
}

/** What stands for "see the longer field", and the greatest that fits. */
const LONG = 0xffff_ffff;
const MANY = 0xffff;

/** Sizes follow the content (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808;

/** Versions of the format that a reader needs: 4.5 for long fields. */
const versionOf = (isLong: boolean): number => (isLong ? 45 : 20);

/** A regular file that its owner may write (upper half: the mode of Unix). */
const ATTRIBUTES = (0o100644 << 16) >>> 0;

/** The header before a member's content (APPNOTE 6.3.10, 4.3.7). */
export function localHeader(member: Pick<ZipMember, 'name' | 'mtime' | 'isLong'>, timeZone: string): Buffer {
  const extra = Buffer.concat([member.isLong ? longField([0, 0]) : Buffer.alloc(0), timeField(member.mtime)]);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(versionOf(member.isLong), 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt32LE(dosTime(member.mtime, timeZone), 10);
  if (member.isLong) header.fill(0xff, 18, 26);
  header.writeUInt16LE(member.name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, member.name, extra]);
}

/** What follows a member's content (4.3.9). */
export function dataDescriptor({
  crc,
  sizeBytes,
  isLong,
}: Pick<ZipMember, 'crc' | 'sizeBytes' | 'isLong'>): Buffer {
  const descriptor = Buffer.alloc(isLong ? 24 : 16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc, 4);
  if (isLong) {
    descriptor.writeBigUInt64LE(BigInt(sizeBytes), 8);
    descriptor.writeBigUInt64LE(BigInt(sizeBytes), 16);
  } else {
    descriptor.writeUInt32LE(sizeBytes, 8);
    descriptor.writeUInt32LE(sizeBytes, 12);
  }
  return descriptor;
}

/** A member's line in the archive's list (4.3.12). */
export function centralHeader(member: ZipMember, timeZone: string): Buffer {
  const { name, sizeBytes, offset } = member;
  const isLongSize = sizeBytes >= LONG;
  const long = [...(isLongSize ? [sizeBytes, sizeBytes] : []), ...(offset >= LONG ? [offset] : [])];
  const extra = Buffer.concat([long.length > 0 ? longField(long) : Buffer.alloc(0), timeField(member.mtime)]);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  // Made on Unix: that is how the mode is read.
  header.writeUInt16LE((3 << 8) | 45, 4);
  header.writeUInt16LE(versionOf(member.isLong || long.length > 0), 6);
  header.writeUInt16LE(FLAGS, 8);
  header.writeUInt32LE(dosTime(member.mtime, timeZone), 12);
  header.writeUInt32LE(member.crc, 16);
  header.writeUInt32LE(Math.min(LONG, sizeBytes), 20);
  header.writeUInt32LE(Math.min(LONG, sizeBytes), 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(ATTRIBUTES, 38);
  header.writeUInt32LE(Math.min(LONG, offset), 42);
  return Buffer.concat([header, name, extra]);
}

/** The end of an archive (4.3.14 to 4.3.16), in the long form where any of its numbers needs that. */
export function endOfArchive(count: number, listOffset: number, listBytes: number): Buffer {
  const isLong = count >= MANY || listOffset >= LONG || listBytes >= LONG;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(MANY, count), 8);
  end.writeUInt16LE(Math.min(MANY, count), 10);
  end.writeUInt32LE(Math.min(LONG, listBytes), 12);
  end.writeUInt32LE(Math.min(LONG, listOffset), 16);
  if (!isLong) return end;
  const long = Buffer.alloc(76);
  long.writeUInt32LE(0x06064b50, 0);
  long.writeBigUInt64LE(44n, 4);
  long.writeUInt16LE((3 << 8) | 45, 12);
  long.writeUInt16LE(45, 14);
  long.writeBigUInt64LE(BigInt(count), 24);
  long.writeBigUInt64LE(BigInt(count), 32);
  long.writeBigUInt64LE(BigInt(listBytes), 40);
  long.writeBigUInt64LE(BigInt(listOffset), 48);
  long.writeUInt32LE(0x07064b50, 56);
  long.writeBigUInt64LE(BigInt(listOffset + listBytes), 64);
  long.writeUInt32LE(1, 72);
  return Buffer.concat([long, end]);
}

/** Numbers of eight bytes (4.5.3). */
function longField(numbers: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + numbers.length * 8);
  field.writeUInt16LE(0x0001, 0);
  field.writeUInt16LE(numbers.length * 8, 2);
  for (const [at, number] of numbers.entries()) field.writeBigUInt64LE(BigInt(number), 4 + at * 8);
  return field;
}

/** The time changed in seconds of UTC (Info-ZIP's extended timestamp); none where four bytes cannot say it. */
function timeField(mtime: number): Buffer {
  const seconds = Math.floor(mtime / 1000);
  if (seconds < -0x8000_0000 || seconds > 0x7fff_ffff) return Buffer.alloc(0);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(5, 2);
  field.writeUInt8(1, 4);
  field.writeInt32LE(seconds, 5);
  return field;
}

const EARLIEST = Date.UTC(1980, 0, 2);
const LATEST = Date.UTC(2107, 11, 30);

/** Date and time of a clock on the wall, to two seconds; from 1980 to 2107. */
function dosTime(mtime: number, timeZone: string): number {
  const clamped = Math.min(LATEST, Math.max(EARLIEST, Math.trunc(mtime)));
  const at = Temporal.Instant.fromEpochMilliseconds(clamped).toZonedDateTimeISO(timeZone);
  const date = ((at.year - 1980) << 9) | (at.month << 5) | at.day;
  const time = (at.hour << 11) | (at.minute << 5) | (at.second >> 1);
  return ((date << 16) | time) >>> 0;
}
