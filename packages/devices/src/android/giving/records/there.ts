import { type PhoneRecord, recordKey } from '@holdfast/records';
import type { SinkRefusal } from '#device-sink.ts';
import type { PartOptions } from '../../parts/part.ts';
import type { RecordKind } from './record-kind.ts';

/** How many records of each key there are. */
export class KeyCounts {
  readonly #counts = new Map<string, number>();

  add(key: string): void {
    this.#counts.set(key, this.of(key) + 1);
  }

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}

/** The key by which a record of a backup is found on a phone: of a message, without the hashes that only some writers note. */
export function givenKey(record: PhoneRecord): string {
  if (record.kind !== 'mms') return recordKey(record);
  const parts = record.parts.map(({ sha256: _hash, ...part }) => part);
  return recordKey({ ...record, parts });
}

/**
 * What a phone has of a kind, read as for a backup; or why that is not known: then nothing may be given, as it might be there. Fails
 * with `adb/…` and `devices/…`.
 */
export async function recordsThere<R>(
  kind: RecordKind<R>,
  options: PartOptions,
  signal?: AbortSignal,
): Promise<KeyCounts | SinkRefusal> {
  using part = kind.part(options);
  const counts = new KeyCounts();
  const paths: string[] = [];
  for await (const { path, entries } of part.walk(signal)) {
    for (const entry of entries) {
      if (entry.kind === 'problem')
        return { reason: 'phone-refuses-writing', detail: entry.detail || entry.reason };
      if (entry.kind === 'file' && kind.isMade(`${path}/${entry.name}`)) paths.push(`${path}/${entry.name}`);
    }
  }
  for (const path of paths) {
    for await (const record of kind.parse(part.read(path, signal))) {
      if (isUnreadable(record) || kind.isLeftOver?.(record) === true) continue;
      counts.add(givenKey(kind.recordOf(record)));
    }
  }
  return counts;
}

/** True for what a parser yields in place of a record. */
export const isUnreadable = <R>(
  record: R | { readonly kind: 'unreadable' },
): record is { readonly kind: 'unreadable' } & R =>
  typeof record === 'object' && record !== null && 'kind' in record && record.kind === 'unreadable';
