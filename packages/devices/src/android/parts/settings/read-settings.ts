import { decodeName } from '@holdfast/kernel';
import type { Setting } from '@holdfast/records';
import { type ContentLink, contentQuery, unrecognisedOutput } from '../../content/content-query.ts';
import { parseMarkedRows } from '../../content/marked-rows.ts';
import { outputOf } from '../../facts/output.ts';

/** Where settings are kept. */
export const NAMESPACES = ['system', 'secure', 'global'] as const;

/** One of {@link NAMESPACES}. */
type Namespace = (typeof NAMESPACES)[number];

/** The table of a namespace (AOSP `SettingsProvider`): `_id`, `name`, `value`; no condition is looked at. */
export const tableOf = (namespace: Namespace): string => `content://settings/${namespace}`;

/** A setting may come or go between two queries that must fit together: then both are made again. */
const ATTEMPTS = 3;

/** All settings of a namespace that have a value, by their names. Fails as `contentQuery` does, and with `devices/unrecognised-output`. */
export async function readSettings(
  link: ContentLink,
  namespace: Namespace,
  signal?: AbortSignal,
): Promise<readonly Setting[]> {
  const uri = tableOf(namespace);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const names = parseNames(decodeName(await contentQuery(link, { uri, columns: ['_id', 'name'] }, signal)));
    const text = decodeName(await contentQuery(link, { uri, columns: ['_id', 'value'] }, signal));
    const ask = (id: string): Promise<string | undefined> =>
      valueOf(link, namespace, names?.get(id) ?? '', signal);
    const values = names && (await parseMarkedRows(text, [...names.keys()], 'value', ask));
    if (names !== undefined && values !== undefined)
      return withValues(link, namespace, [...names.values()], values, signal);
  }
  throw unrecognisedOutput(`content query ${uri}`);
}

/** Names by id. They are words: nobody can name a setting so that it breaks the line. */
function parseNames(text: string): ReadonlyMap<string, string> | undefined {
  const names = new Map<string, string>();
  for (const printed of text === '' ? [] : text.replace(/\r?\n$/, '').split('\n')) {
    const [, row, id, name] = /^Row: (\d+) _id=(\d+), name=([^\r\n]*)\r?$/.exec(printed) ?? [];
    if (row !== String(names.size) || id === undefined || name === undefined) return undefined;
    names.set(id, name);
  }
  return names;
}

async function withValues(
  link: ContentLink,
  namespace: Namespace,
  names: readonly string[],
  values: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Setting[]> {
  const settings: Setting[] = [];
  for (const [at, key] of names.entries()) {
    let value: string | undefined = values[at] ?? '';
    // None, or the word.
    if (value === 'NULL') value = await valueOf(link, namespace, key, signal);
    if (value !== undefined) settings.push({ kind: 'setting', namespace, key, value });
  }
  return settings.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** One value by itself, all of what is printed but the last line end; `undefined` when there is none: that is `null`. */
async function valueOf(
  { transport, clock, slots }: ContentLink,
  namespace: Namespace,
  key: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const words = ['settings', 'get', namespace, key];
  await slots.take(signal);
  try {
    const { stdout, exitCode } = await outputOf(
      transport,
      words,
      clock === undefined ? {} : { clock },
      signal,
    );
    if ((exitCode ?? 0) !== 0 || !stdout.endsWith('\n') || stdout === 'null\n') return undefined;
    return stdout.slice(0, -1);
  } finally {
    slots.give();
  }
}
