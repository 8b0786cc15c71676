import { z } from 'zod';

/** Whether the browser may come in, and what it needs where not. */
export const session = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('open'),
    /** How this program was started: for other computers of the network too, or for this one alone. */
    reach: z.enum(['this-computer', 'network']),
    version: z.string(),
  }),
  /** `link`: the address that "holdfast" printed, or a new one from it; `password`: the one that was set. */
  z.strictObject({ kind: z.literal('closed'), needs: z.enum(['link', 'password']) }),
]);

/** A password to come in with. */
export const credentials = z.strictObject({ password: z.string().min(1).max(1000) });

/** Nothing more to say. */
export const done = z.strictObject({ ok: z.literal(true) });

/** Why an operation was refused: a `Failure`, as `--json` prints it. */
export const problem = z.strictObject({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
});
