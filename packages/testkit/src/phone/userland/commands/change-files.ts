import { refusalOf } from '../../storage-entries.ts';
import { nodeAt, placeAt } from '../../tree.ts';
import { absolute, type Call, type Command, optionsOf } from '../call.ts';
import { makeFolder, removeNode, writeFile } from '../files.ts';

async function fail(call: Call, path: string, why: string): Promise<number> {
  await call.complain(`${call.name}: ${path}: ${why}\n`);
  return 1;
}

/** Does it with each path; gives 1 when one of them failed. */
const each =
  (
    run: (call: Call, path: string, options: ReadonlyMap<string, string>) => string | undefined,
    taking = '',
  ): Command =>
  async (call) => {
    const { options, rest } = optionsOf(call.args, taking);
    let code = 0;
    for (const path of rest) {
      const said = run(call, absolute(call, path), options);
      if (said !== undefined) code = await fail(call, path, said);
    }
    return code;
  };

const NONE = 'No such file or directory';

const rm = each(({ android: { root } }, path, options) => {
  const node = nodeAt(root, path);
  if (node === undefined) return options.has('f') ? undefined : NONE;
  if (node.kind === 'folder' && !options.has('r')) return 'is directory';
  const refusal = placeAt(root, path).parent?.writeRefusal;
  if (refusal === undefined) removeNode(root, path);
  return refusal;
});

const rmdir = each(({ android: { root } }, path) => {
  const node = nodeAt(root, path);
  if (node === undefined) return NONE;
  if (node.kind !== 'folder') return 'Not a directory';
  if (node.entries.size > 0) return 'Directory not empty';
  removeNode(root, path);
  return undefined;
});

const mkdir = each(({ android: { root } }, path, options) => {
  if (nodeAt(root, path) !== undefined) return options.has('p') ? undefined : 'File exists';
  const { parent, name } = placeAt(root, path);
  const refusal = parent && refusalOf(parent, name);
  if (refusal !== undefined) return refusal;
  if (parent === undefined && !options.has('p')) return NONE;
  makeFolder(root, path);
  return undefined;
});

/** `-d @SECONDS` is the one form of time it takes. */
const touch = each(({ android }, path, options) => {
  const said = options.get('d') ?? `@${Math.floor(android.now() / 1000)}`;
  const mtime = Number(said.replace('@', ''));
  if (!Number.isInteger(mtime)) return `bad date '${said}'`;
  const node = nodeAt(android.root, path, { follow: true });
  if (node === undefined)
    return options.has('c') ? undefined : writeFile(android.root, path, new Uint8Array(0), mtime);
  const { parent, name } = placeAt(android.root, path);
  parent?.entries.set(name, { ...node, mtime });
  return undefined;
}, 'd');

const mv: Command = async (call) => {
  const { root } = call.android;
  const { options, rest } = optionsOf(call.args);
  const [from = '', to = ''] = rest.map((path) => absolute(call, path));
  const node = nodeAt(root, from);
  if (node === undefined) return fail(call, from, NONE);
  const there = nodeAt(root, to, { follow: true });
  const target = there?.kind === 'folder' ? `${to}/${from.slice(from.lastIndexOf('/') + 1)}` : to;
  const { parent, name } = placeAt(root, target);
  if (parent === undefined) return fail(call, to, NONE);
  const refusal = refusalOf(parent, name);
  if (refusal !== undefined) return fail(call, to, refusal);
  if (options.has('n') && parent.entries.has(name)) return 0;
  const source = placeAt(root, from);
  source.parent?.entries.delete(source.name);
  if (parent.entries.has(name)) removeNode(root, target);
  parent.entries.set(name, node);
  return 0;
};

/** Commands that change files, as toybox has them. */
export const CHANGING: Readonly<Record<string, Command>> = { rm, rmdir, mkdir, touch, mv };
