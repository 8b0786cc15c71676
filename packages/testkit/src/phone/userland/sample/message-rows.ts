import type { Android } from '../android.ts';
import { prepared } from '../provider/prepared.ts';
import type { Row } from '../provider/provider.ts';
import { threadOf } from '../provider/threads.ts';
import { numberOf, textOf } from './texts.ts';

const MINUTE_MS = 60_000;

/** Puts a row into a table as it is, past every rule of a provider; gives its `_id`. */
export function putRow({ database }: Android, table: string, row: Row): number {
  const names = Object.keys(row);
  const sql = `INSERT INTO ${table}(${names.join(',')}) VALUES (${names.map(() => '?').join(',')})`;
  // A whole number that is no BigInt would be a fraction in a column of text.
  const cells = Object.values(row).map((cell) =>
    typeof cell === 'number' && Number.isInteger(cell) ? BigInt(cell) : cell,
  );
  return Number(prepared(database, sql).run(...cells).lastInsertRowid);
}

/** Text messages, received and sent by turns, among a few people; last a draft and one that failed, which nobody may see. */
export function putMessages(android: Android, count: number): void {
  const { database } = android;
  database.exec('BEGIN');
  for (let at = 0; at < count; at++) {
    const address = numberOf(at % 7);
    const isSent = at % 3 === 2;
    putRow(android, 'sms', {
      thread_id: threadOf(android, [address]),
      address,
      date: android.now() - (count - at) * 7 * MINUTE_MS,
      date_sent: isSent ? 0 : android.now() - (count - at) * 7 * MINUTE_MS - 1000,
      protocol: isSent ? null : 0,
      read: 1,
      seen: 1,
      status: isSent ? 0 : -1,
      type: isSent ? 2 : 1,
      reply_path_present: isSent ? null : 0,
      body: at === 20 ? null : textOf(at),
      service_center: isSent ? null : '+351910000000',
      sub_id: 1,
      creator: 'com.google.android.apps.messaging',
    });
  }
  if (count > 0) {
    for (const [type, body] of [
      [3, 'a draft'],
      [5, 'never sent'],
    ] as const)
      putRow(android, 'sms', { thread_id: 1, address: numberOf(0), date: android.now(), type, body });
  }
  database.exec('COMMIT');
}
