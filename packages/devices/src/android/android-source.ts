import type { Clock } from '@holdfast/kernel';
import type { Source, SourceFolder, SourceRecord, SourceSubfolder } from '#source.ts';
import { totalsOf } from '#totals.ts';
import { androidFiles } from './android-files.ts';
import type { AndroidPhone } from './phone.ts';
import { notAFile } from './reading/failures.ts';

/** What of a phone, and how. */
export interface AndroidSourceOptions {
  /** As of a folder source; a leading `/` is the folder of the volumes: `/internal/Download`. */
  readonly excludes?: readonly string[];
  readonly clock?: Clock;
}

/** All of a phone that can be read; to be disposed, which ends what is being read. */
export interface AndroidSource extends Source, Disposable {
  readonly layout: 'device';
}

/** One folder of a snapshot's root: files, messages, … */
export interface SourcePart extends Disposable {
  /** The folder's name, which each of its paths begins with. */
  readonly name: string;
  /** As of a source; the folder itself first. */
  walk(signal?: AbortSignal): AsyncIterable<SourceFolder>;
  read: Source['read'];
  recordsOf?(path: string): readonly SourceRecord[];
}

/** Gives a phone as a source laid out as its snapshots are. */
export function androidSource(
  phone: AndroidPhone,
  { excludes = [], clock }: AndroidSourceOptions = {},
): AndroidSource {
  const files = androidFiles(phone, { at: 'files', excludes, ...(clock && { clock }) });
  const parts: readonly SourcePart[] = [
    {
      name: 'files',
      walk: (signal) => files.walk(signal),
      read: (path, signal) => files.read(path, signal),
      [Symbol.dispose]: () => files[Symbol.dispose](),
    },
  ];
  const partOf = (path: string): SourcePart => {
    const part = parts.find(({ name }) => path.startsWith(`${name}/`));
    if (part === undefined) throw notAFile(path);
    return part;
  };
  return {
    device: phone.device,
    layout: 'device',
    async *walk(signal) {
      yield rootOf(parts);
      for (const part of parts) yield* part.walk(signal);
    },
    localPath: () => undefined,
    read: (path, signal) => partOf(path).read(path, signal),
    recordsOf: (path) => partOf(path).recordsOf?.(path) ?? [],
    [Symbol.dispose]() {
      using stack = new DisposableStack();
      for (const part of parts) stack.use(part);
    },
  };
}

/** The phone does not have these folders: they are as old as nothing, so that they stay the same. */
function rootOf(parts: readonly SourcePart[]): SourceFolder {
  const entries = parts.map(({ name }) => ownFolder(name));
  return { path: '', facts: ownFolder(''), entries, totals: totalsOf(entries) };
}

const ownFolder = (name: string): SourceSubfolder => ({
  kind: 'folder',
  name,
  mode: 0o040755,
  mtimeNs: 0n,
  uid: 0,
  gid: 0,
});
