/**
 * A text as a property's value: backslash, semicolon, comma and line feed escaped (RFC 2426 section 4, RFC 5545 section
 * 3.3.11). Other control characters are `formatContentLine`'s business.
 */
export function escapeText(text: string): string {
  return text.replace(/[\\;,\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}

/** The text that a value spells. A backslash before any other character is taken off, as Android's importer does. */
export function unescapeText(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\(.)/gsu, (_, character: string) => (/[nN]/.test(character) ? '\n' : character));
}

/** The texts of a value with several, split where the separator is not escaped. */
export function splitTexts(value: string, separator: ';' | ','): string[] {
  const texts: string[] = [];
  let from = 0;
  for (let at = 0; at < value.length; at++) {
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
