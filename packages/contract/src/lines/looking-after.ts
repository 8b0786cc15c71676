import { z } from 'zod';
import { id, time } from './parts.ts';

/** A password's key file. */
export const keyLine = z.strictObject({
  type: z.literal('key'),
  id,
  created: z.string(),
  hostname: z.string(),
  username: z.string(),
  /** The one that opened the repository now. */
  isCurrent: z.boolean(),
  /** Set when the file is damaged. */
  problem: z.string().optional(),
});

/** A change to the keys, done. */
export const keyChangedLine = z.strictObject({
  type: z.literal('key-changed'),
  action: z.enum(['added', 'removed', 'replaced']),
  /** The key file added, or removed. */
  id,
});

/** Locks taken away. */
export const unlockLine = z.strictObject({ type: z.literal('unlock'), removed: z.int().nonnegative() });

/** A new repository, or one that is there. */
export const repositoryLine = z.strictObject({
  type: z.literal('repository'),
  id,
  location: z.string(),
  formatVersion: z.union([z.literal(1), z.literal(2)]),
});

/** Everything needed to restore without Holdfast. Secret. */
export const recoveryKitLine = z.strictObject({
  type: z.literal('recovery-kit'),
  repositoryId: id,
  location: z.string(),
  password: z.string(),
  made: time,
});

/** A file written. */
export const writtenLine = z.strictObject({ type: z.literal('written'), path: z.string() });
