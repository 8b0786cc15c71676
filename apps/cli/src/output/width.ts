const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Shown on top of the character before them, or not at all. */
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Two columns wide on a terminal: East Asian wide and full-width characters (Unicode 16, EastAsianWidth.txt), and emoji. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{16fe0}-\u{1b2fb}]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|.\ufe0f)/u;

const ASCII = /^[\x20-\x7e]*$/;

/** Columns that text takes on a terminal. It holds no control characters: see the kernel's `visibleText`. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text)) width += widthOfOne(segment);
  return width;
}

/** The end of the text, where a file's own name is, in at most `columns`; `…` stands for what was cut. */
export function fitEnd(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns < 1) return '';
  const segments = Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
  let width = 1;
  let from = segments.length;
  while (from > 0) {
    width += widthOfOne(segments[from - 1] ?? '');
    if (width > columns) break;
    from -= 1;
  }
  return `…${segments.slice(from).join('')}`;
}

/** The text and spaces after it, `columns` wide; longer text stays whole. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

function widthOfOne(segment: string): number {
  if (NO_WIDTH.test(segment)) return 0;
  return WIDE.test(segment) ? 2 : 1;
}
