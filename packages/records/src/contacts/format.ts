import type { ByteSource } from '@holdfast/kernel';
import { formatContentLine, type Parameter } from '../lines/content-line.ts';
import { textChunks } from '../lines/text-chunks.ts';
import { escapeText, joinTexts } from '../lines/text-value.ts';
import type { Contact, ContactName, Kinded, Labelled } from './contact.ts';
import {
  ADDRESS_PARTS,
  CUSTOM_ROW,
  CUSTOM_ROWS,
  EVENT_PROPERTIES,
  EXTRA_ROW,
  IM_ANY,
  IM_PROPERTIES,
  IM_SERVICE,
  LABELLED_PROPERTIES,
  MADE,
  NAME_PARTS,
  ORGANISATION_PROPERTIES,
  PHONETIC_PROPERTIES,
  STARRED,
} from './properties.ts';
import { formatKind, OWN_LABEL } from './type-params.ts';
import { type TypedList, typeNumber } from './types.ts';

/** `contacts.vcf`: one vCard 3.0 a contact (docs/records.md). */
export function formatContacts(contacts: AsyncIterable<Contact> | Iterable<Contact>): ByteSource {
  return textChunks(cardsOf(contacts));
}

async function* cardsOf(contacts: AsyncIterable<Contact> | Iterable<Contact>): AsyncGenerator<string> {
  for await (const contact of contacts) yield formatCard(contact);
}

/** One contact as a vCard. */
function formatCard(contact: Contact): string {
  const card = new Card();
  card.add('BEGIN', 'VCARD');
  card.add('VERSION', '3.0');
  addName(card, contact);
  for (const [list, name] of LABELLED_PROPERTIES) {
    for (const labelled of contact[list]) card.addTyped(list, labelled, name, escapeText(labelled.value));
  }
  for (const address of contact.addresses) {
    const parts = ADDRESS_PARTS.map((part) => address[part]);
    card.addTyped('addresses', address, 'ADR', joinTexts(parts, ';'), [['LABEL', address.formatted]]);
  }
  for (const place of contact.organisations) {
    const rest = ORGANISATION_PROPERTIES.map(([part, name]) => [name, place[part]] as const);
    // Without an empty department after it: importers would show the semicolon.
    const parts = place.department ? [place.company, place.department] : [place.company];
    card.addTyped('organisations', place, 'ORG', joinTexts(parts, ';'), rest);
  }
  for (const im of contact.ims) {
    const own = IM_PROPERTIES.get(im.protocol);
    const service: Parameter[] = own === undefined ? [[IM_SERVICE, im.protocol]] : [];
    card.addTyped('ims', im, own ?? IM_ANY, escapeText(im.value), [], service);
  }
  addEvents(card, contact);
  for (const relation of contact.relations) addCustomRow(card, 'relations', relation);
  for (const note of contact.notes) card.add('NOTE', escapeText(note));
  if (contact.groups.length > 0) card.add('CATEGORIES', joinTexts(contact.groups, ','));
  if (contact.isStarred) card.add(STARRED, '1');
  if (contact.photo !== undefined) addPhoto(card, contact.photo);
  for (const { mimetype, columns } of contact.extras) {
    card.add(EXTRA_ROW, escapeText(JSON.stringify({ mimetype, columns })));
  }
  card.add('END', 'VCARD');
  return card.text();
}

class Card {
  readonly #lines: string[] = [];
  #groups = 0;

  add(name: string, value: string, params: readonly Parameter[] = [], group?: string): void {
    this.#lines.push(formatContentLine({ name, value, params, ...(group === undefined ? {} : { group }) }));
  }

  /** A property with a type, and in its group what belongs to it: the person's own label, other properties that are not empty. */
  addTyped(
    list: TypedList,
    kinded: Kinded,
    name: string,
    value: string,
    rest: readonly (readonly [name: string, text: string | undefined])[] = [],
    params: readonly Parameter[] = [],
  ): void {
    const kind = formatKind(list, kinded);
    const present = [...rest, [OWN_LABEL, kind.label] as const].filter(([, text]) => text);
    const group = present.length === 0 ? undefined : `item${++this.#groups}`;
    this.add(name, value, [...kind.params, ...params], group);
    for (const [other, text] of present) this.add(other, escapeText(text ?? ''), [], group);
  }

  text(): string {
    return this.#lines.join('');
  }
}

function addName(card: Card, contact: Contact): void {
  const name = contact.name ?? {};
  const display = name.display || undefined;
  card.add('FN', escapeText(display ?? madeName(contact, name)), display === undefined ? [[MADE, '1']] : []);
  card.add(
    'N',
    joinTexts(
      NAME_PARTS.map((part) => name[part]),
      ';',
    ),
  );
  for (const [part, property] of PHONETIC_PROPERTIES) {
    const text = name[part];
    if (text) card.add(property, escapeText(text));
  }
}

/** A name for a contact without one: the format demands it. */
function madeName(contact: Contact, name: ContactName): string {
  const parts = [name.prefix, name.given, name.middle, name.family, name.suffix].filter(Boolean);
  return (
    parts.join(' ') ||
    contact.nicknames[0]?.value ||
    contact.organisations[0]?.company ||
    contact.phones[0]?.value ||
    contact.emails[0]?.value ||
    '?'
  );
}

function addEvents(card: Card, { events }: Contact): void {
  const seen = new Set<string>();
  const properties = new Map<string, string>(EVENT_PROPERTIES);
  for (const event of events) {
    const property = properties.get(event.type ?? '');
    const isPlain = event.label === undefined && !event.isPrimary;
    if (property === undefined || !isPlain || seen.has(property)) addCustomRow(card, 'events', event);
    else card.add(property, escapeText(event.value));
    if (property !== undefined) seen.add(property);
  }
}

function addCustomRow(card: Card, list: 'events' | 'relations', labelled: Labelled): void {
  const mimetype = new Map(CUSTOM_ROWS).get(list) ?? '';
  const { type, label } = labelled;
  const row = [mimetype, labelled.value, type === undefined ? '' : typeNumber(list, type), label];
  card.add(CUSTOM_ROW, joinTexts(row, ';'), labelled.isPrimary ? [['TYPE', 'PREF']] : []);
}

/** What pictures begin with, and what vCard calls them. */
const PICTURES = [
  ['JPEG', [0xff, 0xd8]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['GIF', [0x47, 0x49, 0x46]],
] as const;

function addPhoto(card: Card, photo: Uint8Array): void {
  const picture = PICTURES.find(([, start]) => start.every((byte, at) => photo[at] === byte));
  const type: Parameter[] = picture === undefined ? [] : [['TYPE', picture[0]]];
  card.add('PHOTO', Buffer.from(photo).toString('base64'), [['ENCODING', 'b'], ...type]);
}
