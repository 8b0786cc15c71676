import type { PhoneRecord } from './key.ts';
import type { Columns } from './lines/columns.ts';

/** Longest title, in UTF-16 units. */
const LIMIT = 120;

/** One line for a list: who, and how it begins. As hostile as what it is taken from: escaping is the screen's. */
export function recordTitle(record: PhoneRecord): string {
  return oneLine(titleOf(record));
}

function titleOf(record: PhoneRecord): string {
  switch (record.kind) {
    case 'sms':
      return joined(record.columns['address'], record.columns['body']);
    case 'mms': {
      const others = [record.sender, ...record.recipients].map((row) => row?.['address']);
      const people = others.filter((address) => address !== undefined && address !== OWN_ADDRESS);
      const text = record.parts.find(({ columns }) => columns['ct'] === 'text/plain')?.columns['text'];
      return joined(people.join(', '), record.columns['sub'] || text || partTypes(record.parts));
    }
    case 'call':
      return record.columns['number'] || record.columns['name'] || '';
    case 'contact': {
      const { name = {}, nicknames, organisations, phones, emails } = record;
      const parts = [name.prefix, name.given, name.middle, name.family, name.suffix].filter(Boolean);
      const names = [name.display, parts.join(' '), nicknames[0]?.value, organisations[0]?.company];
      return [...names, phones[0]?.value, emails[0]?.value].find(Boolean) ?? '';
    }
    case 'event':
      return record.title || record.location || record.description || '';
    case 'app':
      return record.label || record.package;
    case 'setting':
      return `${record.namespace}/${record.key}`;
    default:
      return record satisfies never;
  }
}

/** What Android writes for the phone's own number (AOSP, PduHeaders.FROM_INSERT_ADDRESS_TOKEN_STR). */
const OWN_ADDRESS = 'insert-address-token';

function partTypes(parts: readonly { readonly columns: Columns }[]): string {
  return parts
    .map(({ columns }) => columns['ct'] ?? '')
    .filter((type) => type !== '' && type !== 'application/smil')
    .join(', ');
}

function joined(who: string | undefined, what: string | undefined): string {
  return [who, what].filter(Boolean).join(': ');
}

/** Cut first: a body may have a megabyte. */
function oneLine(text: string): string {
  const line = text
    .slice(0, LIMIT * 4)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (line.length <= LIMIT) return line;
  const kept = line.slice(0, LIMIT - 1);
  // Not in the middle of a character.
  return `${(/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept).trimEnd()}…`;
}
