/**
 * A character that Unicode promises never to assign (a noncharacter, Unicode 16, 23.7): it begins the escape of what
 * text in the database cannot hold.
 */
const ESCAPE = '\u{10fffe}';

/** Half of a surrogate pair cannot be UTF-8, a NUL ends text in some of SQLite's functions, and the escape needs one itself. */
const EACH_UNSTORABLE = /[\0\u{10fffe}\p{Cs}]/gu;
const EACH_ESCAPE = /\u{10fffe}([0-9a-f]{4})/gu;

/**
 * Any string as one that the database can hold: names whose bytes are no UTF-8 (surrogate escapes) keep all of them.
 *
 * Ordinary text is as it was. No two strings give the same.
 */
export function storedText(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes(ESCAPE)) return text;
  return text.replace(EACH_UNSTORABLE, (character) => {
    const code = character === ESCAPE ? 1 : character.charCodeAt(0);
    return ESCAPE + code.toString(16).padStart(4, '0');
  });
}

/** The string of which {@link storedText} made this one. */
export function originalText(stored: string): string {
  if (!stored.includes(ESCAPE)) return stored;
  return stored.replace(EACH_ESCAPE, (_whole, hex: string) =>
    hex === '0001' ? ESCAPE : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
