import type { Calendar } from '@holdfast/records';
import type { ContentLink } from '../../../content/content-query.ts';
import { readTable } from '../../../content/read-table.ts';
import { shapeOf } from '../../../content/shape.ts';
import { CALENDARS } from '../../../parts/calendar/tables.ts';
import { type BindDialect, rowWords } from '../../script/bind.ts';
import { runSteps } from '../../script/run-steps.ts';
import { calendarRow } from './event-rows.ts';

/** Whose the calendars are that are made: it is no account that anything is synchronised with. */
const ACCOUNT = 'Holdfast';

/** A calendar of the phone's own. */
export interface OwnCalendar {
  readonly id: string;
  readonly account: string;
}

/** An address as for whoever keeps this account's calendars. */
export const asKeeper = (uri: string, account: string): string =>
  `${uri}?caller_is_syncadapter=true&account_name=${encodeURIComponent(account)}&account_type=LOCAL`;

/**
 * The phone's own calendars by name, made where they are missing. Events never go into an account's: its owner would find them
 * everywhere.
 */
export class OwnCalendars {
  readonly #link: ContentLink;
  readonly #dialect: BindDialect;
  #known: ReadonlyMap<string, OwnCalendar> | undefined;

  constructor(link: ContentLink, dialect: BindDialect) {
    this.#link = link;
    this.#dialect = dialect;
  }

  /** `undefined` where the phone did not make it: `said` is why. */
  async of(
    calendar: Calendar,
    signal?: AbortSignal,
  ): Promise<{ readonly calendar: OwnCalendar | undefined; readonly said: string }> {
    const known = (this.#known ??= await this.#read(signal)).get(calendar.name);
    if (known !== undefined) return { calendar: known, said: '' };
    const row = calendarRow(calendar, ACCOUNT);
    const words = rowWords(this.#dialect, { uri: asKeeper(CALENDARS, ACCOUNT), row });
    const said = await runSteps(this.#link, [[{ number: 0, words }]], signal);
    this.#known = await this.#read(signal);
    return { calendar: this.#known.get(calendar.name), said: said.get(0) ?? '' };
  }

  async #read(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, OwnCalendar>> {
    const texts = ['calendar_displayName', 'account_name', 'account_type'];
    const shape = await shapeOf(this.#link, CALENDARS, { numbers: [], texts }, signal);
    const own = new Map<string, OwnCalendar>();
    for await (const { id, columns } of readTable(
      this.#link,
      { uri: CALENDARS, shape, where: 'deleted=0' },
      signal,
    )) {
      const { calendar_displayName: name = '', account_name: account = '', account_type: type } = columns;
      if (type === 'LOCAL' && !own.has(name)) own.set(name, { id, account });
    }
    return own;
  }
}
