import type { SourceRecord } from '@holdfast/devices';
import type { Android } from '@holdfast/testkit/phone';

/** Paths of records in the ledger: of those that say the very same, each has one. */
export function recordPaths(made: string, records: readonly SourceRecord[]): string[] {
  const counts = new Map<string, number>();
  return records.map(({ key }) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return `${made}#${count === 1 ? key : `${key}~${count}`}`;
  });
}

/** The text messages that a phone shows to computers. */
export function textsOf({ database }: Android): string[] {
  return database
    .prepare('SELECT address, date, body FROM sms WHERE type IN (1, 2)')
    .all()
    .map(({ address, date, body }) => textOf(address, date, body))
    .sort();
}

/** A text message as a text. Numbers are texts in a backup; nothing is there for NULL. */
export const textOf = (...cells: readonly unknown[]): string =>
  JSON.stringify(cells.map((cell) => (typeof cell === 'number' ? `${cell}` : (cell ?? ''))));
