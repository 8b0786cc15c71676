import { encodeName } from '@holdfast/kernel';

/**
 * Orders names by their bytes, as restic sorts a tree: negative when `a` comes first, 0 when they are the same.
 *
 * Plain string comparison would differ from U+D800 on, where JavaScript compares halves of characters.
 */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // Below the surrogates, UTF-8 keeps the order of code points.
    if (x < 0xd800 && y < 0xd800) return x - y;
    return Math.sign(Buffer.compare(encodeName(a), encodeName(b)));
  }
  return a.length - b.length;
}
