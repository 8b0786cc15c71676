import { type Contact, formatContacts } from '@holdfast/records';
import { rowsByOwner } from '../../content/by-owner.ts';
import type { ContentLink } from '../../content/content-query.ts';
import { countOf, readTable } from '../../content/read-table.ts';
import { shapeOf } from '../../content/shape.ts';
import { oneFilePart } from '../one-file-part.ts';
import { type PartOptions, type SourcePart, type Tell, toldRecord, unreadableRow } from '../part.ts';
import { contactOf } from './contact-of.ts';
import {
  DATA,
  DATA_COLUMNS,
  GROUP_COLUMNS,
  GROUPS,
  NOT_DELETED,
  RAW_CONTACT_COLUMNS,
  RAW_CONTACTS,
} from './tables.ts';

/** A card without its picture. */
const BYTES_EACH = 400;

/**
 * Contacts: `contacts.vcf`, a card for each of an account's or the phone's own contacts, whoever else the phone takes for the same person.
 * Deleted ones are left out, and those that an app shows and nobody can change: that app has them.
 */
export function contactsPart(options: PartOptions): SourcePart {
  const { link } = options;
  return oneFilePart(options, {
    name: 'contacts',
    file: 'contacts.vcf',
    bytesEach: BYTES_EACH,
    count: (signal) => countOf(link, { uri: RAW_CONTACTS, where: NOT_DELETED }, signal),
    bytes: (tell, signal) => formatContacts(contacts(link, tell, signal)),
  });
}

async function* contacts(
  link: ContentLink,
  tell: Tell,
  signal?: AbortSignal,
): AsyncGenerator<Contact, void, undefined> {
  const groups = await groupTitles(link, signal);
  // After the data: whoever is deleted meanwhile is not among them, and nobody comes without what was said of them.
  const shape = await shapeOf(link, RAW_CONTACTS, RAW_CONTACT_COLUMNS, signal);
  const dataShape = await shapeOf(link, DATA, DATA_COLUMNS, signal);
  const data = await rowsByOwner(link, { uri: DATA, shape: dataShape }, 'raw_contact_id', signal);
  const query = { uri: RAW_CONTACTS, shape, where: NOT_DELETED };
  for await (const { id, columns, problem } of readTable(link, query, signal)) {
    if (columns['raw_contact_is_read_only'] === '1') continue;
    const trouble = problem ?? data.unreadable.get(id);
    if (trouble !== undefined) {
      tell(unreadableRow('contact', 'raw_contacts', { id, problem: trouble }));
      continue;
    }
    const record = contactOf(data.rows.get(id) ?? [], { isStarred: columns['starred'] === '1', groups });
    tell(toldRecord(record, 'contact'));
    yield record;
  }
}

async function groupTitles(
  link: ContentLink,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const shape = await shapeOf(link, GROUPS, GROUP_COLUMNS, signal);
  const titles = new Map<string, string>();
  for await (const { id, columns } of readTable(link, { uri: GROUPS, shape, where: NOT_DELETED }, signal)) {
    const { title } = columns;
    if (title) titles.set(id, title);
  }
  return titles;
}
