import { concatBytes, encodeName } from '@holdfast/kernel';
import { readContent, wholeContent } from '../../content.ts';
import { nodeAt, type PhoneFolder } from '../../tree.ts';
import type { Streams } from '../call.ts';
import { writeFile } from '../files.ts';

/** A redirect whose path is known. */
type OpenedRedirect =
  | { readonly kind: 'from' | 'to' | 'after' | 'errors-to' | 'errors-after'; readonly path: string }
  | { readonly kind: 'errors-with-output' };

/** Streams as the redirects say, and what makes files of what was collected; a number when one cannot be opened. */
export async function redirected(
  root: PhoneFolder,
  folder: string,
  redirects: readonly OpenedRedirect[],
  streams: Streams,
): Promise<{ streams: Streams; finish: (code: number) => Promise<number> } | number> {
  let { stdin, out, err } = streams;
  const pending: (() => string | undefined)[] = [];
  for (const redirect of redirects) {
    if (redirect.kind === 'errors-with-output') {
      err = out;
      continue;
    }
    const path = redirect.path.startsWith('/') ? redirect.path : `${folder}/${redirect.path}`;
    const node = nodeAt(root, path, { follow: true });
    if (redirect.kind === 'from') {
      if (path !== '/dev/null' && (node?.kind !== 'file' || node.refusal !== undefined)) {
        const why = node === undefined ? 'No such file or directory' : 'Permission denied';
        await streams.err(encodeName(`sh: can't open ${redirect.path}: ${why}\n`));
        return 1;
      }
      stdin = readContent(node?.kind === 'file' ? node.content : new Uint8Array(0));
      continue;
    }
    const isAfter = redirect.kind === 'after' || redirect.kind === 'errors-after';
    const parts = isAfter && node?.kind === 'file' ? [wholeContent(node.content)] : [];
    const collect = async (bytes: Uint8Array): Promise<void> => {
      parts.push(bytes.slice());
    };
    if (redirect.kind === 'to' || redirect.kind === 'after') out = collect;
    else err = collect;
    if (path !== '/dev/null') pending.push(() => writeFile(root, path, concatBytes(parts)));
  }
  const finish = async (code: number): Promise<number> => {
    const said = pending.map((write) => write()).find((each) => each !== undefined);
    if (said === undefined) return code;
    await streams.err(encodeName(`sh: can't create file: ${said}\n`));
    return 1;
  };
  return { streams: { stdin, out, err }, finish };
}
