/** A profile longer than this is none of a phone; it would be larger than the small picture it travels with. */
const MOST_PROFILE_BYTES = 16 * 1024;

/**
 * What to do about a picture's colour profile, the dearest step of making a small one: `ignore` one that says what all assume, `keep` one that is
 * small and of RGB, so that the pixels stay as they are; `convert` everything else to sRGB.
 */
export function colourHandling(
  icc: Uint8Array | undefined,
  space: string | undefined,
): 'ignore' | 'keep' | 'convert' {
  if (icc === undefined || space !== 'srgb') return 'convert';
  const text = Buffer.from(icc.buffer, icc.byteOffset, icc.length).toString('latin1');
  // Bytes 16 to 19: the colour space of the data (ICC.1:2022, 7.2.6).
  if (text.slice(16, 20) !== 'RGB ') return 'convert';
  // The description: in ASCII up to version 2, in UTF-16 since.
  if (text.includes('sRGB') || text.includes('s\0R\0G\0B')) return 'ignore';
  return icc.length <= MOST_PROFILE_BYTES ? 'keep' : 'convert';
}
