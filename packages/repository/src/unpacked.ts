import { Failure, isFailure, type RandomBytes } from '@holdfast/kernel';
import { decodeUnpacked, encodeUnpacked, type Id, idOf, type Sealer, shortId } from '@holdfast/restic-format';
import type { ListedFile, Store } from '@holdfast/store';
import { damaged } from './failures.ts';

/** Kinds of file that hold one sealed JSON document, named by the SHA-256 of the sealed bytes. */
type UnpackedKind = 'index' | 'snapshot' | 'lock';

/** Most a document may hold: restic keeps index files below 8 MiB; a snapshot with a hostile size is refused. */
const LIMIT_BYTES = 256 * 1024 * 1024;

const REPAIR = {
  index: 'holdfast repair index',
  snapshot: 'holdfast repair snapshots',
  lock: 'holdfast unlock --all',
} as const;

/** Index files, snapshots and locks as JSON documents: sealing, naming and proving is done here. */
export interface UnpackedFiles {
  /**
   * The document's JSON bytes. Fails with `repository/damaged` when the file's bytes do not match its name or do not
   * open, with `store/missing` when it is gone.
   */
  load(kind: UnpackedKind, name: Id, signal?: AbortSignal): Promise<Uint8Array>;
  /** Saves a document and gives its name. */
  save(kind: UnpackedKind, json: Uint8Array, signal?: AbortSignal): Promise<Id>;
  remove(kind: UnpackedKind, name: Id, signal?: AbortSignal): Promise<void>;
  list(kind: UnpackedKind, signal?: AbortSignal): AsyncIterable<ListedFile>;
}

/** Documents of a repository of format `version`, sealed with its master key. */
export function unpackedFiles(
  store: Store,
  sealer: Sealer,
  version: 1 | 2,
  random: RandomBytes,
): UnpackedFiles {
  return {
    async load(kind, name, signal) {
      const sealed = await store.get({ kind, name }, { limitBytes: LIMIT_BYTES, ...(signal && { signal }) });
      const what = `${kind} ${shortId(name)}`;
      if (idOf(sealed) !== name) throw damaged(what, REPAIR[kind]);
      try {
        return decodeUnpacked(sealer.open(sealed), LIMIT_BYTES);
      } catch (error) {
        if (!isFailure(error)) throw error;
        throw damaged(what, REPAIR[kind], error);
      }
    },
    async save(kind, json, signal) {
      const sealed = sealer.seal(encodeUnpacked(version, json), random(16));
      const name = idOf(sealed);
      await store.put({ kind, name }, [sealed], signal);
      const { bytes } = await store.readBack({ kind, name }, { from: 'cache', ...(signal && { signal }) });
      if (idOf(bytes) !== name) {
        throw new Failure(
          'repository/damaged',
          `${kind} ${shortId(name)} reads back different from what was written`,
          {
            hint: "Check the drive's cable and health.",
          },
        );
      }
      return name;
    },
    remove: (kind, name, signal) => store.remove({ kind, name }, signal),
    list: (kind, signal) => store.list(kind, signal),
  };
}
