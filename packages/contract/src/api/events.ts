import { z } from 'zod';
import { count } from '../lines/parts.ts';
import { card, home } from './devices.ts';
import { run } from './runs.ts';

/** What the server tells while it happens, over `BYTE_ROUTES.events`. Each has an id that `Last-Event-ID` goes on from. */
export const serverEvent = z.discriminatedUnion('kind', [
  /** The first screen, as it is now. */
  z.strictObject({ kind: z.literal('home'), home }),
  /** A run, as it is now; at most a few times a second. */
  z.strictObject({
    kind: z.literal('run'),
    run,
    /** What the card says that shows it, and its button. */
    says: card.pick({ state: true, sentence: true, remedy: true, number: true, button: true }).optional(),
  }),
  /** What the doctor asks a phone now, while `doctor` is under way: its title, how many probes have answered and how many there are. */
  z.strictObject({
    kind: z.literal('doctor'),
    device: z.string(),
    asks: z.string(),
    done: count,
    total: count,
  }),
  /** Lists of these are no longer as they were. */
  z.strictObject({
    kind: z.literal('changed'),
    what: z.enum(['backups', 'items', 'settings', 'repository']),
  }),
  /** What was missed is not known any more: ask for everything again. */
  z.strictObject({ kind: z.literal('reset') }),
]);
