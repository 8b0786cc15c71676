import { Readable } from 'node:stream';
import type { ByteSource } from '@holdfast/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { noSuchBytes } from '../failures.ts';
import { byteRange, isKnownTo } from './byte-range.ts';

/** Something to be sent: all of it, or the stretch that is asked for. */
export interface Sendable {
  readonly sizeBytes: number;
  /** Of its content, quotation marks included. */
  readonly tag: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes from `from` up to `to`, which is not among them. */
  readonly bytes: (from: number, to: number) => ByteSource;
}

/** What is named by its content, or by a number that never means anything else. */
const FOREVER = 'private, max-age=31536000, immutable';

/** Headers of what a client may keep. */
export const kept = (tag: string): Readonly<Record<string, string>> => ({
  etag: tag,
  'cache-control': FOREVER,
});

/** True where the client has it already; then that is answered. */
export function isAnsweredUnchanged(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  if (!isKnownTo(request.headers['if-none-match'], tag)) return false;
  void reply.code(304).headers(kept(tag)).send();
  return true;
}

/** Sends it as `Range` and `If-Range` want it (RFC 9110, 14), a piece at a time and no faster than the client takes them. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { sizeBytes, tag, headers, bytes }: Sendable,
): Promise<FastifyReply> {
  const { range: wanted, 'if-range': ifRange } = request.headers;
  const range = byteRange(ifRange === undefined || ifRange === tag ? wanted : undefined, sizeBytes);
  if (range.kind === 'unsatisfiable') {
    void reply.headers({ 'content-range': `bytes */${sizeBytes}`, 'cache-control': 'no-store' });
    throw noSuchBytes(sizeBytes);
  }
  const { from, to } = range.kind === 'part' ? range : { from: 0, to: sizeBytes };
  // Begun before the status is sent: that it cannot be read is still told.
  const begun = await begin(bytes(from, to));
  reply.headers({
    ...headers,
    ...kept(tag),
    'accept-ranges': 'bytes',
    'content-length': String(to - from),
  });
  if (range.kind === 'part') {
    void reply.code(206).header('content-range', `bytes ${from}-${to - 1}/${sizeBytes}`);
  }
  return reply.send(Readable.from(begun, { objectMode: false, highWaterMark: 1 }));
}

/** The same bytes, the first of which are there. What it holds it lets go of when it is read to its end, or given back early. */
export async function begin(source: ByteSource): Promise<ByteSource> {
  const iterator = source[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<Uint8Array>> | undefined;
  const begun = await iterator.next();
  first = Promise.resolve(begun);
  return {
    [Symbol.asyncIterator]: () => ({
      next() {
        const result = first ?? iterator.next();
        first = undefined;
        return result;
      },
      async return() {
        await iterator.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}
