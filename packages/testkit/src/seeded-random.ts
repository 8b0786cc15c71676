import type { RandomBytes } from '@holdfast/kernel';

/**
 * Bytes that look random and are the same for the same seed, on every machine; for tests only, never for keys.
 *
 * The generator is mulberry32 (Tommy Ettinger, public domain), four bytes a step, little-endian. What it gives does
 * not depend on how it is asked only when lengths are multiples of four.
 */
export function seededRandom(seed: number): RandomBytes {
  let state = seed >>> 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (; at < length; at += 4) {
      state = (state + 0x6d2b79f5) >>> 0;
      let word = Math.imul(state ^ (state >>> 15), state | 1);
      word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
      word = (word ^ (word >>> 14)) >>> 0;
      if (at + 4 <= length) view.setUint32(at, word, true);
      else for (let i = 0; at + i < length; i++) bytes[at + i] = word >>> (8 * i);
    }
    return bytes;
  };
}
