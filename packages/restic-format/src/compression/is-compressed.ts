/** So many bytes from a file's start tell its kind. */
export const SIGNATURE_LENGTH = 16;

/** A kind of file whose content is compressed, by bytes at a place; `?` stands for any byte. */
const SIGNATURES: readonly (readonly [kind: string, offset: number, bytes: string])[] = [
  ['JPEG', 0, '\xff\xd8\xff'],
  ['PNG', 0, '\x89PNG\r\n\x1a\n'],
  ['GIF', 0, 'GIF8'],
  ['WebP', 0, 'RIFF????WEBP'],
  ['AVI', 0, 'RIFF????AVI '],
  ['JPEG XL', 0, '\0\0\0\x0cJXL '],
  ['JPEG 2000', 0, '\0\0\0\x0cjP  '],
  ['MP4, MOV, 3GP, M4A, HEIF, AVIF', 4, 'ftyp'],
  ['MOV of old', 4, 'moov'],
  ['MOV of old, index last', 4, 'mdat'],
  ['Matroska, WebM', 0, '\x1a\x45\xdf\xa3'],
  ['Windows Media', 0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11'],
  ['Flash video', 0, 'FLV\x01'],
  ['MPEG program stream', 0, '\0\0\x01\xba'],
  ['Ogg', 0, 'OggS'],
  ['FLAC', 0, 'fLaC'],
  ['MP3 with tags', 0, 'ID3'],
  ['AMR', 0, '#!AMR'],
  ['ZIP, APK, JAR, DOCX', 0, 'PK\x03\x04'],
  ['gzip', 0, '\x1f\x8b\x08'],
  ['bzip2', 0, 'BZh?1AY&SY'],
  ['xz', 0, '\xfd7zXZ\0'],
  ['lzip', 0, 'LZIP'],
  ['LZ4', 0, '\x04\x22\x4d\x18'],
  ['Zstandard', 0, '\x28\xb5\x2f\xfd'],
  ['7z', 0, '7z\xbc\xaf\x27\x1c'],
  ['RAR', 0, 'Rar!\x1a\x07'],
  ['Cabinet', 0, 'MSCF\0\0\0\0'],
  ['WOFF', 0, 'wOFF'],
  ['WOFF 2', 0, 'wOF2'],
];

/**
 * True when a file that starts with these bytes is of a kind that is compressed already, so that trying again only costs
 * time. By content, never by name; a handful of bytes suffices (`SIGNATURE_LENGTH`).
 */
export function isCompressed(firstBytes: Uint8Array): boolean {
  return (
    SIGNATURES.some(([, offset, bytes]) => hasBytes(firstBytes, offset, bytes)) || isMpegAudio(firstBytes)
  );
}

/** How many bytes `looksRandom` looks at, in pieces spread evenly. */
const SAMPLE_LENGTH = 4096;
const SAMPLE_PIECES = 8;

/** Sum of squared counts relative to that of random bytes, up to which compression gains about 2 %. */
const RANDOM_ENOUGH = 1.3;

/**
 * True when bytes of an unknown kind look encrypted or compressed: all values about equally frequent in a sample.
 *
 * For whole chunks; of fewer than 4 KiB it says false, as trying those costs nothing. A blob that `compress` does not make
 * smaller is stored as it is anyway, so a wrong answer costs a little space or time and nothing else.
 */
export function looksRandom(bytes: Uint8Array): boolean {
  if (bytes.length < SAMPLE_LENGTH) return false;
  const counts = new Uint16Array(256);
  const piece = SAMPLE_LENGTH / SAMPLE_PIECES;
  const stride = bytes.length / SAMPLE_PIECES;
  for (let n = 1; n <= SAMPLE_PIECES; n++) {
    // The end of each stretch, not its start: files begin with headers, which are seldom random.
    const end = Math.floor(n * stride);
    for (let i = end - piece; i < end; i++) (counts[bytes[i] as number] as number)++;
  }
  let squares = 0;
  for (const count of counts) squares += count * count;
  // What random bytes give on average: each pair of different samples agrees once in 256.
  return squares < RANDOM_ENOUGH * (SAMPLE_LENGTH + (SAMPLE_LENGTH * (SAMPLE_LENGTH - 1)) / 256);
}

function hasBytes(bytes: Uint8Array, offset: number, pattern: string): boolean {
  if (bytes.length < offset + pattern.length) return false;
  for (let i = 0; i < pattern.length; i++) {
    const wanted = pattern.charCodeAt(i);
    if (wanted !== ANY && bytes[offset + i] !== wanted) return false;
  }
  return true;
}

const ANY = 0x3f;

/**
 * True for a frame header of MPEG audio layer II or III, or of AAC (ADTS): 11 or 12 bits set, then fields that are not
 * reserved. UTF-16's byte order mark would be layer I, which nobody uses.
 */
function isMpegAudio(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return false;
  if ((second & 0xf6) === 0xf0) return ((third >> 2) & 15) < 13;
  const version = (second >> 3) & 3;
  const layer = (second >> 1) & 3;
  const bitRate = third >> 4;
  const sampleRate = (third >> 2) & 3;
  return version !== 1 && (layer === 1 || layer === 2) && bitRate !== 0 && bitRate !== 15 && sampleRate !== 3;
}
