import {
  type Columns,
  type Contact,
  contact,
  IM_PROTOCOLS,
  type Kinded,
  type Labelled,
  type TypedList,
  typeWord,
} from '@holdfast/records';
import { filled } from '../words.ts';

const ITEM = 'vnd.android.cursor.item/';

/** The parts of a contact while its rows are gone through. */
type Draft = { -readonly [K in keyof Contact]: Contact[K] extends readonly (infer T)[] ? T[] : Contact[K] };

/** What a row of each kind adds (ContactsContract.CommonDataKinds). Columns are `data1` … by number. */
const KINDS: Readonly<Record<string, (draft: Draft, row: Columns) => void>> = {
  name(draft, row) {
    // A person may have been given a second one; the first is the one that is shown.
    if (draft.name !== undefined) return void draft.extras.push(extraOf(row));
    draft.name = filled({
      display: row['data1'],
      given: row['data2'],
      family: row['data3'],
      prefix: row['data4'],
      middle: row['data5'],
      suffix: row['data6'],
      phoneticGiven: row['data7'],
      phoneticMiddle: row['data8'],
      phoneticFamily: row['data9'],
    });
  },
  nickname: (draft, row) => void draft.nicknames.push(labelled('nicknames', row)),
  phone_v2: (draft, row) => void draft.phones.push(labelled('phones', row)),
  email_v2: (draft, row) => void draft.emails.push(labelled('emails', row)),
  website: (draft, row) => void draft.websites.push(labelled('websites', row)),
  contact_event: (draft, row) => void draft.events.push(labelled('events', row)),
  relation: (draft, row) => void draft.relations.push(labelled('relations', row)),
  sip_address: (draft, row) => void draft.sips.push(labelled('sips', row)),
  note: (draft, row) => void draft.notes.push(row['data1'] ?? ''),
  'postal-address_v2'(draft, row) {
    draft.addresses.push({
      ...kinded('addresses', row),
      ...filled({
        formatted: row['data1'],
        street: row['data4'],
        poBox: row['data5'],
        neighborhood: row['data6'],
        city: row['data7'],
        region: row['data8'],
        postcode: row['data9'],
        country: row['data10'],
      }),
    });
  },
  organization(draft, row) {
    draft.organisations.push({
      ...kinded('organisations', row),
      ...filled({
        company: row['data1'],
        title: row['data4'],
        department: row['data5'],
        jobDescription: row['data6'],
        symbol: row['data7'],
        phoneticName: row['data8'],
        officeLocation: row['data9'],
      }),
    });
  },
  im(draft, row) {
    const number = row['data5'] ?? '';
    const word = /^\d$/.test(number) ? IM_PROTOCOLS[Number(number)] : undefined;
    draft.ims.push({ ...labelled('ims', row), protocol: word ?? row['data6'] ?? '' });
  },
};

/** A picture's row: its bytes are not to be had. */
const PHOTO = `${ITEM}photo`;
const GROUP = `${ITEM}group_membership`;

/** The contact that these rows say, each of whose columns are there when they have a value; groups by the ids of their rows. */
export function contactOf(
  rows: readonly Columns[],
  { isStarred, groups }: { readonly isStarred: boolean; readonly groups: ReadonlyMap<string, string> },
): Contact {
  const draft = contact({ isStarred }) as Draft;
  for (const row of rows) {
    const mimetype = row['mimetype'] ?? '';
    if (mimetype === PHOTO) continue;
    if (mimetype === GROUP) {
      const title = groups.get(row['data1'] ?? '');
      if (title !== undefined) draft.groups.push(title);
      continue;
    }
    const kind = mimetype.startsWith(ITEM) ? mimetype.slice(ITEM.length) : '';
    const add = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (add === undefined) draft.extras.push(extraOf(row));
    else add(draft, row);
  }
  return draft;
}

const labelled = (list: TypedList, row: Columns): Labelled => ({
  value: row['data1'] ?? '',
  ...kinded(list, row),
});

function kinded(list: TypedList, row: Columns): Kinded {
  const { data2: type, data3: label } = row;
  return {
    ...(type && { type: typeWord(list, type) }),
    ...(label && { label }),
    ...(row['is_primary'] === '1' && { isPrimary: true }),
  };
}

/** Ids and what the phone keeps for itself mean nothing elsewhere. */
function extraOf(row: Columns): Contact['extras'][number] {
  const columns = Object.entries(row).filter(([name]) => name.startsWith('data') || name === 'is_primary');
  return { mimetype: row['mimetype'] ?? '', columns: Object.fromEntries(columns) };
}
