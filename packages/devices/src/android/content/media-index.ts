import type { Clock } from '@holdfast/kernel';
import { valueOf } from '../facts/told.ts';
import type { AndroidPhone } from '../phone.ts';
import { contentLink } from './content-query.ts';
import { readTable } from './read-table.ts';
import { shapeOf } from './shape.ts';

/** A photo or video as the phone's index of media has it. What the index does not say is not there. */
export interface MediaRow {
  readonly kind: 'photo' | 'video';
  readonly path: string;
  readonly sizeBytes?: number;
  readonly width?: number;
  readonly height?: number;
  /** Its writer has not finished it. */
  readonly isPending?: boolean;
  readonly isTrashed?: boolean;
  readonly mimeType?: string;
}

const TABLES = [
  ['photo', 'content://media/external/images/media'],
  ['video', 'content://media/external/video/media'],
] as const;

/** Android 10: before it a file has no state. */
const HAS_PENDING = 29;

/** What is left out of an answer unless it is asked for (AOSP `MediaStore.java`, `setIncludePending`). */
const ALL = '?includePending=1&includeTrashed=1';

const NUMBERS = ['_size', 'width', 'height', 'is_pending', 'is_trashed'];

/** A number of the index that is one, and not negative. */
function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

const truthIn = (text: string | undefined): boolean | undefined =>
  text === '0' ? false : text === '1' ? true : undefined;

/**
 * The photos and then the videos in the phone's index of media, those of all its storage. A hint, never an inventory: it holds what
 * its scanner found, and may be old. With `columns` of `paths` only paths are asked for, which is quicker.
 *
 * Fails as a content query does: `devices/refused-query`, `devices/unrecognised-output`, `adb/…`.
 */
export async function* mediaIndexOf(
  phone: AndroidPhone,
  {
    columns = 'all',
    clock,
    signal,
  }: { readonly columns?: 'all' | 'paths'; readonly clock?: Clock; readonly signal?: AbortSignal } = {},
): AsyncGenerator<MediaRow, void, undefined> {
  const link = contentLink(phone.transport, clock);
  const hasStates = (valueOf(phone.facts.sdk) ?? 0) >= HAS_PENDING;
  const wanted =
    columns === 'all'
      ? { numbers: NUMBERS, texts: ['_data', 'mime_type'] }
      : { numbers: [], texts: ['_data'] };
  for (const [kind, table] of TABLES) {
    const uri = hasStates ? `${table}${ALL}` : table;
    const shape = await shapeOf(link, uri, wanted, signal);
    for await (const { columns: row } of readTable(link, { uri, shape }, signal)) {
      const path = row['_data'];
      if (path === undefined) continue;
      const facts = {
        sizeBytes: numberIn(row['_size']),
        width: numberIn(row['width']),
        height: numberIn(row['height']),
        isPending: truthIn(row['is_pending']),
        isTrashed: truthIn(row['is_trashed']),
        mimeType: row['mime_type'],
      };
      const known = Object.entries(facts).filter(([, value]) => value !== undefined);
      yield { kind, path, ...(Object.fromEntries(known) as Partial<MediaRow>) };
    }
  }
}
