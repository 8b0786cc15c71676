import { type ContentLine, type Parameter, parameter, parameterValues } from '../lines/content-line.ts';
import type { Kinded } from './contact.ts';
import { TYPES, type TypedList } from './types.ts';

/**
 * The `TYPE`s of vCard for our words, where Android's importer (frameworks/opt/vcard, VCardUtils.getPhoneTypeFromStrings and
 * VCardEntry.addProperty) and RFC 2426 know one; a word without a row has none.
 */
const TOKENS: Readonly<Partial<Record<TypedList, Readonly<Record<string, string>>>>> = {
  phones: {
    home: 'HOME',
    mobile: 'CELL',
    work: 'WORK',
    'fax-work': 'WORK,FAX',
    'fax-home': 'HOME,FAX',
    pager: 'PAGER',
    other: 'VOICE',
    callback: 'X-CALLBACK',
    car: 'CAR',
    'company-main': 'X-COMPANY-MAIN',
    isdn: 'ISDN',
    main: 'X-MAIN',
    'other-fax': 'VOICE,FAX',
    radio: 'X-RADIO',
    telex: 'TLX',
    'tty-tdd': 'X-TTY-TDD',
    'work-mobile': 'WORK,CELL',
    'work-pager': 'WORK,PAGER',
    assistant: 'X-ASSISTANT',
    mms: 'MSG',
  },
  emails: { home: 'HOME', work: 'WORK', mobile: 'CELL' },
  addresses: { home: 'HOME', work: 'WORK' },
  organisations: { work: 'WORK' },
  websites: { home: 'HOME', work: 'WORK' },
  ims: { home: 'HOME', work: 'WORK' },
  sips: { home: 'HOME', work: 'WORK' },
};

const TYPE = 'X-HOLDFAST-TYPE';
const LABEL = 'X-HOLDFAST-LABEL';
/** What others add without meaning one of several. */
const MEANINGLESS: ReadonlySet<string> = new Set(['INTERNET', 'DOM', 'INTL', 'POSTAL', 'PARCEL']);

/** The property that has the person's own word, in the same group: Apple's, which Google and others read too. */
export const OWN_LABEL = 'X-ABLabel';

/** The parameters for a type, and the label that belongs into the group's `X-ABLabel`, if any. */
export function formatKind(list: TypedList, kinded: Kinded): { params: Parameter[]; label?: string } {
  const { type, label, isPrimary } = kinded;
  const own = type === 'custom' && label !== undefined && label !== '' ? label : undefined;
  const tokens = own === undefined ? tokensOf(list, type) : [ownToken(own)];
  if (isPrimary) tokens.push('PREF');
  const params: Parameter[] = tokens.length === 0 ? [] : [['TYPE', ...tokens]];
  const read = inferKind(list, tokens, own);
  if (read.type !== type) params.push([TYPE, type ?? '']);
  if (read.label !== label && label !== undefined) params.push([LABEL, label]);
  return { params, ...(own === undefined ? {} : { label: own }) };
}

/** The type a property has; `label` is what its group's `X-ABLabel` says. */
export function parseKind(list: TypedList, line: ContentLine, label: string | undefined): Kinded {
  const read = inferKind(list, parameterValues(line, 'TYPE'), label);
  const type = line.params.some(([name]) => name === TYPE) ? parameter(line, TYPE) || undefined : read.type;
  const own = line.params.some(([name]) => name === LABEL) ? parameter(line, LABEL) : read.label;
  return {
    ...(type === undefined ? {} : { type }),
    ...(own === undefined ? {} : { label: own }),
    ...(read.isPrimary ? { isPrimary: true } : {}),
  };
}

function tokensOf(list: TypedList, type: string | undefined): string[] {
  const row = type === undefined ? undefined : new Map(Object.entries(TOKENS[list] ?? {})).get(type);
  return row === undefined ? [] : row.split(',');
}

/** A label as a type, which is where Android's importer looks for it; it takes any word, but no reader takes any character. */
function ownToken(label: string): string {
  return `X-${label
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}",:;^\\=]/gu, '_')
    .slice(0, 60)
    .toWellFormed()}`;
}

/** What a reader that knows nothing of our own parameters makes of a property's types. */
function inferKind(list: TypedList, tokens: readonly string[], label: string | undefined): Kinded {
  const isPrimary = tokens.some((token) => token.toUpperCase() === 'PREF')
    ? { isPrimary: true as const }
    : {};
  const all = tokens.filter((token) => token !== '' && token.toUpperCase() !== 'PREF');
  const meant = all.filter((token) => !MEANINGLESS.has(token.toUpperCase()));
  if (label !== undefined) return { type: 'custom', label, ...isPrimary };
  const word =
    wordFor(list, meant) ??
    wordFor(
      list,
      meant.filter((token) => token.toUpperCase() !== 'VOICE'),
    );
  if (word !== undefined) return { type: word, ...isPrimary };
  const [first] = meant;
  if (first === undefined) return isPrimary;
  const own = /^x-/i.test(first) ? first.slice(2) : first;
  const known = (TYPES[list] as readonly string[]).find((name) => name === own.toLowerCase());
  if (known !== undefined && known !== 'custom') return { type: known, ...isPrimary };
  return { type: 'custom', label: own, ...isPrimary };
}

function wordFor(list: TypedList, tokens: readonly string[]): string | undefined {
  const sorted = sortedTokens(tokens);
  return Object.entries(TOKENS[list] ?? {}).find(([, row]) => sortedTokens(row.split(',')) === sorted)?.[0];
}

function sortedTokens(tokens: readonly string[]): string {
  return [...new Set(tokens.map((token) => token.toUpperCase()))].toSorted().join();
}
