import { z } from 'zod';
import { count, device, id, time } from '../lines/parts.ts';
import { retention } from './devices.ts';

/** A look at the repository: how it is, what was done for it and what is due. */
export const repository = z.strictObject({
  place: z.string(),
  /** It is not there: its drive is away, or it was moved. What is told of it is nothing then. */
  isAway: z.literal(true).optional(),
  usedBytes: count,
  freeBytes: count.optional(),
  /** Days until the drive is full if it goes on as in the last weeks; absent where it does not grow. */
  fullInDays: count.optional(),
  backups: count,
  keys: count,
  lastCheck: z.strictObject({ time, isClean: z.boolean(), findings: count, readBytes: count }).optional(),
  /** How much of it was read back in the last 31 days, 0 to 1. */
  readBackShare: z.number().min(0).max(1),
  lastDrill: z.strictObject({ time, isGood: z.boolean(), items: count, sentence: z.string() }).optional(),
  lastPrune: z.strictObject({ time, freedBytes: count }).optional(),
  nextCheck: time.optional(),
  nextDrill: time.optional(),
  /** True when there is a recovery kit that was made after the last change of the password. */
  hasRecoveryKit: z.boolean(),
});

/** What retention would remove. */
export const forgetPlan = z.strictObject({
  plan: z.string(),
  keep: z.array(z.strictObject({ id, time, device: device.optional(), reasons: z.array(z.string()) })),
  remove: z.array(z.strictObject({ id, time, device: device.optional() })),
});

/** For which device, and by what; absent: by its rules. */
export const forgetRequest = z.strictObject({
  device: z.string().optional(),
  retention: retention.optional(),
});

/** A new password for the repository. The current one is asked for again. */
export const passwordChange = z.strictObject({
  current: z.string().min(1).max(1000),
  next: z.string().min(8).max(1000),
});

/** The recovery kit, to be printed: it holds the password. */
export const recoveryKit = z.strictObject({ text: z.string() });
