import type { UnknownFields } from '#go-json.ts';
import type { Id } from '#id.ts';
import type { Uint64 } from '#json.ts';

/** What an entry of a directory is. `dev` is a block device; `irregular` is anything restic could not name. */
export type NodeType = 'file' | 'dir' | 'symlink' | 'dev' | 'chardev' | 'fifo' | 'socket' | 'irregular';

/** An extended attribute. Its name is kept as restic writes it, in UTF-8. */
export interface ExtendedAttribute {
  readonly name: string;
  readonly value: Uint8Array;
}

/**
 * One entry of a directory, as restic's `Node`.
 *
 * Names and link targets hold bytes that are not UTF-8 as lone surrogates (the kernel's `decodeName`). Times are RFC 3339
 * with up to nine digits of a second, in any offset, as they stand in the tree: `formatTime` makes them, `parseTime` reads
 * them. Numbers restic has as uint64 are `bigint`s only above 2^53-1.
 */
export interface Node {
  /** One part of a path: never empty, `.` or `..`, and without `/` and NUL. */
  readonly name: string;
  readonly type: NodeType;
  /** Go's `os.FileMode`, not Unix's: see `goMode`. */
  readonly mode: number;
  readonly mtime: string;
  readonly atime: string;
  readonly ctime: string;
  readonly uid: number;
  readonly gid: number;
  readonly user?: string;
  readonly group?: string;
  readonly inode?: Uint64;
  /** The file system's device number (`st_dev`), present only where hard links need it. */
  readonly deviceId?: Uint64;
  /** Size of a file in bytes; absent when 0. */
  readonly size?: number;
  /** How many names the file has. */
  readonly links?: Uint64;
  readonly linkTarget?: string;
  readonly extendedAttributes?: readonly ExtendedAttribute[];
  /** restic's attributes of particular systems, sorted by name: pairs of the name and the value's JSON text. */
  readonly genericAttributes?: UnknownFields;
  /** The device's own number (`st_rdev`), for `dev` and `chardev`. */
  readonly device?: Uint64;
  /** A file's blobs in order; absent (`null`) for everything that is not a file. */
  readonly content?: readonly Id[];
  /** A directory's tree. */
  readonly subtree?: Id;
  /** What restic noted when it could not read everything of the entry. */
  readonly error?: string;
  /** The word for a type this version does not know; `type` is then `irregular`. */
  readonly unknownType?: string;
  readonly unknownFields?: UnknownFields;
}
