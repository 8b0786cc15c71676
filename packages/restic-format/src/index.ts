/**
 * The restic repository format: bytes to values and back, for versions 1 and 2 (restic's doc/design.rst).
 *
 * It reads and writes no file, asks no clock and rolls no dice: stores, times and random bytes are the caller's. Whatever
 * bytes it is given, a parser gives a value or throws a `Failure`, and uses memory in proportion to what it was given or
 * told to expect.
 *
 * ```ts
 * const master = await openKeyFile(parseKeyFile(keyFileBytes), password);
 * if (master === undefined) throw wrongPassword();
 * const sealer = new Sealer(master);
 * const config = parseConfig(sealer.open(configBytes));
 * ```
 */
export { type BoxKey, generateMasterKey } from './box/box-key.ts';
export { NONCE_LENGTH, SEAL_OVERHEAD, Sealer } from './box/sealer.ts';
export {
  Chunker,
  MAX_CHUNK_LENGTH,
  MIN_CHUNK_LENGTH,
  NORMAL_CHUNK_LENGTH,
  nextCut,
} from './chunks/chunker.ts';
export { createGearTable, type GearTable } from './chunks/gear-table.ts';
export { isCompressed, looksRandom, SIGNATURE_LENGTH } from './compression/is-compressed.ts';
export { decodeUnpacked, encodeUnpacked } from './compression/unpacked.ts';
export { compress, compressIfSmaller, decompress } from './compression/zstd.ts';
export { type Config, formatConfig, parseConfig, type RepositoryVersion } from './config/config.ts';
export { isIrreducible, randomPolynomial } from './config/polynomial.ts';
export { RESTIC_FORMAT_FAILURES } from './failures.ts';
export type { UnknownFields } from './go-json.ts';
export { type Id, idOf, isId, shortId } from './id.ts';
export { type IndexColumns, parseIndexColumns } from './indexes/index-columns.ts';
export { formatIndexFile, type IndexFile, type IndexPack, parseIndexFile } from './indexes/index-file.ts';
export type { Uint64 } from './json.ts';
export {
  createKeyFile,
  formatKeyFile,
  type KeyFile,
  type NewKeyFile,
  openKeyFile,
  parseKeyFile,
} from './keys/key-file.ts';
export type { BlobEntry, BlobType } from './packs/blob-entry.ts';
export {
  COMPRESSED_ENTRY_SIZE,
  formatHeaderLength,
  formatPackHeader,
  HEADER_LENGTH_SIZE,
  headerLengthOf,
  MAX_PACK_BLOBS,
  PLAIN_ENTRY_SIZE,
  packHeaderLength,
  parsePackHeader,
} from './packs/pack-header.ts';
export { formatLock, type Lock, parseLock } from './snapshots/lock.ts';
export { formatSnapshot, parseSnapshot, type Snapshot } from './snapshots/snapshot.ts';
export type { SnapshotSummary } from './snapshots/summary.ts';
export { formatTime, formatTimeOf, NO_TIME, parseTime } from './time.ts';
export { compareNames } from './trees/compare-names.ts';
export { formatTree } from './trees/format-tree.ts';
export { goMode, unixMode } from './trees/mode.ts';
export type { ExtendedAttribute, Node, NodeType } from './trees/node.ts';
export { parseTree } from './trees/parse-tree.ts';
export { quoteName, unquoteName } from './trees/quote-name.ts';
export { type FileTraits, TreeCursor } from './trees/tree-cursor.ts';
