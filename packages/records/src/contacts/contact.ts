import type { Columns } from '../lines/columns.ts';

/** A person's name. An empty part is an absent one. */
export interface ContactName {
  /** As it is shown. */
  readonly display?: string;
  readonly prefix?: string;
  readonly given?: string;
  readonly middle?: string;
  readonly family?: string;
  readonly suffix?: string;
  readonly phoneticGiven?: string;
  readonly phoneticMiddle?: string;
  readonly phoneticFamily?: string;
}

/** What says which of several something is. */
export interface Kinded {
  /** A word of the list for its kind (`TYPES`), or the number of one that is in no list; absent when there is none. */
  readonly type?: string;
  /** The person's own word, for the type `custom`. */
  readonly label?: string;
  /** The one to use first. */
  readonly isPrimary?: true;
}

/** A text with a type: a number, an address, a date. */
export interface Labelled extends Kinded {
  readonly value: string;
}

/** A postal address. An empty part is an absent one. */
export interface Address extends Kinded {
  readonly poBox?: string;
  readonly neighborhood?: string;
  readonly street?: string;
  readonly city?: string;
  readonly region?: string;
  readonly postcode?: string;
  readonly country?: string;
  /** All of it, as it is written on a letter. */
  readonly formatted?: string;
}

/** A place of work. An empty part is an absent one. */
export interface Organisation extends Kinded {
  readonly company?: string;
  readonly department?: string;
  readonly title?: string;
  readonly jobDescription?: string;
  readonly phoneticName?: string;
  readonly symbol?: string;
  readonly officeLocation?: string;
}

/** A name in a messenger. */
export interface Im extends Labelled {
  /** A word of `IM_PROTOCOLS`, or the person's own. */
  readonly protocol: string;
}

/** A row about a contact that has no place of its own here. */
export interface ExtraRow {
  readonly mimetype: string;
  readonly columns: Columns;
}

/** A contact: what the rows of `content://com.android.contacts/data` say about one person. */
export interface Contact {
  readonly kind: 'contact';
  readonly name?: ContactName;
  readonly nicknames: readonly Labelled[];
  readonly phones: readonly Labelled[];
  readonly emails: readonly Labelled[];
  readonly addresses: readonly Address[];
  readonly organisations: readonly Organisation[];
  readonly websites: readonly Labelled[];
  /** Dates as the phone has them: `1990-01-31`, `--01-31`, or whatever was typed. */
  readonly events: readonly Labelled[];
  readonly relations: readonly Labelled[];
  readonly ims: readonly Im[];
  readonly sips: readonly Labelled[];
  readonly notes: readonly string[];
  /** By name. */
  readonly groups: readonly string[];
  readonly isStarred: boolean;
  /** A picture file. */
  readonly photo?: Uint8Array;
  readonly extras: readonly ExtraRow[];
}

/** A contact with these details and no others. */
export function contact(details: Partial<Omit<Contact, 'kind'>>): Contact {
  return {
    kind: 'contact',
    nicknames: [],
    phones: [],
    emails: [],
    addresses: [],
    organisations: [],
    websites: [],
    events: [],
    relations: [],
    ims: [],
    sips: [],
    notes: [],
    groups: [],
    isStarred: false,
    extras: [],
    ...details,
  };
}
