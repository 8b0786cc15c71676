import { type Node, parseTree } from '@holdfast/restic-format';

/** A tree that is longer is made into values piece by piece: a folder may have a million entries. */
const WHOLE_UP_TO = 2 * 1024 * 1024;

/** Of a tree's text, what is made into values at once. */
const PIECE = 512 * 1024;

const OPENING = Buffer.from('{"nodes":[');
const CLOSING = Buffer.from(']}\n');

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];

/** The nodes of a tree's plaintext, as `parseTree` gives them, a few thousand at a time. Fails as it does. */
export function* treeNodes(plaintext: Uint8Array): Generator<readonly Node[], void, undefined> {
  const bytes = Buffer.from(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength);
  // Laid out in another way, it is for `parseTree` to judge, whatever that costs.
  if (bytes.length <= WHOLE_UP_TO || !bytes.subarray(0, OPENING.length).equals(OPENING)) {
    yield parseTree(plaintext);
    return;
  }
  let from = OPENING.length;
  while (from < bytes.length) {
    const to = endOfPiece(bytes, from);
    const isLast = bytes[to] !== COMMA;
    // Of the last piece all that follows is kept: it is a tree only if that is its end.
    const piece = isLast ? bytes.subarray(from) : bytes.subarray(from, to);
    yield parseTree(Buffer.concat(isLast ? [OPENING, piece] : [OPENING, piece, CLOSING]));
    if (isLast) return;
    from = to + 1;
  }
}

/** The comma behind an entry, once there are enough; else where the list ends, or the text. */
function endOfPiece(bytes: Uint8Array, from: number): number {
  let depth = 0;
  for (let at = from; at < bytes.length; at++) {
    switch (bytes[at]) {
      case QUOTE:
        at = endOfText(bytes, at);
        break;
      case OPEN_OBJECT:
      case OPEN_LIST:
        depth += 1;
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        depth -= 1;
        if (depth < 0) return at;
        break;
      case COMMA:
        if (depth === 0 && at - from >= PIECE) return at;
        break;
      default:
    }
  }
  return bytes.length;
}

function endOfText(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
