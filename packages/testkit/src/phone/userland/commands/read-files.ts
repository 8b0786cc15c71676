import { createHash } from 'node:crypto';
import { toHex } from '@holdfast/kernel';
import { readContent } from '../../content.ts';
import { nodeAt, type PhoneFile } from '../../tree.ts';
import { absolute, type Call, type Command, optionsOf } from '../call.ts';

/** The file at a path, or what toybox says of it. */
function openFile(call: Call, path: string): PhoneFile | string {
  const node = nodeAt(call.android.root, absolute(call, path), { follow: true });
  if (node === undefined) return 'No such file or directory';
  if (node.kind !== 'file') return 'Is a directory';
  return node.refusal === undefined ? node : 'Permission denied';
}

/** Its bytes; throws a sentence where it cannot be read to its end. */
async function* bytesOf(call: Call, path: string): AsyncGenerator<Uint8Array, void, undefined> {
  if (path === '-') {
    for await (const chunk of call.stdin) yield chunk;
    return;
  }
  const file = openFile(call, path);
  if (typeof file === 'string') throw new ReadError(file);
  yield* readContent(file.content, file.failAfterBytes);
  if (file.failAfterBytes !== undefined) throw new ReadError('I/O error');
}

class ReadError extends Error {}

/** Does it with each file; a file that cannot be read is named on standard error, and makes the exit code 1. */
async function forEach(
  call: Call,
  paths: readonly string[],
  run: (path: string) => Promise<void>,
): Promise<number> {
  let code = 0;
  for (const path of paths.length === 0 ? ['-'] : paths) {
    try {
      await run(path);
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      await call.complain(`${call.name}: ${path}: ${error.message}\n`);
      code = 1;
    }
  }
  return code;
}

const sum =
  (algorithm: string): Command =>
  (call) => {
    const { options, rest } = optionsOf(call.args);
    return forEach(call, rest, async (path) => {
      const hash = createHash(algorithm);
      for await (const bytes of bytesOf(call, path)) hash.update(bytes);
      const digits = toHex(hash.digest());
      await call.print(options.has('b') ? `${digits}\n` : `${digits}  ${path}\n`);
    });
  };

const cat: Command = (call) =>
  forEach(call, optionsOf(call.args).rest, async (path) => {
    for await (const bytes of bytesOf(call, path)) await call.out(bytes);
  });

const wc: Command = (call) => {
  const { options, rest } = optionsOf(call.args);
  return forEach(call, rest, async (path) => {
    let bytes = 0;
    let lines = 0;
    for await (const chunk of bytesOf(call, path)) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === 10) lines += 1;
    }
    const name = path === '-' ? '' : ` ${path}`;
    await call.print(options.has('c') ? `${bytes}${name}\n` : `${lines}${name}\n`);
  });
};

const head: Command = (call) => {
  const { options, rest } = optionsOf(call.args, 'nc');
  let left = Number(options.get('c') ?? options.get('n') ?? 10);
  return forEach(call, rest, async (path) => {
    for await (const chunk of bytesOf(call, path)) {
      let end = options.has('c') ? left : 0;
      if (options.has('c')) left -= Math.min(left, chunk.length);
      else for (; left > 0 && end < chunk.length; end++) if (chunk[end] === 10) left -= 1;
      await call.out(chunk.subarray(0, end));
      if (left === 0) return;
    }
  });
};

/** Commands that read files, as toybox has them. */
export const READING: Readonly<Record<string, Command>> = {
  cat,
  head,
  wc,
  md5sum: sum('md5'),
  sha1sum: sum('sha1'),
  sha256sum: sum('sha256'),
};
