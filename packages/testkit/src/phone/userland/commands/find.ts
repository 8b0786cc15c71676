import { nodeAt, type PhoneNode, statOf } from '../../tree.ts';
import { SDK } from '../android.ts';
import { absolute, type Call, type Command } from '../call.ts';

type Test = (path: string, node: PhoneNode) => boolean;

/** `find` with `-type`, `-name`, `-maxdepth`, `-newermt @S`, `-print`, `-print0` and, from Android 11 on, `-printf`. */
export const find: Command = async (call) => {
  const start = call.args.findIndex((word) => word.startsWith('-'));
  const roots = start < 0 ? call.args : call.args.slice(0, start);
  const words = start < 0 ? [] : call.args.slice(start);
  const tests: Test[] = [];
  let most = Infinity;
  let format = '%p\n';
  for (let at = 0; at < words.length; at++) {
    const value = words[at + 1] ?? '';
    if (words[at] === '-print0') format = '%p\0';
    else if (words[at] === '-print') format = '%p\n';
    else {
      at += 1;
      if (words[at - 1] === '-maxdepth') most = Number(value);
      else if (words[at - 1] === '-type') tests.push((_, { kind }) => kind === KINDS[value]);
      else if (words[at - 1] === '-name') tests.push(named(value));
      else if (words[at - 1] === '-printf' && SDK[call.android.release] >= 30) {
        format = value.replaceAll(String.raw`\0`, '\0').replaceAll(String.raw`\n`, '\n');
      } else return await refuse(call, words[at - 1] ?? '');
    }
  }
  let code = 0;
  for (const root of roots.length === 0 ? ['.'] : roots) {
    const node = nodeAt(call.android.root, absolute(call, root));
    if (node === undefined) {
      await call.complain(`find: ${root}: No such file or directory\n`);
      code = 1;
      continue;
    }
    const isWhole = await walk(call, root, node, most, async (path, found) => {
      if (tests.every((test) => test(path, found))) await call.print(formatted(format, path, found));
    });
    if (!isWhole) code = 1;
  }
  return code;
};

const KINDS: Readonly<Record<string, string>> = { f: 'file', d: 'folder', l: 'link' };

async function refuse(call: Call, word: string): Promise<number> {
  await call.complain(`find: bad arg '${word}'\n`);
  return 1;
}

const named = (pattern: string): Test => {
  const source = RegExp.escape(pattern).replaceAll(String.raw`\*`, '.*').replaceAll(String.raw`\?`, '.');
  const rule = new RegExp(`^${source}$`, 's');
  return (path) => rule.test(path.slice(path.lastIndexOf('/') + 1));
};

const formatted = (format: string, path: string, node: PhoneNode): string => {
  const { size, mtime, mode } = statOf(node);
  const facts: Readonly<Record<string, string>> = {
    p: path,
    s: `${size}`,
    T: `${mtime}.`,
    m: (mode & 0o7777).toString(8),
  };
  // The fraction of a time is not padded, so one of zero nanoseconds is `.0`.
  return format.replaceAll(/%(T)@|%([psm])/g, (_, time: string | undefined, letter: string) =>
    time === undefined ? (facts[letter] ?? '') : `${facts['T']}0`,
  );
};

async function walk(
  call: Call,
  path: string,
  node: PhoneNode,
  depth: number,
  visit: (path: string, node: PhoneNode) => Promise<void>,
): Promise<boolean> {
  await visit(path, node);
  if (node.kind !== 'folder' || depth <= 0 || node.listing === 'silent') return true;
  if (node.listing === 'closed') {
    await call.complain(`find: ${path}: Permission denied\n`);
    return false;
  }
  let isWhole = true;
  for (const [name, entry] of node.entries) {
    if (!(await walk(call, `${path.endsWith('/') ? path : `${path}/`}${name}`, entry, depth - 1, visit)))
      isWhole = false;
  }
  return isWhole;
}
