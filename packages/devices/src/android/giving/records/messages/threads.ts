import type { Columns, Message, MmsMessage } from '@holdfast/records';
import { type ContentLink, refusalOf } from '../../../content/content-query.ts';
import { numberRows } from '../../../content/number-rows.ts';

/** What Android writes for the phone's own number (AOSP, `PduHeaders.FROM_INSERT_ADDRESS_TOKEN_STR`). */
const OWN = 'insert-address-token';

const RECEIVED = '1';

const addressesOf = (rows: readonly Columns[]): string[] =>
  rows.map(({ address = '' }) => address).filter((address) => address !== '' && address !== OWN);

/** The phone's own number, as far as messages tell: who alone is asked in one that was received. */
export function noteOwnNumber(message: Message, own: Set<string>): void {
  if (message.kind !== 'mms' || message.columns['msg_box'] !== RECEIVED) return;
  const [only, ...others] = addressesOf(message.recipients);
  if (only !== undefined && others.length === 0) own.add(only);
}

/** Whom a message's conversation is with: everyone in it but the phone's owner. */
export function peopleOf({ sender, recipients }: MmsMessage, own: ReadonlySet<string>): readonly string[] {
  const all = new Set(addressesOf([...(sender === undefined ? [] : [sender]), ...recipients]));
  const others = [...all].filter((address) => !own.has(address));
  return (others.length > 0 ? others : [...all]).toSorted((a, b) => (a < b ? -1 : 1));
}

/** Conversations by whom they are with, as the phone has them; one that is not there yet is begun. */
export class Threads {
  readonly #link: ContentLink;
  readonly #known = new Map<string, string | undefined>();

  constructor(link: ContentLink) {
    this.#link = link;
  }

  /** Its id; `undefined` where the phone has none to give. */
  async of(people: readonly string[], signal?: AbortSignal): Promise<string | undefined> {
    const key = JSON.stringify(people);
    if (!this.#known.has(key)) this.#known.set(key, await this.#ask(people, signal));
    return this.#known.get(key);
  }

  async #ask(people: readonly string[], signal: AbortSignal | undefined): Promise<string | undefined> {
    if (people.length === 0) return undefined;
    const parameters = people.map((address) => `recipient=${encodeURIComponent(address.toWellFormed())}`);
    const uri = `content://mms-sms/threadID?${parameters.join('&')}`;
    try {
      const [row] = await numberRows(this.#link, { uri, columns: ['_id'] }, signal);
      return row?.[0];
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      return undefined;
    }
  }
}
