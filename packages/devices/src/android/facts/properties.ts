import { ABSENT, type Told, told, unrecognised } from './told.ts';

/** Looks a system property up; an empty one counts as absent. */
export type Properties = (name: string) => Told<string>;

/** A row begins like this; a value may have more lines, which hardly ever begin so. */
const ROW = /^\[([^\]\n]+)\]: \[/gm;

/**
 * The properties that `getprop` prints: `[name]: [value]`, a row each, values of several lines among them (AOSP toolbox
 * `getprop.cpp`). Output without any row is not understood, and then nothing in it is.
 */
export function parseProperties(output: string): Properties {
  const text = output.replaceAll('\r\n', '\n');
  const rows = [...text.matchAll(ROW)];
  if (rows.length === 0) return () => unrecognised(output);
  const values = new Map<string, Told<string>>();
  for (const [at, row] of rows.entries()) {
    const rest = text.slice(row.index + row[0].length, rows[at + 1]?.index ?? text.length);
    // Without an end it was cut off: what is there is not all of it.
    const fact = rest.endsWith(']\n') ? valueIn(rest.slice(0, -2)) : unrecognised(rest);
    values.set(row[1] ?? '', fact);
  }
  return (name) => values.get(name) ?? ABSENT;
}

const valueIn = (text: string): Told<string> => (text === '' ? ABSENT : told(text));
