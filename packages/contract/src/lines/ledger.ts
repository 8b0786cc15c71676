import { z } from 'zod';
import { balance, count, device, id, path } from './parts.ts';

/** Something of a backup that a rebuild could not read. */
export const unreadLine = z.strictObject({
  type: z.literal('unread'),
  snapshot: id,
  /** Absent for a snapshot that cannot be read itself. */
  device: device.optional(),
  what: z.enum(['snapshot', 'manifest', 'folder', 'file', 'records']),
  /** Below the device. */
  path,
  detail: z.string(),
});

/** A ledger that was made again from the repository. */
export const rebuiltLine = z.strictObject({
  type: z.literal('rebuilt'),
  devices: z.array(z.strictObject({ device, present: balance, gone: balance })),
  /** Backups repeated. */
  snapshots: count,
  /** Backups that other programs made, of which the ledger knows nothing. */
  foreign: count,
  unread: count,
  seconds: z.number().nonnegative(),
});
