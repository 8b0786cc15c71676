import { FILE_ENDINGS, KNOWN_NAMES, KNOWN_PREFIXES, NAME_BEGINNINGS } from './known-names.ts';
import { maskText } from './mask-text.ts';

/** So many names are told apart; those after them keep their form only. */
const MOST_NAMES = 100_000;

/** Ways to differ that are tried for one name: other forms may have come upon the next ones. */
const MOST_TRIES = 50;

/** A piece of a name, and whether it stays. */
type Piece = readonly [text: string, stays: boolean];

/**
 * Stand-ins for names of files, folders and apps: the form of the name, and the same one for the same name, whenever it comes.
 * Different names get different ones, as far as their form has room.
 */
export class Names {
  readonly #standIns = new Map<string, string>();
  readonly #taken = new Set<string>();
  /** How many names of a form there are. */
  readonly #counts = new Map<string, number>();

  /** The stand-in of one name. Names that every phone has stay, and so do endings that say what a file is. */
  of(name: string): string {
    const known = this.#standIns.get(name);
    if (known !== undefined) return known;
    if (isKnown(name)) return name;
    const pieces = piecesOf(name);
    const plain = pieces.map(([text, stays]) => (stays ? text : maskText(text)));
    const form = plain.join('');
    if (this.#standIns.size >= MOST_NAMES) return form;
    const count = this.#counts.get(form) ?? 0;
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const standIn = varied(plain, pieces, count + attempt);
      if (standIn === undefined) break;
      if (this.#taken.has(standIn)) continue;
      this.#taken.add(standIn);
      this.#standIns.set(name, standIn);
      this.#counts.set(form, count + attempt + 1);
      return standIn;
    }
    return form;
  }

  /** A path, name by name. */
  path(path: string): string {
    return path
      .split('/')
      .map((name) => this.of(name))
      .join('/');
  }
}

const isKnown = (name: string): boolean =>
  KNOWN_NAMES.has(name) ||
  (/^[\w.$]+$/.test(name) && KNOWN_PREFIXES.some((prefix) => name.startsWith(prefix)));

function piecesOf(name: string): Piece[] {
  const ending = /(?<=.)\.([A-Za-z0-9]{1,5})$/.exec(name);
  const hasEnding = ending !== null && FILE_ENDINGS.has(ending[1]?.toLowerCase() ?? '');
  const stem = hasEnding ? name.slice(0, ending.index) : name;
  const beginning = NAME_BEGINNINGS.exec(stem)?.[0] ?? '';
  return [
    [beginning, true],
    [stem.slice(beginning.length), false],
    [hasEnding ? ending[0] : '', true],
  ];
}

const ALPHABETS: Readonly<Record<string, string>> = {
  '9': '9876543210',
  x: 'xwvutsrqponmlkjihgfedcbazy',
  X: 'XWVUTSRQPONMLKJIHGFEDCBAZY',
};

/** The pieces, those that do not stay changed in their last places so that they spell a number; `undefined` when it is too large. */
function varied(plain: readonly string[], pieces: readonly Piece[], number: number): string | undefined {
  let left = number;
  const texts = plain.toReversed().map((text, at) => {
    if (pieces[plain.length - 1 - at]?.[1] === true) return text;
    const characters = Array.from(text);
    for (let place = characters.length - 1; place >= 0 && left > 0; place--) {
      const alphabet = ALPHABETS[characters[place] ?? ''];
      if (alphabet === undefined) continue;
      characters[place] = alphabet.charAt(left % alphabet.length);
      left = Math.floor(left / alphabet.length);
    }
    return characters.join('');
  });
  return left > 0 ? undefined : texts.toReversed().join('');
}
