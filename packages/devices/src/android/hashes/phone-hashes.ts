import { type AdbTransport, runShell, type ShellOptions } from '@holdfast/adb';
import { type Clock, decodeName, mapOrdered } from '@holdfast/kernel';
import { reasonOf } from '#folder/errno.ts';
import type { FileHash, HashableFile, HashFiles } from '#hash-files.ts';
import { listCommand } from '../files/list-command.ts';
import type { AndroidPhone } from '../phone.ts';
import { errnoSaid } from '../reading/errno-said.ts';
import { batchesOf, isAmbiguous } from './batches.ts';
import { hashingSilence } from './silence.ts';
import { complaintOf, parseOnlySum, parseSums } from './sums.ts';

/** How a phone's files are hashed. */
export interface HashesOptions {
  readonly clock?: Clock;
  /** Where in the source the folder of the volumes is; default `files`. */
  readonly at?: string;
}

/** Of no bytes (FIPS 180-4). */
const HASH_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** While one command waits for the storage, another computes. */
const AT_ONCE = 2;

/**
 * Hashes files on the phone itself, with its `sha256sum`: nothing of them goes through the cable. Paths are those of the phone's
 * source. `undefined` for a phone that has no such command, or none that can be trusted with nothing: then its files have to be
 * read.
 */
export async function phoneHashes(
  { transport, volumes }: Pick<AndroidPhone, 'transport' | 'volumes'>,
  { clock, at = 'files' }: HashesOptions = {},
  signal?: AbortSignal,
): Promise<HashFiles | undefined> {
  const options = { ...(clock && { clock }) };
  if (!transport.features.has('shell_v2')) return undefined;
  const probe = await runShell(transport, ['sha256sum'], { ...options, ...(signal && { signal }) });
  if (parseOnlySum(decodeName(probe.stdout)) !== HASH_OF_NOTHING) return undefined;
  const prefix = at === '' ? '' : `${at}/`;
  const remotePathOf = (path: string): string => {
    const [id, ...names] = path.slice(prefix.length).split('/');
    const volume = volumes.find((each) => each.id === id);
    return [volume?.path ?? '', ...names].join('/');
  };
  return (files, stop) =>
    hashes(files, (batch, reading) => hashBatch(transport, batch, remotePathOf, options, reading), stop);
}

async function* hashes<File extends HashableFile>(
  files: Iterable<File>,
  hash: (batch: readonly File[], signal: AbortSignal) => Promise<readonly FileHash<File>[]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<FileHash<File>, void, undefined> {
  for await (const batch of mapOrdered(batchesOf(files), AT_ONCE, hash, signal)) yield* batch;
}

async function hashBatch<File extends HashableFile>(
  transport: AdbTransport,
  batch: readonly File[],
  remotePathOf: (path: string) => string,
  options: Pick<ShellOptions, 'clock'>,
  signal: AbortSignal,
): Promise<readonly FileHash<File>[]> {
  const paths = batch.map(({ path }) => remotePathOf(path));
  const bytes = batch.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const waiting = { ...options, stallAfter: hashingSilence(bytes) };
  const { stdout, stderr } = await listCommand(transport, ['sha256sum', '--'], paths, waiting, signal);
  const [only = ''] = paths;
  const sums =
    paths.length === 1 && isAmbiguous(only) ? new Map([[only, parseOnlySum(stdout)]]) : parseSums(stdout);
  return batch.map((file, at) => {
    const path = paths[at] ?? '';
    const sha256 = sums.get(path);
    return sha256 === undefined ? refusal(file, path, stderr) : { kind: 'hashed', file, sha256 };
  });
}

/** Most of what a command said that is kept. */
const MOST_SAID = 300;

function refusal<File extends HashableFile>(file: File, path: string, complaints: string): FileHash<File> {
  const said = complaintOf(complaints, path) ?? (complaints.trim() || 'the phone gave no hash');
  const errno = errnoSaid(said);
  const detail = errno === 'unknown' ? said.slice(0, MOST_SAID) : errno;
  return { kind: 'unreadable', file, reason: reasonOf(errno), detail };
}
