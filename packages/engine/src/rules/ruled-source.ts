import { type Source, type SourceEntry, type SourceFolder, totalsOf } from '@holdfast/devices';
import { type ContentRules, type Judge, judgeBy, ruledOut } from './content-rules.ts';

/**
 * A source without what rules leave out: that is listed as a problem with the rule's reason, one row for a whole folder, whose branch
 * does not come. Without rules it is the source itself; a folder in which no rule applies comes as it is, its columns too.
 *
 * `timeZone`, an IANA name, says when the first day of `newerThan` begins.
 */
export function ruledSource(source: Source, rules: ContentRules, timeZone: string): Source {
  const judge = judgeBy(rules, timeZone);
  if (judge === undefined) return source;
  const { device, layout } = source;
  return {
    device,
    ...(layout !== undefined && { layout }),
    walk: (signal) => ruledWalk(source.walk(signal), judge),
    localPath: (path) => source.localPath(path),
    read: (path, signal) => source.read(path, signal),
    asRead: (path) => source.asRead?.(path),
    recordsOf: (path) => source.recordsOf?.(path) ?? [],
  };
}

async function* ruledWalk(
  folders: AsyncIterable<SourceFolder>,
  judge: Judge,
): AsyncGenerator<SourceFolder, void, undefined> {
  /** The folder being left out: its whole branch comes before anything else. */
  let out: string | undefined;
  const left = new Set<string>();
  for await (const folder of folders) {
    if (out !== undefined && folder.path.startsWith(`${out}/`)) continue;
    out = left.has(folder.path) ? folder.path : undefined;
    if (out !== undefined) {
      left.delete(out);
      continue;
    }
    yield ruledFolder(folder, judge, (path) => left.add(path));
  }
}

function ruledFolder(folder: SourceFolder, judge: Judge, onFolderOut: (path: string) => void): SourceFolder {
  if (judge.file === undefined && judge.named(folder.path) === undefined) return folder;
  let isWhole = true;
  const entries: SourceEntry[] = [];
  for (const entry of folder.entries) {
    const ruled = ruledOut(judge, folder.path, entry);
    if (ruled === undefined) {
      entries.push(entry);
      continue;
    }
    isWhole = false;
    entries.push({ kind: 'problem', name: entry.name, ...ruled });
    if (entry.kind === 'folder')
      onFolderOut(folder.path === '' ? entry.name : `${folder.path}/${entry.name}`);
  }
  if (isWhole) return folder;
  const { path, facts, problem } = folder;
  const totals = totalsOf(entries, problem);
  return { path, facts, totals, entries, ...(problem !== undefined && { problem }) };
}
