import { type Android, SDK } from '../../android.ts';
import type { Values } from '../../provider/provider.ts';

/** A call of `content`, read. */
export interface ContentCall {
  readonly verb: string;
  readonly uri: string;
  readonly projection: readonly string[] | undefined;
  readonly where: string | undefined;
  readonly sort: string | undefined;
  readonly method: string | undefined;
  readonly argument: string | undefined;
  readonly values: Values;
}

/** What makes the tool print how it is used. */
export class UsageError extends Error {}

/** Options each verb takes, `--user` and `--uri` apart. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  query: ['--projection', '--where', '--sort'],
  insert: ['--bind'],
  update: ['--bind', '--where'],
  delete: ['--bind', '--where'],
  read: [],
  write: [],
  gettype: [],
  call: ['--method', '--arg', '--extra'],
};

/** Reads the words as AOSP's Content.java does. */
export function parseContentCall(android: Android, [verb = '', ...words]: readonly string[]): ContentCall {
  const takes = Object.hasOwn(TAKES, verb) ? TAKES[verb] : undefined;
  if (takes === undefined) throw new UsageError(`Unsupported operation: ${verb}`);
  const given = new Map<string, string>();
  const values: Values = new Map();
  for (let at = 0; at < words.length; at += 2) {
    const name = words[at] ?? '';
    if (name !== '--uri' && name !== '--user' && !takes.includes(name))
      throw new UsageError(`Unsupported argument: ${name}`);
    const value = words[at + 1] ?? '';
    if (value === '' || value.startsWith('--')) throw new UsageError(`No value for argument: ${name}`);
    if (name === '--bind') bind(android, value.toWellFormed(), values);
    else given.set(name, value.toWellFormed());
  }
  const uri = given.get('--uri');
  if (uri === undefined)
    throw new UsageError('Content provider URI not specified. Did you specify --uri argument?');
  if ((verb === 'insert' || verb === 'update') && values.size === 0)
    throw new UsageError('Bindings not specified. Did you specify --bind argument(s)?');
  return {
    verb,
    uri,
    projection: given.get('--projection')?.split(/\s*:\s*/),
    where: given.get('--where'),
    sort: given.get('--sort'),
    method: given.get('--method'),
    argument: given.get('--arg'),
    values,
  };
}

/** `COLUMN:TYPE:VALUE`: with escapes from Android 11 or 12 on, all behind the second colon before. */
function bind({ release }: Android, text: string, values: Values): void {
  const parts = SDK[release] >= 31 ? splitEscaped(text) : splitRaw(text);
  const [column = '', type = '', value = ''] = parts;
  if (parts.length !== 3) throw new UsageError(`Binding not well formed: ${text}`);
  if (type === 's') values.set(column, value);
  else if (type === 'i' || type === 'l') values.set(column, integer(value));
  else if (type === 'f' || type === 'd') values.set(column, Number(value));
  else if (type === 'b') values.set(column, value.toLowerCase() === 'true' ? 1 : 0);
  else if (type === 'n') values.set(column, null);
  else throw new UsageError(`Unsupported type: ${type}`);
}

function integer(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) throw new UsageError(`For input string: "${text}"`);
  return BigInt.asIntN(64, BigInt(text));
}

function splitRaw(text: string): string[] {
  const first = text.indexOf(':');
  const second = text.indexOf(':', first + 1);
  if (first < 0 || second < 0) return [];
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

function splitEscaped(text: string): string[] {
  const parts: string[] = [''];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === ':') parts.push('');
    else {
      if (text[at] === '\\') at += 1;
      parts[parts.length - 1] += text[at] ?? '';
    }
  }
  return parts;
}
