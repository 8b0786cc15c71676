import { fromHex } from '@holdfast/kernel';

import { type IndexFile, parseIndexFile } from './index-file.ts';
import { scanIndex } from './scan-index.ts';

/** An index file as columns, one row a blob in the order of the file; all arrays own their memory and can be transferred. */
export interface IndexColumns {
  /** The packs' ids, 32 bytes each. */
  readonly packIds: Uint8Array<ArrayBuffer>;
  /** The blobs' ids, 32 bytes each. */
  readonly ids: Uint8Array<ArrayBuffer>;
  /** Each blob's pack, as a row of `packIds`. */
  readonly pack: Uint32Array<ArrayBuffer>;
  readonly offset: Uint32Array<ArrayBuffer>;
  /** Length of the sealed box. */
  readonly length: Uint32Array<ArrayBuffer>;
  /** 0 for a blob that is not compressed. */
  readonly uncompressedLength: Uint32Array<ArrayBuffer>;
  /** 1 for a tree, 0 for data. */
  readonly isTree: Uint8Array<ArrayBuffer>;
}

/**
 * The blobs of an index file's JSON, as `parseIndexFile` reads them, with the same `Failure`s, but ten times as fast.
 *
 * The form restic and we write is scanned byte by byte; anything else goes through the general parser.
 */
export function parseIndexColumns(json: Uint8Array): IndexColumns {
  return scanIndex(json) ?? columnsOf(parseIndexFile(json));
}

function columnsOf(index: IndexFile): IndexColumns {
  const count = index.packs.reduce((sum, pack) => sum + pack.blobs.length, 0);
  const columns = {
    packIds: new Uint8Array(32 * index.packs.length),
    ids: new Uint8Array(32 * count),
    pack: new Uint32Array(count),
    offset: new Uint32Array(count),
    length: new Uint32Array(count),
    uncompressedLength: new Uint32Array(count),
    isTree: new Uint8Array(count),
  };
  let row = 0;
  for (const [packRow, pack] of index.packs.entries()) {
    columns.packIds.set(fromHex(pack.id), 32 * packRow);
    for (const blob of pack.blobs) {
      columns.ids.set(fromHex(blob.id), 32 * row);
      columns.pack[row] = packRow;
      columns.offset[row] = blob.offset;
      columns.length[row] = blob.length;
      columns.uncompressedLength[row] = blob.uncompressedLength ?? 0;
      columns.isTree[row] = blob.type === 'tree' ? 1 : 0;
      row += 1;
    }
  }
  return columns;
}
