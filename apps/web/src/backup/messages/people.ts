import { showText } from '#design/format.ts';

const SHOWN = 4;

/** Gives the people of a thread in a few words: "Anna, Ben and 3 more". */
export function peopleWords(people: readonly string[]): string {
  const names = people.slice(0, SHOWN).map((name) => showText(name).trim().slice(0, 80) || 'Unknown');
  if (names.length === 0) return 'Unknown';
  if (people.length > SHOWN) return `${names.join(', ')} and ${people.length - SHOWN} more`;
  if (names.length === 1) return names[0] as string;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
