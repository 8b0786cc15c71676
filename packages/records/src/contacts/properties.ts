import { IM_PROTOCOLS, type TypedList } from './types.ts';

/** Lists of one text each, by the property they are in. `NICKNAME` may hold several. */
export const LABELLED_PROPERTIES = [
  ['nicknames', 'NICKNAME'],
  ['phones', 'TEL'],
  ['emails', 'EMAIL'],
  ['websites', 'URL'],
  ['sips', 'X-SIP'],
] as const satisfies readonly (readonly [TypedList, string])[];

/** Parts of a name that are not in `N`, by the property they are in: the names Android's importer knows. */
export const PHONETIC_PROPERTIES = [
  ['phoneticGiven', 'X-PHONETIC-FIRST-NAME'],
  ['phoneticMiddle', 'X-PHONETIC-MIDDLE-NAME'],
  ['phoneticFamily', 'X-PHONETIC-LAST-NAME'],
] as const;

/** Parts of an organisation that are not in `ORG`, by the property of the same group they are in. */
export const ORGANISATION_PROPERTIES = [
  ['title', 'TITLE'],
  ['jobDescription', 'ROLE'],
  ['phoneticName', 'X-PHONETIC-ORG'],
  ['symbol', 'X-HOLDFAST-ORG-SYMBOL'],
  ['officeLocation', 'X-HOLDFAST-ORG-LOCATION'],
] as const;

/** The parts of an `ADR`, in their order (RFC 2426 section 3.2.1). */
export const ADDRESS_PARTS = [
  'poBox',
  'neighborhood',
  'street',
  'city',
  'region',
  'postcode',
  'country',
] as const;

/** The parts of an `N`, in their order (RFC 2426 section 3.1.2). */
export const NAME_PARTS = ['family', 'given', 'middle', 'prefix', 'suffix'] as const;

/** Lists whose rows Android's importer takes as they are, by their row's type: mimetype; text; number of the type; label. */
export const CUSTOM_ROWS = [
  ['events', 'vnd.android.cursor.item/contact_event'],
  ['relations', 'vnd.android.cursor.item/relation'],
] as const;

/** Android's own property for such a row (frameworks/opt/vcard, VCardEntry.AndroidCustomData). */
export const CUSTOM_ROW = 'X-ANDROID-CUSTOM';

/** Events that have a property. Android's importer takes one of each. */
export const EVENT_PROPERTIES = [
  ['birthday', 'BDAY'],
  ['anniversary', 'ANNIVERSARY'],
] as const;

/** A row kept as JSON: `mimetype`, and `columns`. */
export const EXTRA_ROW = 'X-HOLDFAST-ROW';
/** Says that a contact is among the person's favourites. */
export const STARRED = 'X-HOLDFAST-STARRED';
/** The parameter of an `FN` that the phone did not have and the format demands. */
export const MADE = 'X-HOLDFAST-MADE';

/** The property of a messenger that has one of its own. */
export const IM_PROPERTIES: ReadonlyMap<string, string> = new Map(
  IM_PROTOCOLS.map((word) => [word, `X-${word === 'skype' ? 'SKYPE-USERNAME' : word.toUpperCase()}`]),
);
/** The property of all other messengers (RFC 4770), and the parameter that names them, as Apple has it. */
export const IM_ANY = 'IMPP';
export const IM_SERVICE = 'X-SERVICE-TYPE';
