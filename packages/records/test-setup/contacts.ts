import {
  type Address,
  type Contact,
  type ContactName,
  contact,
  type ExtraRow,
  IM_PROTOCOLS,
  type Im,
  type Kinded,
  type Labelled,
  type Organisation,
  TYPES,
  type TypedList,
} from '@holdfast/records';
import fc from 'fast-check';
import { columns, partly, someTexts, texts } from './texts.ts';

/** Types as a phone may have them: a word of the list, or the number of one that has no word. */
const typesOf = (list: TypedList): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...TYPES[list]),
    fc.integer({ min: 100, max: 999 }).map(String),
    fc.constant('Type; x'),
  );

const labels = fc.oneof(someTexts, fc.constantFrom('HOME', 'Ferien Haus', 'pref', 'x-', 'custom', 'mobile'));

const kinded = (list: TypedList) => ({
  type: typesOf(list),
  label: labels,
  isPrimary: fc.constant(true as const),
});

const labelled = (list: TypedList): fc.Arbitrary<Labelled> =>
  fc.tuple(texts, partly<Kinded>(kinded(list))).map(([value, kind]) => ({ value, ...kind }));

const names = partly<ContactName>({
  display: someTexts,
  prefix: someTexts,
  given: someTexts,
  middle: someTexts,
  family: someTexts,
  suffix: someTexts,
  phoneticGiven: someTexts,
  phoneticMiddle: someTexts,
  phoneticFamily: someTexts,
}).filter((name) => Object.keys(name).length > 0);

const addresses = partly<Address>({
  ...kinded('addresses'),
  poBox: someTexts,
  neighborhood: someTexts,
  street: someTexts,
  city: someTexts,
  region: someTexts,
  postcode: someTexts,
  country: someTexts,
  formatted: someTexts,
});

const organisations = partly<Organisation>({
  ...kinded('organisations'),
  company: someTexts,
  department: someTexts,
  title: someTexts,
  jobDescription: someTexts,
  phoneticName: someTexts,
  symbol: someTexts,
  officeLocation: someTexts,
});

const ims: fc.Arbitrary<Im> = fc
  .tuple(labelled('ims'), fc.oneof(fc.constantFrom(...IM_PROTOCOLS), texts))
  .map(([im, protocol]) => ({ ...im, protocol }));

const extras: fc.Arbitrary<ExtraRow> = fc.record({ mimetype: texts, columns }, { noNullPrototype: true });

const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 3 });

/** Any contact a phone may have. */
export const contacts: fc.Arbitrary<Contact> = partly<Omit<Contact, 'kind'>>({
  name: names,
  nicknames: few(labelled('nicknames')),
  phones: few(labelled('phones')),
  emails: few(labelled('emails')),
  addresses: few(addresses),
  organisations: few(organisations),
  websites: few(labelled('websites')),
  events: few(labelled('events')),
  relations: few(labelled('relations')),
  ims: few(ims),
  sips: few(labelled('sips')),
  notes: few(texts),
  groups: few(texts),
  isStarred: fc.boolean(),
  photo: fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
  extras: few(extras),
}).map(contact);
