import { z } from 'zod';
import { retention } from './devices.ts';

/** A way in which alerts leave the app. */
export const channel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), url: z.url({ protocol: /^https?$/ }).max(2000) }),
  /** https://ntfy.sh, or a server of one's own: the address of the topic. */
  z.strictObject({
    kind: z.literal('ntfy'),
    url: z.url({ protocol: /^https?$/ }).max(2000),
    token: z.string().max(500).optional(),
  }),
  z.strictObject({
    kind: z.literal('smtp'),
    host: z.string().min(1).max(255),
    port: z.int().min(1).max(65_535),
    isTls: z.boolean(),
    username: z.string().max(500).optional(),
    password: z.string().max(500).optional(),
    from: z.email().max(320),
    to: z.email().max(320),
  }),
]);

/** What holds for all devices. Secrets are left out when read, and stay as they are where they are left out when written. */
export const settings = z.strictObject({
  /** For devices without one of their own. */
  retention,
  /** Removes what retention lets go, by itself, once a week. */
  isRetentionAutomatic: z.boolean(),
  /** Every so many days a part of the repository is read back: everything in a month. 0: never. */
  checkEveryDays: z.int().min(0).max(31),
  /** Every so many days a sample is restored and compared. 0: never. */
  drillEveryDays: z.int().min(0).max(365),
  /** An alert when a device was not seen for so many days. 0: never. */
  notSeenDays: z.int().min(0).max(365),
  channels: z.array(channel).max(10),
});

/** A new password to come in with over the network; it ends all sessions but this one. */
export const accessPassword = z.strictObject({ password: z.string().min(8).max(1000) });
