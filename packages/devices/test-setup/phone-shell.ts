import { decodeName, encodeName } from '@holdfast/kernel';
import {
  contentBytes,
  nodeAt,
  type PhoneFolder,
  type PhoneNode,
  type PhoneShell,
} from '@holdfast/testkit/phone';

/** What a phone of tests prints for words that are about no file: `getprop`, `df -k …`, … */
export type Printed = Readonly<Record<string, string>>;

interface Ran {
  readonly out?: Uint8Array | string;
  readonly err?: string;
  readonly code?: number;
}

/** A shell that knows what files are asked about with, and prints `printed` for lines that begin so. */
export const fileShell =
  (root: PhoneFolder, printed: Printed = {}): PhoneShell =>
  async (line, { out, err, stdin }) => {
    const words = wordsOf(decodeName(line));
    const text = words.join(' ');
    const known = Object.entries(printed).find(([begins]) => text.startsWith(begins))?.[1];
    const input: Uint8Array[] = [];
    if (words[0] === 'xargs') for await (const chunk of stdin) input.push(chunk.slice());
    const {
      out: said = '',
      err: complained = '',
      code = 0,
    } = known === undefined ? run(root, words, decodeName(Buffer.concat(input))) : { out: known };
    await out(typeof said === 'string' ? encodeName(said) : said);
    await err(encodeName(complained));
    return code;
  };

function run(root: PhoneFolder, words: readonly string[], input: string): Ran {
  const [command = '', ...rest] = words;
  const path = rest.at(-1) ?? '';
  const node = nodeAt(root, path);
  const missing: Ran = { err: `${command}: ${path}: No such file or directory\n`, code: 1 };
  switch (command) {
    case 'xargs': {
      const paths = input.split('\0').slice(0, -1);
      const ran = paths.map((each) => run(root, ['stat', '-c', '%s', '--', each], ''));
      return {
        out: ran.map(({ out }) => out ?? '').join(''),
        code: ran.some(({ code }) => code === 1) ? 123 : 0,
      };
    }
    case 'ls': {
      if (node?.kind !== 'folder') return missing;
      if (node.listing === 'closed') return { err: `ls: ${path}: Permission denied\n`, code: 1 };
      return { out: ['.', '..', ...node.entries.keys(), ''].join('\n') };
    }
    case 'readlink':
      return node?.kind === 'link' ? { out: node.target } : { code: 1 };
    case 'stat':
      return node === undefined
        ? missing
        : { out: rest[1] === '%s' ? `${sizeOf(node)}\n` : `${sizeOf(node)} ${node.mtime ?? 0}\n` };
    case 'cat':
      return node?.kind === 'file' && node.content instanceof Uint8Array ? { out: node.content } : missing;
    default:
      return { err: `sh: ${command}: inaccessible or not found\n`, code: 127 };
  }
}

const sizeOf = (node: PhoneNode): bigint =>
  node.kind === 'file' ? (node.saysBytes ?? BigInt(contentBytes(node.content))) : 0n;

/** The words of a line in which every one is in single quotes. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/(?:'[^']*'|\\')+/g)].map(([word]) =>
    word.replace(/'([^']*)'|\\'/g, (_, inner: string | undefined) => inner ?? "'"),
  );
