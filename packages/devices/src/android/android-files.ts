import { type Looked, RemoteFiles, type RemoteFilesOptions } from '@holdfast/adb';
import { excluder } from '#folder/exclude.ts';
import type { Source, SourceEntry } from '#source.ts';
import { valueOf } from './facts/told.ts';
import type { Volume } from './facts/volumes.ts';
import { entryOf, problemEntry } from './files/entry.ts';
import type { Place } from './files/listing.ts';
import { walkBranch } from './files/walk.ts';
import { listed } from './parts/part.ts';
import type { AndroidPhone } from './phone.ts';
import { unreadable } from './reading/failures.ts';
import { FileReader } from './reading/file-reader.ts';

/** Which files of a phone, and how. */
export interface AndroidFilesOptions extends RemoteFilesOptions {
  /** Default: all of the phone's. */
  readonly volumes?: readonly Volume[];
  /** As of a folder source; a leading `/` is the folder of the volumes: `/internal/Download`. */
  readonly excludes?: readonly string[];
  /** Where in the source the folder of the volumes is; default: it is the root. */
  readonly at?: string;
}

/** Files of a phone; to be disposed, which ends what is being read. */
export interface AndroidFiles extends Source, Disposable {
  readonly asRead: NonNullable<Source['asRead']>;
}

/**
 * Gives the shared storage of a phone as a source: a folder a volume (`internal`, then cards by their id), in them everything as it
 * is there.
 *
 * Names of any bytes; times in whole seconds; links are given, never followed. A folder that is closed, or of which it
 * cannot be told whether it is empty, comes with its problem. Where `at` is set, the walk begins with that folder, and what is
 * above it is somebody else's to give.
 */
export function androidFiles(
  phone: AndroidPhone,
  { volumes = phone.volumes, excludes = [], at = '', ...files }: AndroidFilesOptions = {},
): AndroidFiles {
  const { transport, device } = phone;
  const prefix = at === '' ? '' : `${at}/`;
  const excludedBy = excluder(excludes);
  const options = { transport, files, excludedBy: (path: string) => excludedBy(path.slice(prefix.length)) };
  const reader = new FileReader(transport, files);
  const remotePathOf = (path: string): string | undefined => {
    const [id, ...names] = path.slice(prefix.length).split('/');
    const volume = volumes.find((each) => each.id === id);
    return volume && [volume.path, ...names].join('/');
  };
  return {
    device,
    async *walk(signal) {
      const looks = new RemoteFiles(transport, files).stat(
        volumes.map(({ path }) => path),
        signal,
      );
      const all = await rootsOf(looks, volumes, (id) => options.excludedBy(`${prefix}${id}`));
      const roots = all.map((root) => orSealed(phone, root));
      yield listed(
        at,
        roots.map(({ entry }) => entry),
      );
      for (const { entry, remotePath } of roots) {
        if (entry.kind !== 'folder') continue;
        const place: Place = { remotePath, path: `${prefix}${entry.name}`, facts: entry };
        yield* walkBranch(place, options, signal);
      }
    },
    localPath: () => undefined,
    async *read(path, signal) {
      const remotePath = remotePathOf(path);
      if (remotePath === undefined) throw unreadable(path, { errno: 'ENOENT', said: 'no such volume' });
      yield* reader.read(remotePath, signal);
    },
    asRead(path) {
      const remotePath = remotePathOf(path);
      return remotePath === undefined ? undefined : reader.asRead(remotePath);
    },
    [Symbol.dispose]: () => reader[Symbol.dispose](),
  };
}

interface Root {
  readonly entry: SourceEntry;
  readonly remotePath: string;
}

async function rootsOf(
  looks: AsyncIterable<Looked & { readonly path: string }>,
  volumes: readonly Volume[],
  excludedBy: (id: string) => string | undefined,
): Promise<readonly Root[]> {
  const roots: Root[] = [];
  for await (const look of looks) {
    const name = volumes[roots.length]?.id ?? '';
    const pattern = excludedBy(name);
    const entry =
      pattern === undefined ? entryOf({ ...look, name }) : problemEntry(name, 'excluded', pattern);
    const isStorage = entry.kind === 'folder' || entry.kind === 'problem';
    roots.push({
      entry: isStorage ? entry : problemEntry(name, 'read-error', 'not a folder'),
      remotePath: look.path,
    });
  }
  return roots;
}

/** Before the first unlocking there is no storage to look at. */
function orSealed({ facts }: AndroidPhone, root: Root): Root {
  const { entry } = root;
  if (entry.kind !== 'problem' || entry.reason === 'excluded' || valueOf(facts.isUnlocked) !== false)
    return root;
  return { ...root, entry: problemEntry(entry.name, 'phone-locked', entry.detail) };
}
