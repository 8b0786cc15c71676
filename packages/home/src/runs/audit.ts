import type { HashFiles } from '@holdfast/devices';
import type { AndroidPhone } from '@holdfast/devices/android';
import type { AuditEvent } from '@holdfast/engine';
import { listSnapshots } from '@holdfast/repository';
import type { Host } from '#host.ts';
import { indexHere } from '#repository/with-repository.ts';
import type { ChosenSource } from '#sources/sources.ts';

/** What an audit tells: first, how many parts of the repository cannot be read; what only they hold counts as in no backup. */
export type AuditHereEvent = AuditEvent | { readonly kind: 'opened'; readonly damagedParts: number };

/**
 * What is on a device and in no backup of the host's repository. A phone hashes its files itself, where it can. With `isThorough` the content of
 * every file is compared.
 */
export async function* auditHere(
  host: Host,
  { source, phone }: ChosenSource,
  { isThorough }: { readonly isThorough: boolean },
): AsyncGenerator<AuditHereEvent, void, undefined> {
  await using held = await indexHere(
    host,
    { tolerate: true },
    {
      prepare: (repository, signal) => listSnapshots(repository, { tolerate: true, signal }),
      begin: () => undefined,
    },
  );
  const { indexed, prepared: snapshots, signal } = held;
  yield {
    kind: 'opened',
    damagedParts: snapshots.unreadable.length + indexed.unreadableIndexes.length,
  };
  const { audit } = await import('@holdfast/engine');
  const hashes = phone && (await hashesOf(phone, host, signal));
  yield* audit(indexed, snapshots.entries, source, { isThorough, ...(hashes && { hashes }), signal });
}

async function hashesOf(
  phone: AndroidPhone,
  { clock }: Host,
  signal: AbortSignal,
): Promise<HashFiles | undefined> {
  const { phoneHashes } = await import('@holdfast/devices/android');
  return phoneHashes(phone, { clock }, signal);
}
