import { Failure } from '@holdfast/kernel';

import { SEAL_OVERHEAD } from '#box/sealer.ts';
import { malformed, RESTIC_FORMAT_FAILURES } from '#failures.ts';
import type { Id } from '#id.ts';
import { asArray, asId, asObject, asUint32, parseJson } from '#json.ts';
import type { BlobEntry } from '#packs/blob-entry.ts';

/** A pack as an index file lists it. */
export interface IndexPack {
  readonly id: Id;
  readonly blobs: readonly BlobEntry[];
}

/** Which packs hold which blobs: one of the repository's index files. */
export interface IndexFile {
  /** Index files this one replaces. restic wrote it up to 0.16 and still lists it in its format; we read and keep it. */
  readonly supersedes: readonly Id[];
  readonly packs: readonly IndexPack[];
}

const WHAT = 'an index file';
const UINT32_MAX = 0xffff_ffff;

/** Characters that become bytes together. */
const STRETCH_LENGTH = 32 * 1024;

/**
 * The index file that decoded JSON spells.
 *
 * Throws `restic-format/malformed`, and `restic-format/unsupported` for the bare list restic wrote before 2015, which restic
 * itself no longer reads.
 */
export function parseIndexFile(json: Uint8Array): IndexFile {
  const document = parseJson(json, WHAT);
  if (Array.isArray(document)) {
    throw new Failure(
      RESTIC_FORMAT_FAILURES.unsupported,
      'an index file has the form restic used before 2015',
      {
        hint: 'Run `holdfast repair index` to write the index anew.',
      },
    );
  }
  const object = asObject(document, WHAT);
  return {
    supersedes: asArray(object['supersedes'], WHAT).map((id) => asId(id, WHAT)),
    packs: asArray(object['packs'], WHAT).map(parsePack),
  };
}

/** The index file's JSON, as restic writes it. Each blob is gone through once, in order, so that it may be made when asked for. */
export function formatIndexFile(index: {
  readonly supersedes: readonly Id[];
  readonly packs: readonly { readonly id: Id; readonly blobs: Iterable<BlobEntry> }[];
}): Uint8Array {
  const supersedes = index.supersedes.length === 0 ? '' : `"supersedes":["${index.supersedes.join('","')}"],`;
  // As bytes by and by: the text of all of them, and its pieces, would take twice the memory.
  const parts = [Buffer.from(`{${supersedes}"packs":[`, 'latin1')];
  for (const [place, { id, blobs }] of index.packs.entries()) {
    let text = `${place === 0 ? '' : ','}{"id":"${id}","blobs":[`;
    let comma = '';
    for (const blob of blobs) {
      text += comma + formatBlob(blob);
      comma = ',';
      if (text.length < STRETCH_LENGTH) continue;
      parts.push(Buffer.from(text, 'latin1'));
      text = '';
    }
    parts.push(Buffer.from(`${text}]}`, 'latin1'));
  }
  return Buffer.concat([...parts, Buffer.from(']}\n', 'latin1')]);
}

function formatBlob({ id, type, offset, length, uncompressedLength }: BlobEntry): string {
  const uncompressed = uncompressedLength === undefined ? '' : `,"uncompressed_length":${uncompressedLength}`;
  return `{"id":"${id}","type":"${type}","offset":${offset},"length":${length}${uncompressed}}`;
}

function parsePack(value: unknown): IndexPack {
  const pack = asObject(value, WHAT);
  return { id: asId(pack['id'], WHAT), blobs: asArray(pack['blobs'], WHAT).map(parseBlob) };
}

function parseBlob(value: unknown): BlobEntry {
  const blob = asObject(value, WHAT);
  const id = asId(blob['id'], WHAT);
  const type = blob['type'];
  if (type !== 'data' && type !== 'tree') throw malformed(WHAT, 'it lists a blob of unknown type');
  const offset = asUint32(blob['offset'], WHAT);
  const length = asUint32(blob['length'], WHAT);
  if (length < SEAL_OVERHEAD) throw malformed(WHAT, 'it lists a blob too short to be sealed');
  if (offset + length > UINT32_MAX) throw malformed(WHAT, 'it lists a blob beyond what a pack can hold');
  // restic leaves out a length of zero, and takes zero for "not compressed".
  const uncompressedLength = asUint32(blob['uncompressed_length'] ?? 0, WHAT);
  return uncompressedLength === 0
    ? { id, type, offset, length }
    : { id, type, offset, length, uncompressedLength };
}
