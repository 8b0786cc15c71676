import type { BackupIndex, Entry } from '@holdfast/contents';
import { BYTE_ROUTES } from '@holdfast/contract';
import { OPERATIONS } from '@holdfast/contract/api';
import { formatOf, HEAD_BYTES, mediaTypeOf } from '@holdfast/media';
import type { Id } from '@holdfast/restic-format';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { attachment } from '../downloads/disposition.ts';
import { safeName } from '../downloads/safe-name.ts';
import { noSuch } from '../failures.ts';
import { signalOf } from '../operation.ts';
import type { ReadParts } from '../reading/blob-parts.ts';
import type { Reader } from '../reading/reading-room.ts';
import type { Original, Pictures } from './pictures.ts';
import { contentIdOf, mediaSource, savedFile } from './saved-file.ts';
import { isAnsweredUnchanged, kept, type Sendable, sendFile } from './send-file.ts';
import { pictureType } from './whole.ts';

/** What the routes of pictures use. */
export interface PictureDeps {
  /** The contents of a backup. */
  readonly ready: (backup: Id, signal: AbortSignal) => Promise<Pick<BackupIndex, 'entry'>>;
  /** A reader of the repository. */
  readonly enter: (signal: AbortSignal) => Promise<Reader>;
  readonly pictures: Pick<Pictures, 'thumbnail' | 'view'>;
  /** Reads what is sent as it is. */
  readonly readParts: ReadParts;
}

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly entry: Entry;
  readonly signal: AbortSignal;
}

/** What browsers show and play; markup of any kind is not among it. */
const SHOWN = new Set([
  'jpeg',
  'png',
  'webp',
  'gif',
  'avif',
  'bmp',
  'mp4',
  'mov',
  '3gp',
  'webm',
  'm4a',
  'mp3',
  'ogg',
  'flac',
  'wav',
]);

/** Registers the addresses of pictures: small ones, what a browser can show, and the files themselves. */
export function pictureRoutes(app: FastifyInstance, deps: PictureDeps): void {
  const route = (url: string, answer: (asked: Asked) => Promise<unknown>): void => {
    app.get(url, async (request, reply) => {
      const params = OPERATIONS.record.params.safeParse(request.params);
      if (!params.success) throw noSuch('picture');
      const signal = signalOf(reply);
      const entry = (await deps.ready(params.data.backup, signal)).entry(params.data.entry);
      if (entry.what !== 'file') throw noSuch('picture');
      return answer({ request, reply, entry, signal });
    });
  };
  route(BYTE_ROUTES.thumbnail, (asked) => sendThumbnail(deps, asked));
  route(BYTE_ROUTES.view, (asked) => sendView(deps, asked));
  route(BYTE_ROUTES.original, (asked) => sendOriginal(deps, asked));
}

async function sendThumbnail(deps: PictureDeps, { request, reply, entry, signal }: Asked): Promise<unknown> {
  const contentId = contentIdOf(entry.content);
  const tag = `"t-${contentId}"`;
  if (isAnsweredUnchanged(request, reply, tag)) return reply;
  const picture = await deps.pictures.thumbnail(originalOf(deps, entry, contentId, signal), signal);
  if (picture === undefined) throw noSuch('picture');
  return reply.headers(kept(tag)).type(pictureType(picture)).send(picture);
}

async function sendView(deps: PictureDeps, { request, reply, entry, signal }: Asked): Promise<unknown> {
  const contentId = contentIdOf(entry.content);
  const tag = `"v-${contentId}"`;
  if (isAnsweredUnchanged(request, reply, tag)) return reply;
  await using reader = await deps.enter(signal);
  const format = await formatIn(reader, entry);
  if (format === 'heic') {
    const jpeg = await deps.pictures.view(originalOf(deps, entry, contentId, signal), signal);
    if (jpeg === undefined) throw noSuch('picture');
    return sendFile(request, reply, bytesAsFile(jpeg, tag));
  }
  const isShown = format !== undefined && SHOWN.has(format);
  const headers = isShown ? { 'content-type': mediaTypeOf(format) } : toBeSaved(entry);
  return sendFile(request, reply, entryAsFile(deps, entry, tag, headers, reader, signal));
}

async function sendOriginal(deps: PictureDeps, { request, reply, entry, signal }: Asked): Promise<unknown> {
  const tag = `"o-${contentIdOf(entry.content)}"`;
  if (isAnsweredUnchanged(request, reply, tag)) return reply;
  await using reader = await deps.enter(signal);
  return sendFile(request, reply, entryAsFile(deps, entry, tag, toBeSaved(entry), reader, signal));
}

async function formatIn({ repository, signal }: Reader, { content }: Entry) {
  using source = mediaSource(repository, content);
  return formatOf(await source.read(0, HEAD_BYTES, signal));
}

function toBeSaved(entry: Entry): Record<string, string> {
  return {
    'content-type': 'application/octet-stream',
    'content-disposition': attachment(safeName(entry.name)),
  };
}

function originalOf(
  { enter }: PictureDeps,
  { kind, content }: Entry,
  contentId: string,
  signal: AbortSignal,
): Original {
  return {
    contentId,
    kind: kind === 'photo' || kind === 'video' ? kind : 'other',
    async open(use) {
      await using reader = await enter(signal);
      using source = mediaSource(reader.repository, content);
      return await use(source);
    },
  };
}

/** The stream enters the repository itself: it goes on after the call that made it. */
function entryAsFile(
  { enter, readParts }: PictureDeps,
  { content }: Entry,
  tag: string,
  headers: Readonly<Record<string, string>>,
  { repository }: Reader,
  signal: AbortSignal,
): Sendable {
  return {
    sizeBytes: savedFile(repository, content).sizeBytes,
    tag,
    headers,
    async *bytes(from, to) {
      await using reader = await enter(signal);
      yield* savedFile(reader.repository, content, readParts).bytes(from, to, reader.signal);
    },
  };
}

function bytesAsFile(bytes: Uint8Array, tag: string): Sendable {
  return {
    sizeBytes: bytes.length,
    tag,
    headers: { 'content-type': 'image/jpeg' },
    async *bytes(from, to) {
      yield bytes.subarray(from, to);
    },
  };
}
