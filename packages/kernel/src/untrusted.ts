/** Longest text a message should quote. */
const DEFAULT_LIMIT = 500;

/**
 * Characters that move a terminal's cursor, break a line or reorder text: C0, DEL and C1 (Cc), lone surrogates (Cs), line
 * and paragraph separators (Zl, Zp), bidirectional marks, embeddings, overrides and isolates, and the byte order mark.
 */
const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** `\x1b[0m` and its like, as `CONTROL` made them visible: coloured output has them between a key and its value. */
const GAP = String.raw`(?:\\x1b\[[0-9;]*m|\s)*`;
const KEY = 'passw(?:or)?d|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key';
const VALUE = String.raw`(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\S+)`;

/** Each pattern's first group stays; what follows it is the secret. Too much is hidden rather than too little. */
const SECRETS: readonly RegExp[] = [
  /(:\/\/)[^\s/]*(?=@)/g,
  new RegExp(`((?:${KEY})${GAP}=${GAP})${VALUE}`, 'gi'),
  new RegExp(`((?:${KEY})["']${GAP}:${GAP})${VALUE}`, 'gi'),
  new RegExp(String.raw`(--(?:${KEY})\s+)${VALUE}`, 'gi'),
  new RegExp(String.raw`(authorization["']?\s*[:=]\s*["']?(?:[a-z]+\s+)?)[^\s"']+`, 'gi'),
];

/**
 * A name from outside as it is, fit for one line: a person's own file may be called `password=1.txt`.
 *
 * Control characters become visible escapes (`\n`, `\x1b`, `\u202e`; an undecodable byte of a name, `\xff`); then it is
 * cut to `limit` UTF-16 units, the last of which is then `…`. It is for reading: it is no escaping for a shell, a path, HTML or SQL.
 */
export function visibleText(text: string, limit: number = DEFAULT_LIMIT): string {
  return cut(text.replace(CONTROL, visible), limit);
}

/**
 * Text from outside, fit for one line of a message or a log: what a phone, a client or another program said.
 *
 * As `visibleText`, and before the cut credentials (`user:password@` in an address, `password=…`, `token=…`,
 * authorization headers) become `***`.
 */
export function plainText(text: string, limit: number = DEFAULT_LIMIT): string {
  let plain = text.replace(CONTROL, visible);
  for (const secret of SECRETS) plain = plain.replace(secret, '$1***');
  return cut(plain, limit);
}

function visible(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.charCodeAt(0);
  // An undecodable byte of a name, held as a surrogate escape (see names.ts).
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, Math.max(0, limit - 1));
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}…`;
}
