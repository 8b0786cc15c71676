import { z } from 'zod';
import { id, time } from './parts.ts';

/** A password's key file. Of a damaged one only the id and the problem are known. */
export const keyLine = z.strictObject({
  type: z.literal('key'),
  id,
  created: z.string().optional(),
  hostname: z.string().optional(),
  username: z.string().optional(),
  /** The one that opened the repository now. */
  isCurrent: z.boolean(),
  problem: z.string().optional(),
});

/** A change to the keys, done. */
export const keyChangedLine = z.strictObject({
  type: z.literal('key-changed'),
  action: z.enum(['added', 'removed', 'replaced']),
  /** The key file added, or removed. */
  id,
});

/** A repository that was created. */
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

/** The web app's server listens. */
export const servingLine = z.strictObject({
  type: z.literal('serving'),
  url: z.string(),
  /** Lets one browser in, once and for a quarter of an hour. Secret. */
  link: z.string(),
});

/** A file written. */
export const writtenLine = z.strictObject({ type: z.literal('written'), path: z.string() });
