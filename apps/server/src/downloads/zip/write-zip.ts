import { crc32 } from 'node:zlib';
import type { ByteSource } from '@holdfast/kernel';
import { centralHeader, dataDescriptor, endOfArchive, localHeader, type ZipMember } from './zip-records.ts';

/** A file to go into an archive. */
export interface ZipInput {
  /** With `/` between names; safe already. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly mtime: number;
  /** As far as it is known. */
  readonly sizeBytes?: number | undefined;
  readonly bytes: ByteSource;
}

/** From here on sizes have eight bytes: a little less than they must, for what grew. */
const LONG_FROM = 0xfff0_0000;

/** Parts of the list are put together into pieces of this size. */
const PIECE_BYTES = 64 * 1024;

const ENCODER = new TextEncoder();

/**
 * A zip archive of files as they are, uncompressed (photos and videos would not shrink), made while it is read: nothing of it is held but the list of its
 * members. Of any length and with any number of members (ZIP64). Fails as its inputs do.
 *
 * `timeZone` is for readers that know no other time than that on the wall.
 */
export async function* writeZip(inputs: AsyncIterable<ZipInput>, timeZone: string): ByteSource {
  const list: Buffer[] = [];
  let count = 0;
  let at = 0;
  let lines: Buffer[] = [];
  let listBytes = 0;
  let lineBytes = 0;
  for await (const input of inputs) {
    const { mtime, sizeBytes: expectedBytes = LONG_FROM } = input;
    const head = { name: ENCODER.encode(input.name), mtime, isLong: expectedBytes >= LONG_FROM };
    const header = localHeader(head, timeZone);
    yield header;
    let sizeBytes = 0;
    let crc = 0;
    for await (const chunk of input.bytes) {
      if (chunk.length === 0) continue;
      crc = crc32(chunk, crc);
      sizeBytes += chunk.length;
      yield chunk;
    }
    if (!head.isLong && sizeBytes > 0xffff_ffff) throw new RangeError('a file is longer than was said');
    const member: ZipMember = { ...head, offset: at, sizeBytes, crc };
    const descriptor = dataDescriptor(member);
    yield descriptor;
    at += header.length + sizeBytes + descriptor.length;
    count += 1;
    const line = centralHeader(member, timeZone);
    lines.push(line);
    listBytes += line.length;
    lineBytes += line.length;
    if (lineBytes < PIECE_BYTES) continue;
    list.push(Buffer.concat(lines));
    [lines, lineBytes] = [[], 0];
  }
  yield* list;
  yield Buffer.concat(lines);
  yield endOfArchive(count, at, listBytes);
}
