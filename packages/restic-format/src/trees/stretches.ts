/** Where one entry ends and another may begin: restic, and we, write an entry's name first. */
const BORDER = Buffer.from('},{"name":"');

const OPENING = Buffer.from('{"nodes":[');
const CLOSING = Buffer.from(']}');

const SPACES: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Gives the entries of a tree's JSON to `read`, in order, as JSON arrays of about `stretchBytes`: a string cannot hold the
 * text of a large tree. False when the tree is not laid out as restic does it, whatever was read of it by then.
 *
 * `read` says whether it was given JSON. Inside of an entry, too, something may look like a border (an extended attribute has
 * a name). What lies between two borders between entries is a JSON array and what ends inside of an entry is none, since its
 * brackets do not match: then a border twice as far away is tried, and in the end that of the whole list.
 */
export function readStretches(
  plaintext: Uint8Array,
  stretchBytes: number,
  read: (stretch: Uint8Array) => boolean,
): boolean {
  const bytes = Buffer.from(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength);
  const end = endOfList(bytes);
  if (end === undefined) return false;
  let at = OPENING.length;
  for (let wanted = stretchBytes; at < end; wanted *= 2) {
    const border = bytes.indexOf(BORDER, at + wanted);
    const to: number = border < 0 || border >= end ? end : border + 1;
    if (read(asArray(bytes, at, to))) {
      at = to + 1;
      wanted = stretchBytes / 2;
    } else if (to === end) return false;
  }
  return true;
}

function endOfList(bytes: Buffer): number | undefined {
  if (!startsAt(bytes, 0, OPENING)) return undefined;
  let end = bytes.length;
  while (SPACES.has(bytes[end - 1])) end -= 1;
  end -= CLOSING.length;
  return end >= OPENING.length && startsAt(bytes, end, CLOSING) ? end : undefined;
}

const startsAt = (bytes: Buffer, at: number, wanted: Buffer): boolean =>
  bytes.subarray(at, at + wanted.length).equals(wanted);

function asArray(bytes: Buffer, from: number, to: number): Uint8Array {
  const array = Buffer.allocUnsafe(to - from + 2);
  array[0] = 0x5b; // [
  array[array.length - 1] = 0x5d; // ]
  bytes.copy(array, 1, from, to);
  return array;
}
