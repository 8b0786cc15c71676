import {
  type Address,
  type Contact,
  IM_PROTOCOLS,
  type Kinded,
  type Labelled,
  type Organisation,
  type TypedList,
  typeNumber,
} from '@holdfast/records';
import type { Row } from '../../script/bind.ts';

const ITEM = 'vnd.android.cursor.item/';

/** Rows of a contact, without those of its groups, which are the phone's own (ContactsContract.CommonDataKinds). */
export function rowsOfContact(contact: Contact): readonly Row[] {
  const { name = {}, notes, extras } = contact;
  const texts = (kind: string, list: TypedList & keyof Contact): Row[] =>
    (contact[list] as readonly Labelled[]).map((each) =>
      row(kind, { data1: each.value, ...kinded(list, each) }),
    );
  const names = row('name', {
    data1: name.display,
    data2: name.given,
    data3: name.family,
    data4: name.prefix,
    data5: name.middle,
    data6: name.suffix,
    data7: name.phoneticGiven,
    data8: name.phoneticMiddle,
    data9: name.phoneticFamily,
  });
  return [
    ...(contact.name === undefined ? [] : [names]),
    ...texts('nickname', 'nicknames'),
    ...texts('phone_v2', 'phones'),
    ...texts('email_v2', 'emails'),
    ...contact.addresses.map(addressRow),
    ...contact.organisations.map(organisationRow),
    ...texts('website', 'websites'),
    ...texts('contact_event', 'events'),
    ...texts('relation', 'relations'),
    ...contact.ims.map((im) =>
      row('im', { data1: im.value, ...kinded('ims', im), ...protocolOf(im.protocol) }),
    ),
    ...texts('sip_address', 'sips'),
    ...notes.map((note) => row('note', { data1: note })),
    ...extras.map(({ mimetype, columns: { is_primary: primary, ...columns } }) => ({
      mimetype,
      ...columns,
      ...(primary !== undefined && { is_primary: { number: primary === '1' ? '1' : '0' } }),
    })),
  ];
}

/** The row that makes a contact one of a group. */
export const membershipRow = (group: string): Row => row('group_membership', { data1: group });

const row = (kind: string, columns: Row): Row => ({ mimetype: `${ITEM}${kind}`, ...columns });

const addressRow = (address: Address): Row =>
  row('postal-address_v2', {
    data1: address.formatted,
    ...kinded('addresses', address),
    data4: address.street,
    data5: address.poBox,
    data6: address.neighborhood,
    data7: address.city,
    data8: address.region,
    data9: address.postcode,
    data10: address.country,
  });

const organisationRow = (organisation: Organisation): Row =>
  row('organization', {
    data1: organisation.company,
    ...kinded('organisations', organisation),
    data4: organisation.title,
    data5: organisation.department,
    data6: organisation.jobDescription,
    data7: organisation.symbol,
    data8: organisation.phoneticName,
    data9: organisation.officeLocation,
  });

/** `PROTOCOL_CUSTOM` is -1: then the person's own word is beside it. */
function protocolOf(protocol: string): Row {
  const number = (IM_PROTOCOLS as readonly string[]).indexOf(protocol);
  return number < 0 ? { data5: '-1', data6: protocol } : { data5: String(number) };
}

function kinded(list: TypedList, { type, label, isPrimary }: Kinded): Row {
  return {
    ...(type !== undefined && { data2: typeNumber(list, type) }),
    ...(label !== undefined && { data3: label }),
    ...(isPrimary && { is_primary: { number: '1' } }),
  };
}
