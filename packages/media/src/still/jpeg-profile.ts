/** What a segment with a profile begins with (ICC.1:2022, B.4). */
const MARK = Buffer.from('ICC_PROFILE\0', 'latin1');

/** A segment's length has two bytes and counts itself; then come the mark, the number of this part and how many there are. */
const MOST_PART_BYTES = 0xffff - 2 - MARK.length - 2;

/** A JPEG with a colour profile (ICC) put in as it is, right behind its first marker. More of it than 255 parts hold goes in not at all. */
export function withJpegProfile(jpeg: Uint8Array, profile: Uint8Array): Uint8Array {
  const count = Math.ceil(profile.length / MOST_PART_BYTES);
  if (count === 0 || count > 255) return jpeg;
  const parts: Uint8Array[] = [jpeg.subarray(0, 2)];
  for (let part = 0; part < count; part++) {
    const body = profile.subarray(part * MOST_PART_BYTES, (part + 1) * MOST_PART_BYTES);
    const head = Buffer.alloc(4);
    head.writeUInt16BE(0xffe2, 0);
    head.writeUInt16BE(2 + MARK.length + 2 + body.length, 2);
    parts.push(head, MARK, Uint8Array.of(part + 1, count), body);
  }
  return Buffer.concat([...parts, jpeg.subarray(2)]);
}
