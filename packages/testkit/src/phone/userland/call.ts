import { encodeName } from '@holdfast/kernel';
import type { Android } from './android.ts';

/** Takes a command's output; resolves when there is room for more. */
export type Sink = (bytes: Uint8Array) => Promise<void>;

/** A command's streams. */
export interface Streams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly out: Sink;
  readonly err: Sink;
}

/** A command that runs. */
export interface Call {
  readonly android: Android;
  readonly name: string;
  readonly args: readonly string[];
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly out: Sink;
  readonly folder: string;
  /** Text on standard output; bytes that are not UTF-8 as lone surrogates. */
  readonly print: (text: string) => Promise<void>;
  /** Text on standard error. */
  readonly complain: (text: string) => Promise<void>;
  /** Runs a script, given words as its `$1`, `$2` …; gives its exit code. */
  readonly runScript: (text: string, words: readonly string[]) => Promise<number>;
  /** Runs one command of these words. */
  readonly runWords: (words: readonly string[]) => Promise<number>;
}

/** Gives the exit code. */
export type Command = (call: Call) => Promise<number> | number;

/** Collected up to this size: a packet for every line would take a round trip each. */
const HELD_BYTES = 32 * 1024;

/** An output that is collected, and sent when there is enough of it. */
export interface Held {
  readonly write: Sink;
  readonly print: (text: string) => Promise<void>;
  readonly flush: () => Promise<void>;
}

export function held(sink: Sink): Held {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (bytes === 0) return;
    const whole = new Uint8Array(bytes);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    parts = [];
    bytes = 0;
    await sink(whole);
  };
  const write: Sink = async (piece) => {
    parts.push(piece);
    bytes += piece.length;
    if (bytes >= HELD_BYTES) await flush();
  };
  return { write, print: (text) => write(encodeName(text)), flush };
}

/** An absolute path, from one that may start at the command's folder. */
export const absolute = ({ folder }: Call, path: string): string =>
  path.startsWith('/') ? path : `${folder === '/' ? '' : folder}/${path}`;

/** Options and the words after them: `-k`, `-c FORMAT` for letters in `taking`, several in one word; `--` ends them. */
export function optionsOf(
  args: readonly string[],
  taking = '',
): { options: Map<string, string>; rest: string[] } {
  const options = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    if (word === '--') {
      rest.push(...args.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      continue;
    }
    for (let letter = 1; letter < word.length; letter++) {
      const name = word[letter] ?? '';
      if (!taking.includes(name)) {
        options.set(name, '');
        continue;
      }
      const value = word.slice(letter + 1);
      if (value === '') at += 1;
      options.set(name, value === '' ? (args[at] ?? '') : value);
      break;
    }
  }
  return { options, rest };
}
