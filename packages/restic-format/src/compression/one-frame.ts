/** `0xFD2FB528`, little-endian. */
const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

const CHECKSUM_LENGTH = 4;
const DICTIONARY_ID_LENGTHS = [0, 1, 2, 4];
const CONTENT_SIZE_LENGTHS = [0, 2, 4, 8];

/** A block that repeats one byte: its size is that of its content, and one byte is stored. */
const RLE = 1;

/** True when the bytes are one Zstandard frame from beginning to end, by its block headers alone (RFC 8878, 3.1.1). */
export function isOneFrame(bytes: Uint8Array): boolean {
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) return false;
  const descriptor = bytes[MAGIC.length] ?? 0;
  let at = MAGIC.length + headerLength(descriptor);
  for (;;) {
    const header = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
    const isRepeated = ((header >> 1) & 3) === RLE;
    at += 3 + (isRepeated ? 1 : header >> 3);
    if (at > bytes.length) return false;
    if ((header & 1) === 1) break;
  }
  const hasChecksum = (descriptor & 4) !== 0;
  return at + (hasChecksum ? CHECKSUM_LENGTH : 0) === bytes.length;
}

/** What the frame's header says of the length of its content, where it does (RFC 8878, 3.1.1.1.4). */
export function contentLengthOf(bytes: Uint8Array): number | undefined {
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) return undefined;
  const descriptor = bytes[MAGIC.length] ?? 0;
  const end = MAGIC.length + headerLength(descriptor);
  const from = end - contentSizeLength(descriptor);
  if (from === end || end > bytes.length) return undefined;
  let length = 0;
  for (let at = end - 1; at >= from; at--) length = length * 256 + (bytes[at] ?? 0);
  return end - from === 2 ? length + 256 : length;
}

function headerLength(descriptor: number): number {
  const windowLength = isSingleSegment(descriptor) ? 0 : 1;
  return 1 + windowLength + (DICTIONARY_ID_LENGTHS[descriptor & 3] ?? 0) + contentSizeLength(descriptor);
}

function contentSizeLength(descriptor: number): number {
  const flag = descriptor >> 6;
  return flag === 0 && isSingleSegment(descriptor) ? 1 : (CONTENT_SIZE_LENGTHS[flag] ?? 0);
}

const isSingleSegment = (descriptor: number): boolean => (descriptor & 0x20) !== 0;
