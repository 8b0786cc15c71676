/**
 * A text as a property's value: backslash, semicolon, comma and line feed escaped (RFC 2426 section 4, RFC 5545 section
 * 3.3.11). Other control characters are `formatContentLine`'s business.
 */
export function escapeText(text: string): string {
  // Not one replacement with a function: that takes a hundred times the memory of a long text.
  return text.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll('\n', '\\n');
}

/** Characters unescaped at a time. */
const STRETCH = 64 * 1024;

/** The text that a value spells. A backslash before any other character is taken off, as Android's importer does. */
export function unescapeText(value: string): string {
  if (!value.includes('\\')) return value;
  if (value.length <= STRETCH) return unescapeStretch(value);
  const stretches: string[] = [];
  for (let from = 0; from < value.length; ) {
    let end = Math.min(from + STRETCH, value.length);
    let backslashes = 0;
    while (end - backslashes > from && value[end - backslashes - 1] === '\\') backslashes += 1;
    // Not between a backslash and what it escapes.
    if (backslashes % 2 === 1) end += 1;
    stretches.push(unescapeStretch(value.slice(from, end)));
    from = end;
  }
  return stretches.join('');
}

function unescapeStretch(value: string): string {
  return value.replace(/\\(.)/gs, (_, unit: string) => (unit === 'n' || unit === 'N' ? '\n' : unit));
}

/** More texts than any list of a person has, and fewer than hurt. */
const MOST_TEXTS = 10_000;

/** The texts of a value with several, split where the separator is not escaped; of a great many, the last is all the rest. */
export function splitTexts(value: string, separator: ';' | ','): string[] {
  const texts: string[] = [];
  let from = 0;
  for (let at = 0; at < value.length && texts.length < MOST_TEXTS - 1; at++) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === separator) {
      texts.push(unescapeText(value.slice(from, at)));
      from = at + 1;
    }
  }
  texts.push(unescapeText(value.slice(from)));
  return texts;
}

/** Texts as one value, `;` or `,` between them. */
export function joinTexts(texts: readonly (string | undefined)[], separator: ';' | ','): string {
  return texts.map((text) => escapeText(text ?? '')).join(separator);
}
