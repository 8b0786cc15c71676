import { decodeUnpacked, idOf, parseIndexColumns, type Sealer, shortId } from '@holdfast/restic-format';
import { damaged } from '../failures.ts';
import type { JobInput, JobOutput } from './jobs.ts';

/** Most JSON one index file may hold; restic and we keep them near 8 MiB. */
const INDEX_LIMIT_BYTES = 512 * 1024 * 1024;

/** See `Jobs.parseIndex`. */
export function parseIndex(sealer: Sealer, { id, sealed }: JobInput<'parseIndex'>): JobOutput<'parseIndex'> {
  if (idOf(sealed) !== id) throw damaged(`index ${shortId(id)}`, 'holdfast repair index');
  return parseIndexColumns(decodeUnpacked(sealer.open(sealed), INDEX_LIMIT_BYTES));
}
