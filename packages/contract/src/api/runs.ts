import { z } from 'zod';
import { balance, count, device, id, path, reason, state, time } from '../lines/parts.ts';
import { ITEM_TYPES } from '../states.ts';
import { problem } from './session.ts';

/** What a run does. `check` reads part of the repository back, `drill` restores a sample to scratch and compares it, `rebuild` makes the ledger again from the repository. */
const RUN_KINDS = ['backup', 'restore', 'audit', 'check', 'drill', 'forget', 'prune', 'rebuild'] as const;

/** Where a run is. Which of them a run goes through depends on its kind. */
const RUN_PHASES = [
  'connecting',
  'asking',
  'looking',
  'saving',
  'proving',
  'comparing',
  'giving',
  'checking',
  'removing',
  'repeating',
] as const;

/** How far something is; `total` once it is known. */
const amount = z.strictObject({ done: count, total: count.optional() });

/** What a run set aside, or what became of an item of it. */
export const runItem = z.strictObject({
  path,
  /** Of a restore: where it went. */
  to: path.optional(),
  /** Of a record: one line for a person. */
  title: z.string().optional(),
  state,
  reason,
  sentence: z.string(),
  remedy: z.string().optional(),
  detail: z.string().optional(),
});

/** A run, as a person sees it now. */
export const run = z.strictObject({
  id: z.string(),
  kind: z.enum(RUN_KINDS),
  /** Absent for what is done to the repository as a whole. */
  device: device.optional(),
  /** Of a restore: the device's or folder's name. */
  target: z.string().optional(),
  startedBy: z.enum(['person', 'rule']),
  began: time,
  ended: time.optional(),
  state: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('running'), phase: z.enum(RUN_PHASES) }),
    /** It goes on by itself when that is no longer so. `sentence` says for what it waits. */
    z.strictObject({ kind: z.literal('waiting'), sentence: z.string(), remedy: z.string().optional() }),
    z.strictObject({ kind: z.literal('pausing') }),
    z.strictObject({ kind: z.literal('paused') }),
    z.strictObject({ kind: z.literal('stopping') }),
    z.strictObject({ kind: z.literal('stopped') }),
    z.strictObject({ kind: z.literal('done'), sentence: z.string() }),
    z.strictObject({ kind: z.literal('failed'), problem }),
  ]),
  /** Set when nothing has moved for longer than the phase allows; since then. */
  stuckSince: time.optional(),
  balance,
  items: amount,
  bytes: amount,
  bytesPerSecond: z.number().nonnegative().optional(),
  secondsLeft: z.number().nonnegative().optional(),
  /** The item under way. */
  current: path.optional(),
  /** How many items were skipped, failed, or wait for something else than this run; `runItems` lists them. */
  setAside: count,
  /** The last few of them. */
  lastSetAside: z.array(runItem),
  /** What a finished backup made. */
  snapshot: id.optional(),
  /** Of a restore that has not given all: the plan of the rest, to be applied by another. */
  again: z.string().optional(),
});

/** What to run. */
export const runRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('backup'),
    device: z.string(),
    /** Default: what the device's rules choose. */
    types: z.array(z.enum(ITEM_TYPES)).min(1).optional(),
    /** Record that there is nothing, although the last backup had items. */
    allowEmpty: z.boolean().optional(),
  }),
  /** Applies a plan of `planRestore`. */
  z.strictObject({ kind: z.literal('restore'), plan: z.string() }),
  z.strictObject({ kind: z.literal('audit'), device: z.string() }),
  /** `all` reads everything, otherwise the part that is due. */
  z.strictObject({ kind: z.literal('check'), all: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('drill') }),
  /** Removes what a plan of `planForget` names, and then what nothing uses any more. */
  z.strictObject({ kind: z.literal('forget'), plan: z.string() }),
  z.strictObject({ kind: z.literal('prune') }),
  /** Makes the ledger again from the repository; the file it was in is kept aside. */
  z.strictObject({ kind: z.literal('rebuild') }),
]);

/** Runs, the newest first. */
export const runList = z.strictObject({ runs: z.array(run) });

/** Items of a run, a page of them. */
export const runItemPage = z.strictObject({ items: z.array(runItem), next: z.string().optional() });
