import { z } from 'zod';
import { count } from './parts.ts';

/** Why a command failed. The last line on stderr, unless the output itself was closed. */
export const errorLine = z.strictObject({
  type: z.literal('error'),
  /** `package/kebab-case`; never renamed once released. `bug` for a mistake in Holdfast itself. */
  code: z.string(),
  message: z.string(),
  /** What to do, where there is something. */
  hint: z.string().optional(),
  /** Whether the same call may succeed later without anything else changing. */
  retry: z.enum(['never', 'later']),
  exitCode: z.int(),
});

/** Something worth knowing that is no result. On stderr. */
export const noteLine = z.strictObject({ type: z.literal('note'), message: z.string() });

/** How far long work is. On stderr, about once a second. */
export const progressLine = z.strictObject({
  type: z.literal('progress'),
  phase: z.string(),
  itemsDone: count.optional(),
  itemsTotal: count.optional(),
  bytesDone: count.optional(),
  bytesTotal: count.optional(),
  bytesPerSecond: count.optional(),
  /** Absent while it cannot be told. */
  secondsLeft: count.optional(),
  current: z.string().optional(),
});

/** What this program is. */
export const versionLine = z.strictObject({
  type: z.literal('version'),
  version: z.string(),
  node: z.string(),
  platform: z.string(),
});
