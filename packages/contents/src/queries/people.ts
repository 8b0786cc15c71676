import { originalText, storedText } from '@holdfast/kernel';
import type { Database } from '../database/database.ts';
import { addressKey, sharedDigits, tailOf } from '../words/numbers.ts';

/** Contacts that end alike are looked at, so many at most. */
const MOST_ALIKE = 50;

/** Names of people by their numbers, as the contacts of the same backup have them; a number's own text where they do not. */
export class People {
  readonly #database: Database;
  readonly #names = new Map<string, string | undefined>();

  constructor(database: Database) {
    this.#database = database;
  }

  nameOf(address: string): string {
    return this.knownAs(address) ?? address;
  }

  /** The name in the contacts alone. */
  knownAs(address: string): string | undefined {
    if (!this.#names.has(address)) this.#names.set(address, this.#find(address));
    return this.#names.get(address);
  }

  #find(address: string): string | undefined {
    const key = storedText(addressKey(address));
    if (key === '') return undefined;
    const rows = this.#database.all(
      'SELECT digits, name FROM known_number WHERE tail = ? ORDER BY digits, n LIMIT ?',
      tailOf(key),
      MOST_ALIKE,
    );
    let best: { name: string; shared: number } | undefined;
    for (const { digits, name } of rows) {
      const shared = String(digits) === key ? Number.POSITIVE_INFINITY : sharedDigits(String(digits), key);
      if (name !== '' && shared > (best?.shared ?? 0)) best = { name: originalText(String(name)), shared };
    }
    return best?.name;
  }
}
