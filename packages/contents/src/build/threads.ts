import { storedText } from '@holdfast/kernel';
import { threadKeyOf } from '../words/numbers.ts';
import type { Draft } from './draft.ts';

/** Between the people of a key; no address has it. */
const BETWEEN = '\n';

/** Before the key of a thread that the phone's own number may be in. */
const UNSETTLED = '?';

/** Own numbers that are looked for: a phone has one or two. */
const MOST_OWN = 20;

/** The thread of messages with these people, made when there is none. `isOfSeveral`: one of them may be the phone itself; the sender is the first. */
export function threadOf(draft: Draft, people: readonly string[], isOfSeveral: boolean): number {
  const byKey = new Map(people.map((address) => [threadKeyOf(address), address]));
  const [sender = ''] = byKey.keys();
  const sorted = [...byKey.keys()].toSorted();
  const isUnsettled = isOfSeveral && sorted.length > 1;
  // Who sent it matters only until it is known which number is the phone's.
  const key = isUnsettled ? `${UNSETTLED}${sender}${BETWEEN}${sorted.join(BETWEEN)}` : sorted.join(BETWEEN);
  return threadAt(
    draft,
    key,
    isUnsettled ? [...byKey.values()] : sorted.map((each) => byKey.get(each) ?? each),
  );
}

function threadAt({ database }: Draft, key: string, people: readonly string[]): number {
  const stored = storedText(key);
  const known = database.get('SELECT t FROM thread WHERE key = ?', stored)?.['t'];
  if (known !== undefined) return Number(known);
  return database.run(
    'INSERT INTO thread (key, people) VALUES (?, ?)',
    stored,
    storedText(JSON.stringify(people)),
  );
}

/**
 * Puts what was received by several into the threads of its people without the phone itself. Its number is what messages to one alone were sent to;
 * where there are none, what all of them were sent to.
 */
export async function settleThreads(draft: Draft, signal: AbortSignal): Promise<void> {
  const { database } = draft;
  const unsettled = "key >= '?' AND key < '@'";
  const own = ownNumbers(draft, unsettled);
  for (let last = -1; ; ) {
    const row = database.get(
      `SELECT t, people FROM thread WHERE t > ? AND ${unsettled} ORDER BY t LIMIT 1`,
      last,
    );
    if (row === undefined) return;
    last = Number(row['t']);
    const people = JSON.parse(String(row['people'])) as string[];
    const others = people.filter((address) => !own.has(threadKeyOf(address)));
    const settled = threadOf(draft, others.length === 0 ? people : others, false);
    database.run('UPDATE message SET thread = ? WHERE thread = ?', settled, last);
    database.run('DELETE FROM thread WHERE t = ?', last);
    draft.didMore(20);
    await draft.pause(signal);
  }
}

function ownNumbers({ database }: Draft, unsettled: string): ReadonlySet<string> {
  const rows = database.all(`SELECT people FROM thread WHERE ${unsettled} ORDER BY t LIMIT 5000`);
  const all = rows.map(({ people }) => (JSON.parse(String(people)) as string[]).map(threadKeyOf));
  const toOne = new Set(all.filter((keys) => keys.length === 2).map(([, only]) => only ?? ''));
  if (toOne.size > 0 && toOne.size <= MOST_OWN) return toOne;
  const [first = [], ...rest] = all;
  const inAll = first.slice(1).filter((key) => rest.length > 0 && rest.every((keys) => keys.includes(key)));
  return new Set(inAll.length === 1 ? inAll : []);
}
