import { ITEM_TYPES, type ItemType } from '@holdfast/contract';
import type { Clock } from '@holdfast/kernel';
import { fileKindOf, TYPE_OF_FILE } from '#item-kind.ts';
import type { Source, SourceEntry, SourceFolder } from '#source.ts';
import { totalsOf } from '#totals.ts';
import { androidFiles } from './android-files.ts';
import { contentLink } from './content/content-query.ts';
import { problemEntry } from './files/entry.ts';
import { listed, ownFolder, type SourcePart } from './parts/part.ts';
import { RECORD_PARTS } from './parts/record-parts.ts';
import type { AndroidPhone } from './phone.ts';
import { notAFile } from './reading/failures.ts';

/** What of a phone, and how. */
export interface AndroidSourceOptions {
  /** As of a folder source; a leading `/` is the folder of the volumes: `/internal/Download`. */
  readonly excludes?: readonly string[];
  /** Default: all. Files of others are left out as `rule-type`; of other records nothing is read. */
  readonly types?: readonly ItemType[];
  readonly clock?: Clock;
}

/** All of a phone that can be read; to be disposed, which ends what is being read. */
export interface AndroidSource extends Source, Disposable {
  readonly layout: 'device';
}

/** Gives a phone as a source laid out as its snapshots are. */
export function androidSource(
  phone: AndroidPhone,
  { excludes = [], types = ITEM_TYPES, clock }: AndroidSourceOptions = {},
): AndroidSource {
  const chosen = new Set(types);
  const files = androidFiles(phone, { at: 'files', excludes, ...(clock && { clock }) });
  const options = { phone, link: contentLink(phone.transport, clock), ...(clock && { clock }) };
  const parts: readonly SourcePart[] = [
    {
      name: 'files',
      walk: (signal) => onlyOf(chosen, files.walk(signal)),
      read: (path, signal) => files.read(path, signal),
      asRead: (path) => files.asRead(path),
      [Symbol.dispose]: () => files[Symbol.dispose](),
    },
    ...RECORD_PARTS.filter(([type]) => chosen.has(type)).map(([, part]) => part(options)),
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
      yield listed(
        '',
        parts.map(({ name }) => ownFolder(name)),
      );
      for (const part of parts) yield* part.walk(signal);
    },
    localPath: () => undefined,
    read: (path, signal) => partOf(path).read(path, signal),
    asRead: (path) => partOf(path).asRead?.(path),
    recordsOf: (path) => partOf(path).recordsOf?.(path) ?? [],
    [Symbol.dispose]() {
      using stack = new DisposableStack();
      for (const part of parts) stack.use(part);
    },
  };
}

/** The folders with files of other types left out, and told as such. */
async function* onlyOf(
  chosen: ReadonlySet<ItemType>,
  folders: AsyncIterable<SourceFolder>,
): AsyncGenerator<SourceFolder, void, undefined> {
  const isChosen = (entry: SourceEntry): boolean =>
    entry.kind !== 'file' || chosen.has(TYPE_OF_FILE[fileKindOf(entry.name)]);
  const isAll = Object.values(TYPE_OF_FILE).every((type) => chosen.has(type));
  for await (const folder of folders) {
    if (isAll) {
      yield folder;
      continue;
    }
    const entries = Array.from(folder.entries, (entry) =>
      isChosen(entry) ? entry : problemEntry(entry.name, 'rule-type', TYPE_OF_FILE[fileKindOf(entry.name)]),
    );
    yield { ...folder, entries, totals: totalsOf(entries, folder.problem) };
  }
}
