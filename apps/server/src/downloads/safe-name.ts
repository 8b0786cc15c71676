/** Longest name, in UTF-8: what file systems take, less what makes it unique. */
const MOST_BYTES = 240;

/** What no name may hold in an archive: control characters, what turns text around, and what some system takes for a separator or a drive. */
const FORBIDDEN = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\ufeff\\/:*?"<>|]/gu;

/** Names that mean a device on Windows, with any extension. */
const DEVICES = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

const ENCODER = new TextEncoder();

/** A name that is safe on every system and still looks like the one a phone had; undecodable bytes are shown as `\xff` is, with `=`. */
export function safeName(name: string): string {
  const shown = Array.from(name, shownCharacter).join('').replace(FORBIDDEN, '_');
  const plain = shown.replace(/[. ]+$/, (end) => '_'.repeat(end.length)).replace(DEVICES, '$&_');
  return cut(plain === '' ? '_' : plain);
}

/** A path of safe names: whatever it was, it leads nowhere but down. */
export function safePath(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '')
    .map(safeName)
    .join('/');
}

/** Gives each path once: the second `a/b.jpg` is `a/b (2).jpg`. Paths that differ in case alone are the same on some systems. */
export class UniquePaths {
  /** By path, the number its next namesake gets. */
  readonly #given = new Map<string, number>();

  take(path: string): string {
    let number = this.#given.get(key(path));
    if (number === undefined) {
      this.#given.set(key(path), 2);
      return path;
    }
    let unique = numbered(path, number);
    while (this.#given.has(key(unique))) unique = numbered(path, ++number);
    this.#given.set(key(path), number + 1);
    this.#given.set(key(unique), 2);
    return unique;
  }
}

const key = (path: string): string => path.normalize('NFC').toLowerCase();

function numbered(path: string, count: number): string {
  const found = /^(.*[^/])(\.[^./]{1,12})$/s.exec(path);
  return found === null ? `${path} (${count})` : `${found[1]} (${count})${found[2]}`;
}

/** A lone surrogate that stands for an undecodable byte is shown as that byte. */
function shownCharacter(character: string): string {
  if (character.isWellFormed()) return character;
  const code = character.charCodeAt(0);
  return code >= 0xdc80 && code <= 0xdcff ? `=${(code - 0xdc00).toString(16).toUpperCase()}` : '_';
}

function cut(name: string): string {
  if (ENCODER.encode(name).length <= MOST_BYTES) return name;
  const extension = /\.[^.]{1,12}$/.exec(name)?.[0] ?? '';
  let room = MOST_BYTES - ENCODER.encode(extension).length;
  let stem = '';
  for (const character of name) {
    room -= ENCODER.encode(character).length;
    if (room < 0) break;
    stem += character;
  }
  return stem + extension;
}
