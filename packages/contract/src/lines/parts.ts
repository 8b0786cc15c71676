import { z } from 'zod';
import { REASONS, type ReasonCode } from '../reasons.ts';
import { DEVICE_KINDS, ITEM_STATES } from '../states.ts';

/** A count of things or bytes. */
export const count = z.int().nonnegative();

/** A snapshot's, key file's or pack's whole id: 64 lower-case hexadecimal digits. */
export const id = z.string().regex(/^[0-9a-f]{64}$/);

/** RFC 3339, with up to nine digits of a second, in any offset. */
export const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/);

/** A path inside a backup. Bytes that are not UTF-8 are lone surrogates: U+DCxx for the byte xx. */
export const path = z.string();

/** Items by state. */
export const balance = z.strictObject({
  found: count,
  verified: count,
  waiting: count,
  skipped: count,
  failed: count,
});

/** Why an item is in its state. */
export const reason = z.enum(Object.keys(REASONS) as [ReasonCode, ...ReasonCode[]]);

/** What state an item is in. */
export const state = z.enum(ITEM_STATES);

/** What a backup is of. */
export const device = z.strictObject({ id: z.string(), name: z.string(), kind: z.enum(DEVICE_KINDS) });
