import { type Contact, parseContacts } from '@holdfast/records';
import type { SinkRefusal } from '#device-sink.ts';
import { contactsPart } from '../../../parts/contacts/contacts-part.ts';
import { DATA, NOT_DELETED, RAW_CONTACTS } from '../../../parts/contacts/tables.ts';
import { rowWords, unbindableRow } from '../../script/bind.ts';
import { runSteps } from '../../script/run-steps.ts';
import { type MarkedTable, markedRows, markOf, removeRows, removeUnfinished } from '../marked-rows.ts';
import {
  type Complaints,
  complaintsOf,
  type GiveContext,
  type Numbered,
  type RecordKind,
} from '../record-kind.ts';
import { ownGroups } from './groups.ts';
import { membershipRow, rowsOfContact } from './rows-of-contact.ts';

/** A contact carries its mark where an account's id of it would be; as an account's own it is deleted at once. */
const MARKED: MarkedTable = {
  uri: RAW_CONTACTS,
  column: 'sourceid',
  where: NOT_DELETED,
  deletedFrom: `${RAW_CONTACTS}?caller_is_syncadapter=true`,
};

/** Contacts, given as the phone's own: no account hears of them. Pictures are bytes, which no command can carry. */
export const CONTACTS_KIND: RecordKind<Contact> = {
  kind: 'contact',
  part: contactsPart,
  isMade: (path) => path === 'contacts/contacts.vcf',
  parse: parseContacts,
  recordOf: (contact) => contact,
  refuse(contact): SinkRefusal | undefined {
    return unbindableRow(...rowsOfContact(contact), ...contact.groups.map((title) => ({ title })));
  },
  async begin(context, signal) {
    await removeUnfinished(context.link, MARKED, signal);
    return {
      give: (batch, stop) => giveContacts(context, batch, stop),
      async [Symbol.asyncDispose]() {},
    };
  },
};

async function giveContacts(
  { link, dialect }: GiveContext,
  batch: readonly Numbered<Contact>[],
  signal?: AbortSignal,
): Promise<Complaints> {
  const titles = new Set(batch.flatMap(({ record }) => record.groups));
  const groups = await ownGroups(link, dialect, titles, signal);
  const heads = batch.map(({ number, record }) => {
    const row = { sourceid: markOf(number), starred: { number: record.isStarred ? '1' : '0' } };
    return [{ number, words: rowWords(dialect, { uri: RAW_CONTACTS, row }) }];
  });
  const complaints = complaintsOf(await runSteps(link, heads, signal));
  const ids = await markedRows(link, MARKED, signal);
  const made = batch.filter(({ number }) => ids.has(number));
  const below = made.map(({ number, record }) => {
    const memberships = record.groups.flatMap((title) => {
      const group = groups.get(title);
      return group === undefined ? [] : [membershipRow(group)];
    });
    const owner = { number: ids.get(number) ?? '' };
    return [...rowsOfContact(record), ...memberships].map((row) => ({
      number,
      words: rowWords(dialect, { uri: DATA, row: { raw_contact_id: owner, ...row } }),
    }));
  });
  for (const [number, complaint] of complaintsOf(await runSteps(link, below, signal)))
    complaints.set(number, complaint);
  const finished = made
    .filter(({ number }) => !complaints.has(number))
    .map(({ number }) => [
      {
        number,
        words: rowWords(dialect, {
          uri: RAW_CONTACTS,
          row: { sourceid: '' },
          where: `_id=${ids.get(number)}`,
        }),
      },
    ]);
  for (const [number, complaint] of complaintsOf(await runSteps(link, finished, signal)))
    complaints.set(number, complaint);
  await removeRows(
    link,
    MARKED,
    [...ids].filter(([number]) => complaints.has(number)),
    signal,
  );
  return complaints;
}
