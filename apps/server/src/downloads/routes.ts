import { Readable } from 'node:stream';
import { BYTE_ROUTES } from '@holdfast/contract';
import type { Selection } from '@holdfast/contract/api';
import type { ByteSource, Clock, RandomBytes } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { noLonger, noSuch } from '../failures.ts';
import { operation, signalOf } from '../operation.ts';
import { contentIdOf, savedFile } from '../pictures/saved-file.ts';
import { begin, sendFile } from '../pictures/send-file.ts';
import type { ReadParts } from '../reading/blob-parts.ts';
import type { Reader } from '../reading/reading-room.ts';
import { archiveOf, type ChosenFile } from './archive.ts';
import { attachment } from './disposition.ts';
import { safeName } from './safe-name.ts';
import { Tickets } from './tickets.ts';
import { writeZip } from './zip/write-zip.ts';

/** The contents of a backup, as far as downloads use them. */
interface Chooser<F extends ChosenFile> {
  chosenFiles(
    selection: Selection,
    signal: AbortSignal,
  ): Promise<{ readonly items: number; readonly bytes: number; readonly files: AsyncIterable<F> }>;
}

/** What the routes of downloads use. */
export interface DownloadDeps<F extends ChosenFile> {
  /** The contents of a backup. */
  readonly ready: (backup: Id, signal: AbortSignal) => Promise<Chooser<F>>;
  /** A reader of the repository. */
  readonly enter: (signal: AbortSignal) => Promise<Reader>;
  /** The bytes of a chosen file that is to have only some records. */
  readonly bytesOf: (repository: Reader['repository'], file: F, signal: AbortSignal) => ByteSource;
  /** Reads all others. */
  readonly readParts: ReadParts;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** IANA name. */
  readonly timeZone: string;
}

/** Registers the operation that makes a selection ready, and the address it is fetched from: one file as it is, more as a zip. */
export function downloadRoutes<F extends ChosenFile>(app: FastifyInstance, deps: DownloadDeps<F>): void {
  const tickets = new Tickets(deps.clock, deps.random);
  operation(app, 'download', async ({ params, body, signal }) => {
    const contents = await deps.ready(params.backup, signal);
    const { items, bytes } = await contents.chosenFiles(body, signal);
    return { download: tickets.issue({ backup: params.backup, selection: body }), items, bytes };
  });
  app.get(BYTE_ROUTES.download, async (request, reply) => {
    const { download } = request.params as { readonly download?: unknown };
    if (typeof download !== 'string') throw noLonger('download');
    const { backup, selection } = tickets.find(download);
    const signal = signalOf(reply);
    const choose = async () =>
      (await (await deps.ready(backup, signal)).chosenFiles(selection, signal)).files;
    const [only, second] = await firstTwo(await choose());
    if (only === undefined) throw noSuch('file in this download');
    return second === undefined
      ? sendOne(deps, only, request, reply, signal)
      : sendZip(deps, await choose(), backup, reply, signal);
  });
}

async function firstTwo<F>(files: AsyncIterable<F>): Promise<F[]> {
  const found: F[] = [];
  for await (const file of files) if (found.push(file) === 2) break;
  return found;
}

async function sendOne<F extends ChosenFile>(
  deps: DownloadDeps<F>,
  file: F,
  request: FastifyRequest,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<FastifyReply> {
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': attachment(safeName(file.path.slice(file.path.lastIndexOf('/') + 1))),
  };
  if (file.only !== undefined) {
    const bytes = await begin(
      reading(deps, signal, (reader) => deps.bytesOf(reader.repository, file, reader.signal)),
    );
    return reply.headers({ ...headers, 'cache-control': 'no-store' }).send(streamOf(bytes));
  }
  await using reader = await deps.enter(signal);
  return sendFile(request, reply, {
    sizeBytes: savedFile(reader.repository, file.content).sizeBytes,
    tag: `"o-${contentIdOf(file.content)}"`,
    headers,
    bytes: (from, to) =>
      reading(deps, signal, ({ repository, signal: both }) =>
        savedFile(repository, file.content, deps.readParts).bytes(from, to, both),
      ),
  });
}

async function sendZip<F extends ChosenFile>(
  deps: DownloadDeps<F>,
  files: AsyncIterable<F>,
  backup: Id,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<FastifyReply> {
  const now = deps.clock.now().epochMilliseconds;
  const bytes = await begin(
    reading(deps, signal, ({ repository, signal: both }) =>
      writeZip(
        archiveOf(files, (file) => bytesIn(deps, repository, file, both), now),
        deps.timeZone,
      ),
    ),
  );
  const headers = {
    'content-type': 'application/zip',
    'content-disposition': attachment(`Holdfast ${backup.slice(0, 8)}.zip`),
    'cache-control': 'no-store',
  };
  return reply.headers(headers).send(streamOf(bytes));
}

/** Not as a stretch of a file: of one that is damaged, what is before the damage is there. */
async function* bytesIn<F extends ChosenFile>(
  { bytesOf, readParts }: DownloadDeps<F>,
  repository: Reader['repository'],
  file: F,
  signal: AbortSignal,
): ByteSource {
  if (file.only !== undefined) return yield* bytesOf(repository, file, signal);
  for (const id of file.content) yield* readParts(repository.blobs, id, 0, Number.POSITIVE_INFINITY, signal);
}

/** Bytes that are read from the repository, which is entered when they are asked for and left when they end. */
async function* reading<F extends ChosenFile>(
  { enter }: DownloadDeps<F>,
  signal: AbortSignal,
  read: (reader: Reader) => ByteSource,
): ByteSource {
  await using reader = await enter(signal);
  yield* read(reader);
}

const streamOf = (bytes: ByteSource): Readable =>
  Readable.from(bytes, { objectMode: false, highWaterMark: 1 });
