/** What is no part of a name on one system or another, or would be seen by none. */
const UNSAFE = /[\p{Cc}/\\:*?"<>|]/gu;

/** Longest name before its ending, in UTF-16 units: no more than 240 bytes. */
const MOST_LENGTH = 80;

/** A name for a calendar's file that every system takes and no other has; whether letters are large or small does not count. */
export function calendarFileName(name: string, taken: Set<string>): string {
  const safe = name
    .toWellFormed()
    .replace(UNSAFE, '_')
    .slice(0, MOST_LENGTH)
    .toWellFormed()
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const base = safe === '' ? 'calendar' : safe;
  let unique = base;
  for (let count = 2; taken.has(unique.toLowerCase()); count++) unique = `${base} (${count})`;
  taken.add(unique.toLowerCase());
  return `${unique}.ics`;
}
