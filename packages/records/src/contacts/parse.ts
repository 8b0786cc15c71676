import type { ByteSource } from '@holdfast/kernel';
import { parseBoundedJson } from '../lines/bounded-json.ts';
import { columnsOf } from '../lines/columns.ts';
import { type ContentLine, parameter } from '../lines/content-line.ts';
import { contentLines } from '../lines/content-lines.ts';
import { isObject } from '../lines/json-lines.ts';
import { MAX_RECORD_BYTES } from '../lines/raw-lines.ts';
import { splitTexts, unescapeText } from '../lines/text-value.ts';
import type { Unreadable } from '../unreadable.ts';
import { type Contact, contact, type ExtraRow, type Labelled } from './contact.ts';
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
import { OWN_LABEL, parseKind } from './type-params.ts';
import { typeWord } from './types.ts';

/**
 * The contacts of a vCard 3.0 file, ours or others', in their order; a damaged property costs only itself.
 *
 * Of others' files, what a `Contact` has no place for is left out.
 */
export async function* parseContacts(source: ByteSource): AsyncGenerator<Contact | Unreadable> {
  let lines: ContentLine[] | undefined;
  let size = 0;
  let begun = 0;
  for await (const item of contentLines(source)) {
    if (item.kind === 'unreadable') {
      yield item;
      continue;
    }
    const { line, number } = item;
    if (isMark(line, 'BEGIN')) {
      if (lines !== undefined) yield { kind: 'unreadable', line: begun, detail: 'a contact has no end' };
      lines = [];
      size = 0;
      begun = number;
    } else if (isMark(line, 'END')) {
      if (lines !== undefined) yield parseCard(lines);
      lines = undefined;
    } else if (lines !== undefined) {
      // Counted as what it holds at least: many short lines cost more than their characters.
      size += line.value.length + 100;
      if (size > MAX_RECORD_BYTES * 2) {
        yield { kind: 'unreadable', line: number, detail: 'a contact is too long' };
        lines = undefined;
      } else {
        lines.push(line);
      }
    } else {
      yield { kind: 'unreadable', line: number, detail: 'a property outside of any contact' };
    }
  }
  if (lines !== undefined) yield { kind: 'unreadable', line: begun, detail: 'a contact has no end' };
}

function isMark(line: ContentLine, name: 'BEGIN' | 'END'): boolean {
  return line.name === name && line.value.toUpperCase() === 'VCARD';
}

/** Lists under construction. */
type Draft = {
  -readonly [K in keyof Contact]: Contact[K] extends readonly (infer T)[] ? T[] : Contact[K];
};

const LABELLED: ReadonlyMap<string, (typeof LABELLED_PROPERTIES)[number][0]> = new Map(
  LABELLED_PROPERTIES.map(([list, name]) => [name, list]),
);
const EVENTS: ReadonlyMap<string, string> = new Map(EVENT_PROPERTIES.map(([type, name]) => [name, type]));
const IMS: ReadonlyMap<string, string> = new Map([...IM_PROPERTIES].map(([word, name]) => [name, word]));
const PHONETIC: ReadonlyMap<string, string> = new Map(
  PHONETIC_PROPERTIES.map(([part, name]) => [name, part]),
);

function parseCard(lines: readonly ContentLine[]): Contact {
  // Fresh lists, which are nobody else's yet.
  const draft = contact({}) as Draft;
  const name: Record<string, string> = {};
  const groups = groupsOf(lines);
  for (const line of lines) addProperty(draft, name, line, groups.get(line.group ?? '') ?? NO_GROUP);
  if (Object.keys(name).length > 0) draft.name = name;
  return draft;
}

/** The first text of each property of a group. */
type Group = ReadonlyMap<string, string>;
const NO_GROUP: Group = new Map();

