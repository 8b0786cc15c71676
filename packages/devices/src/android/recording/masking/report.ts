import { URI_WORDS } from './known-columns.ts';
import { maskText } from './mask-text.ts';
import type { Names } from './names.ts';
import { maskColumn } from './sql.ts';
import { KEPT_WORDS, LABELS, NUMBER_LABELS, PHRASE } from './vocabulary.ts';

/** In this order: a line of a Java trace, a column or a provider that is complained of, an address of a provider, a path, a name with dots in it, a phrase, a word. */
const TOKEN = new RegExp(
  [
    String.raw`(?<frame>^[ \t]+at (?:android|java|com\.android)\.[\w.$<>]+\((?:[A-Z]\w+\.(?:java|kt):\d{1,5}|Native Method|Unknown Source)\)$)`,
    String.raw`(?<column>(?<=(?:Invalid column|no such column:) '?)[A-Za-z_]\w*(?:\([\w(), ]*\))?)`,
    String.raw`(?<authority>(?<=provider: ?)[\w-]+(?![\w.]))`,
    String.raw`(?<uri>content:\/\/[^\s'",;]+)`,
    String.raw`(?<path>(?<![\p{L}\p{N}_./])\/[^\s'":;,(){}\[\]]+?(?==[\w.]+$|[\s'":;,(){}\[\]]|$))`,
    String.raw`(?<dotted>(?<![\p{L}\p{N}_$.@])[A-Za-z_][\w$]*(?:\.[A-Za-z_$][\w$-]*)+(?:==)?)`,
    `(?<phrase>${PHRASE.source})`,
    String.raw`(?<security>(?:wpa2-psk|wpa3-sae|wpa2-eap|owe|open)(?=\^?\s*$)|SSID(?= +Security type))`,
    String.raw`(?<word>[\p{L}\p{M}\p{N}_]+)`,
  ].join('|'),
  'gmu',
);

/**
 * What a command printed, of which no more is known: names of Android's own programs and errors stay, a few words that are theirs,
 * and short numbers behind a label; names of files and apps get their stand-ins, and everything else keeps its form only.
 */
export function maskReport(text: string, names: Names): string {
  let masked = '';
  let from = 0;
  for (const { 0: token, index, groups = {} } of text.matchAll(TOKEN)) {
    masked += maskText(text.slice(from, index)) + maskToken(token, index, groups, text, names);
    from = index + token.length;
  }
  return masked + maskText(text.slice(from));
}

function maskToken(
  token: string,
  index: number,
  {
    frame,
    column,
    authority,
    uri,
    path,
    dotted,
    phrase,
    security,
  }: Readonly<Record<string, string | undefined>>,
  text: string,
  names: Names,
): string {
  if ((frame ?? phrase ?? security) !== undefined) return token;
  if (column !== undefined) return maskColumn(column);
  if (authority !== undefined) return URI_WORDS.has(authority) ? authority : maskText(authority);
  if (uri !== undefined) return maskUri(uri);
  if (path !== undefined) return names.path(path);
  if (dotted !== undefined) return names.of(dotted);
  if (KEPT_WORDS.has(token)) return token;
  const isInFront = /^(?:[=:{[(]| \[)/.test(text.slice(index + token.length, index + token.length + 2));
  if (LABELS.has(token) && isInFront) return token;
  return isLabelled(token, index, text) ? token : maskText(token);
}

/** A number of up to three digits right behind a label that stays, and nothing behind it that could go on with it. */
function isLabelled(token: string, index: number, text: string): boolean {
  if (!/^\d{1,3}$/.test(token)) return false;
  if (!/^(?:$|[\s,})\]])/.test(text.slice(index + token.length, index + token.length + 1))) return false;
  if (/^ \d/.test(text.slice(index + token.length, index + token.length + 2))) return false;
  const label = /([A-Za-z]+)(?:=|: ?)-?$/.exec(text.slice(Math.max(0, index - 40), index))?.[1];
  return label !== undefined && NUMBER_LABELS.has(label);
}

/** The address of a provider: names of rows in it are masked, and numbers, but for those that `isKept` says. */
export function maskUri(uri: string, isKept: (digits: string) => boolean = () => false): string {
  const [, path = '', rest = ''] = /^content:\/\/([^?]*)(.*)$/s.exec(uri) ?? [];
  const masked = path
    .split('/')
    .map((word) => (URI_WORDS.has(word) || isKept(word) ? word : maskText(word)))
    .join('/');
  return `content://${masked}${maskText(rest)}`;
}
