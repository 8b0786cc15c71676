import { isFile, isFolder, type ListedFolder, RemoteFiles, type RemoteFilesOptions } from '@holdfast/adb';
import type { FolderThere, TakenName } from '#device-sink.ts';
import type { AndroidPhone } from '../../phone.ts';

/** What is where these folders would be, in their order. Fails with `adb/…` only. */
export async function lookAtFolders(
  { transport }: AndroidPhone,
  paths: readonly string[],
  options: RemoteFilesOptions,
  signal?: AbortSignal,
): Promise<readonly FolderThere[]> {
  const files = new RemoteFiles(transport, options);
  const answers: (FolderThere | undefined)[] = [];
  const open: string[] = [];
  // A folder that is missing lists as an empty one: it is looked at first.
  for await (const look of files.stat(paths, signal)) {
    if (look.kind === 'found') {
      // A link, as `/sdcard` is, leads to a folder where it leads anywhere.
      const isPlainFile = isFile(look.stat.mode);
      answers.push(isPlainFile ? { kind: 'blocked' } : undefined);
      if (!isPlainFile) open.push(look.path);
    } else answers.push(missing(look.problem));
  }
  const next = open.values();
  const listings = files.listMany(() => next.next().value, signal);
  const listed: FolderThere[] = [];
  for await (const each of listings) listed.push(folderThere(each));
  const inTurn = listed.values();
  return answers.map((answer) => answer ?? inTurn.next().value ?? { kind: 'absent' });
}

/** Before Android 8 the file service does not say what is wrong: mostly that there is nothing. */
function missing({ errno, said }: { readonly errno: string; readonly said: string }): FolderThere {
  if (errno === 'ENOENT' || errno === 'unknown') return { kind: 'absent' };
  if (errno === 'ENOTDIR') return { kind: 'blocked' };
  return { kind: 'problem', reason: 'phone-refuses-writing', detail: errno === 'unknown' ? said : errno };
}

function folderThere({ entries, problem }: ListedFolder): FolderThere {
  if (problem !== undefined && problem.errno !== 'ENOENT')
    return { kind: 'problem', reason: 'phone-refuses-writing', detail: problem.errno };
  return {
    kind: 'folder',
    names: entries.map((entry): TakenName => {
      if (entry.kind === 'problem') return { name: entry.name, kind: 'other', sizeBytes: 0 };
      const { mode, sizeBytes } = entry.stat;
      const kind = isFile(mode) ? 'file' : isFolder(mode) ? 'folder' : 'other';
      return { name: entry.name, kind, sizeBytes };
    }),
  };
}