function groupsOf(lines: readonly ContentLine[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Map<string, string>>();
  for (const { group, name, value } of lines) {
    if (group === undefined) continue;
    const found = groups.get(group) ?? new Map<string, string>();
    if (!found.has(name)) found.set(name, unescapeText(value));
    groups.set(group, found);
  }
  return groups;
}

function addProperty(draft: Draft, name: Record<string, string>, line: ContentLine, group: Group): void {
  const { value } = line;
  const label = group.get(OWN_LABEL.toUpperCase());
  const labelled = LABELLED.get(line.name);
  if (labelled !== undefined) {
    const texts = labelled === 'nicknames' ? splitTexts(value, ',') : [unescapeText(value)];
    for (const text of texts) draft[labelled].push({ value: text, ...parseKind(labelled, line, label) });
    return;
  }
  const phonetic = PHONETIC.get(line.name);
  if (phonetic !== undefined) return setText(name, phonetic, unescapeText(value));
  const event = EVENTS.get(line.name);
  if (event !== undefined) {
    draft.events.push({ value: unescapeText(value), type: event });
    return;
  }
  const messenger = IMS.get(line.name);
  if (messenger !== undefined || line.name === IM_ANY) {
    const protocol = messenger ?? parameter(line, IM_SERVICE) ?? '';
    draft.ims.push({ value: unescapeText(value), protocol, ...parseKind('ims', line, label) });
    return;
  }
  switch (line.name) {
    case 'FN':
      if (parameter(line, MADE) === undefined) setText(name, 'display', unescapeText(value));
      return;
    case 'N':
      setParts(name, NAME_PARTS, splitTexts(value, ';'));
      return;
    case 'ADR': {
      const address: Record<string, string> = {};
      setParts(address, ADDRESS_PARTS, splitTexts(value, ';'));
      setText(address, 'formatted', group.get('LABEL') ?? '');
      draft.addresses.push({ ...address, ...parseKind('addresses', line, label) });
      return;
    }
    case 'ORG': {
      const place: Record<string, string> = {};
      const [company = '', ...units] = splitTexts(value, ';');
      setText(place, 'company', company);
      setText(place, 'department', units.join(';'));
      for (const [part, property] of ORGANISATION_PROPERTIES) setText(place, part, group.get(property) ?? '');
      draft.organisations.push({ ...place, ...parseKind('organisations', line, label) });
      return;
    }
    case 'NOTE':
      draft.notes.push(unescapeText(value));
      return;
    case 'CATEGORIES':
      draft.groups.push(...splitTexts(value, ','));
      return;
    case STARRED:
      draft.isStarred = value === '1';
      return;
    case 'PHOTO':
      if (/^b(?:ase64)?$/i.test(parameter(line, 'ENCODING') ?? '')) {
        draft.photo = new Uint8Array(Buffer.from(value, 'base64'));
      }
      return;
    case CUSTOM_ROW:
      addCustomRow(draft, line);
      return;
    case EXTRA_ROW: {
      const row = parseExtra(unescapeText(value));
      if (row !== undefined) draft.extras.push(row);
    }
  }
}

function setText(target: Record<string, string>, part: string, text: string): void {
  if (text !== '') target[part] = text;
}

function setParts(target: Record<string, string>, parts: readonly string[], texts: readonly string[]): void {
  for (const [at, part] of parts.entries()) setText(target, part, texts[at] ?? '');
}

function addCustomRow(draft: Draft, line: ContentLine): void {
  const [mimetype = '', ...values] = splitTexts(line.value, ';');
  const list = CUSTOM_ROWS.find(([, type]) => type === mimetype)?.[0];
  if (list === undefined) {
    const columns = values.map((text, at) => [`data${at + 1}`, text]).filter(([, text]) => text !== '');
    draft.extras.push({ mimetype, columns: Object.fromEntries(columns) });
    return;
  }
  const [value = '', number = '', label = ''] = values;
  const row: Labelled = {
    value,
    ...(number === '' ? {} : { type: typeWord(list, number) }),
    ...(label === '' ? {} : { label }),
    ...(parameter(line, 'TYPE') === 'PREF' ? { isPrimary: true } : {}),
  };
  draft[list].push(row);
}

function parseExtra(text: string): ExtraRow | undefined {
  const row = parseBoundedJson(text);
  if (!isObject(row) || typeof row['mimetype'] !== 'string' || !isObject(row['columns'])) return undefined;
  return { mimetype: row['mimetype'], columns: columnsOf(row['columns']) };
}
