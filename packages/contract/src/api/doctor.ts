import { z } from 'zod';
import { count, device, path, time } from '../lines/parts.ts';
import { problem } from './session.ts';

/** What a probe was told. `unrecognised`: the phone's answer is none we know, and is kept as it is. */
const told = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value'), value: z.string() }),
  z.strictObject({ kind: z.literal('absent') }),
  z.strictObject({ kind: z.literal('unrecognised') }),
  /** The phone would not say, or cannot be asked. */
  z.strictObject({ kind: z.literal('refused'), why: z.string() }),
]);

/** One thing that was asked of the phone. */
const evidence = z.strictObject({
  /** What it is called in the catalogue: `battery`, `data-saver`, … */
  probe: z.string(),
  /** A few words for a person. */
  title: z.string(),
  told,
  /** What was run on the phone, and what it said, names and numbers masked. */
  asked: z.string(),
  raw: z.string(),
});

/** Something that keeps photos from being backed up, or looks like it. */
export const complaint = z.strictObject({
  code: z.string(),
  severity: z.enum(['info', 'warning', 'blocking']),
  /** One line. */
  title: z.string(),
  /** What was seen, in the person's words. */
  explain: z.string(),
  /** What to do now. */
  fix: z.string(),
  /** Probes it follows from. */
  probes: z.array(z.string()),
  /** Fixes that may end it, the safest first. */
  fixes: z.array(z.string()),
  /** Files it is about, the first of them. */
  files: z.array(z.strictObject({ path, why: z.string() })).optional(),
  fileCount: count.optional(),
  /** Of a complaint about our own work: the device it is about. */
  device: device.optional(),
});

/** A way to mend something. */
const fix = z.strictObject({
  code: z.string(),
  /** Which of the seven ways it belongs to: 1 status, 2 settings, 3 network and background, 4 cache and data, 5 updates, 6 by hand, 7 restart, account, storage. */
  way: z.int().min(1).max(7),
  title: z.string(),
  risk: z.enum(['none', 'reversible', 'guided', 'destructive']),
  /** What it does and what may happen. */
  explain: z.string(),
  /** Why it cannot be done on this phone; absent where it can. */
  whyNot: z.string().optional(),
  canBeUndone: z.boolean(),
  /** True for those that the complaints ask for. */
  isAdvised: z.boolean(),
});

/** All that the doctor found on a phone. */
export const doctorReport = z.strictObject({
  device,
  at: time,
  /** Everything in one sentence. */
  verdict: z.strictObject({ kind: z.enum(['healthy', 'complaints', 'cannot-tell']), sentence: z.string() }),
  /** What stands out, the cause before what follows from it. */
  complaints: z.array(complaint),
  /** Those that are only there because of others. */
  hidden: z.array(complaint.extend({ behind: z.string() })),
  evidence: z.array(evidence),
  /** In safe order. */
  fixes: z.array(fix),
  /** Code of the fix to try next; absent where none is left, or none against a cause that one has not helped against. */
  next: z.string().optional(),
  /** Codes of those to try after it, in order, as long as none moves anything. */
  thenTry: z.array(z.string()),
  /** Code of the fix after which it moved last: what it was for needs no other before it had time. */
  helped: z.string().optional(),
  /** What only shows when the phone is unplugged, for the cable charges it. */
  unplugged: z.array(z.string()),
  /** What was not looked at, and why. */
  leftOut: z.array(z.string()),
  /** Set where the screen of the phone was not read for the sake of somebody whose screen reader that would stop for a moment: `readScreen` reads it all the same. */
  isScreenLeft: z.literal(true).optional(),
  /** Photos and videos that no backup of Holdfast has, as far as the ledger knows. */
  notRescued: count,
});

/** What a fix will do, before it does. Good for ten minutes. */
export const fixPlan = z.strictObject({
  plan: z.string(),
  code: z.string(),
  title: z.string(),
  risk: z.enum(['none', 'reversible', 'guided', 'destructive']),
  /** For a person, in order: what is run on the phone, or what the person is to tap. */
  steps: z.array(z.strictObject({ says: z.string(), command: z.string().optional() })),
  /** What is so now, and is kept for undoing. */
  before: z.array(z.strictObject({ what: z.string(), value: z.string() })),
  undo: z.string().optional(),
  /** Set where photos and videos are to be saved first: so many are in no backup. */
  rescueFirst: count.optional(),
  /** What is to be typed, word for word, by whoever does not want them saved first. */
  waiverWords: z.string().optional(),
});

/** Consent to a plan. `waiver`: the words the plan asks for, where the person does not want their photos saved first. */
export const consent = z.strictObject({
  plan: z.string(),
  agreed: z.literal(true),
  waiver: z.string().max(200).optional(),
});

/** A fix that was carried out, or begun. */
export const fixRecord = z.strictObject({
  id: z.string(),
  device,
  code: z.string(),
  title: z.string(),
  at: time,
  state: z.discriminatedUnion('kind', [
    /** Begun, and its end never heard of: undoing puts back what was. */
    z.strictObject({ kind: z.literal('begun') }),
    z.strictObject({
      kind: z.literal('done'),
      moved: z.enum(['yes', 'no', 'unknown']),
      sentence: z.string(),
    }),
    z.strictObject({ kind: z.literal('refused'), problem }),
    z.strictObject({ kind: z.literal('undone'), at: time }),
  ]),
  before: z.array(z.strictObject({ what: z.string(), value: z.string() })),
  after: z.array(z.strictObject({ what: z.string(), value: z.string() })),
  canBeUndone: z.boolean(),
});

/** Fixes of a device, the newest first. */
export const fixRecords = z.strictObject({ records: z.array(fixRecord) });

/** What is wrong with Holdfast's own work: runs, repository, drive, devices. */
export const ownReport = z.strictObject({
  at: time,
  verdict: z.strictObject({ kind: z.enum(['healthy', 'complaints']), sentence: z.string() }),
  complaints: z.array(complaint),
});
