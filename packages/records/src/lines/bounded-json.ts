const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = [0x5b, 0x7b];

/** Below this a document cannot hurt, whatever it holds. */
const SMALL_BYTES = 1024 * 1024;
/** More values than any record has; an empty object of three bytes takes sixty when it is read. */
const MOST_VALUES = 1_000_000;

/** The value of a JSON text; absent when it is none, or when reading it would take far more memory than it has. */
export function parseBoundedJson(text: string): unknown {
  try {
    return text.length > SMALL_BYTES && hasTooManyValues(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hasTooManyValues(text: string): boolean {
  let values = 0;
  for (let at = 0; at < text.length && values <= MOST_VALUES; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at + 1);
    else if (unit === COMMA || OPENING.includes(unit)) values += 1;
  }
  return values > MOST_VALUES;
}

/** Where the string that began before `from` has its closing quote. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
