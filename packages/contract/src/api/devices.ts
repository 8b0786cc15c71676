import { z } from 'zod';
import { balance, count, device, id, path, reason, state, time } from '../lines/parts.ts';
import { ITEM_KINDS, ITEM_TYPES } from '../states.ts';
import { run } from './runs.ts';

/** `HH:MM`, by the clock of the computer. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** How many backups of a device stay, as in `holdfast forget`; absent: all. */
export const retention = z.strictObject({
  keepLast: count.optional(),
  keepDaily: count.optional(),
  keepWeekly: count.optional(),
  keepMonthly: count.optional(),
  keepYearly: count.optional(),
});

/** What of a device is backed up, and when. */
export const rules = z.strictObject({
  /** Backed up by itself when it appears, or when its time comes. */
  isOn: z.boolean(),
  types: z.array(z.enum(ITEM_TYPES)),
  /** Folders that are left out, by their paths in the ledger. */
  foldersOff: z.array(path).max(10_000),
  maxSizeBytes: count.optional(),
  /** Only files changed on this day or later: `2026-01-31`. */
  newerThan: z.iso.date().optional(),
  /** Single items, by their paths in the ledger: `skip` for good, `hold` until they are let go. */
  items: z.array(z.strictObject({ path, what: z.enum(['skip', 'hold']) })).max(10_000),
  onlyCharging: z.boolean(),
  /** 1–100. */
  minBatteryPercent: z.int().min(1).max(100).optional(),
  /** No backup begins by itself between these, over midnight too. */
  quietHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).optional(),
  /** Backed up by itself at most once in so many hours. */
  minHoursBetween: z
    .int()
    .min(1)
    .max(24 * 31)
    .optional(),
  retention: retention,
});

/** What a person should be told, until they know or it is no longer so. */
export const alert = z.strictObject({
  id: z.string(),
  severity: z.enum(['warning', 'error']),
  device: device.optional(),
  sentence: z.string(),
  remedy: z.string().optional(),
  since: time,
});

/** What a button does. */
export const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('back-up') }),
  z.strictObject({ kind: z.literal('turn-on') }),
  z.strictObject({ kind: z.literal('watch-run'), run: z.string() }),
  z.strictObject({ kind: z.literal('resume-run'), run: z.string() }),
  z.strictObject({ kind: z.literal('see-items'), state: state.optional(), reason: reason.optional() }),
  z.strictObject({ kind: z.literal('view-backup'), backup: id }),
  /** What to do is in the card's `remedy`: there is nothing to press. */
  z.strictObject({ kind: z.literal('none') }),
]);

/** How a device is, in one word; cards differ in colour and picture by it. */
const CARD_STATES = [
  'safe',
  /** It was; what is wrong with the backups or the ledger leaves open whether it still is. */
  'in-doubt',
  'backing-up',
  'waiting',
  'attention',
  'failed',
  'off',
  'never',
  'not-seen',
  'cannot-talk',
] as const;

/** A device on the first screen: one sentence, one number, one button. */
export const card = z.strictObject({
  device,
  state: z.enum(CARD_STATES),
  sentence: z.string(),
  remedy: z.string().optional(),
  /** The number, and what it counts: `{ value: 12402, label: 'items safe' }`. Its list is that of `items` with this filter. */
  number: z
    .strictObject({
      value: count,
      label: z.string(),
      state: state.optional(),
      reason: reason.optional(),
    })
    .optional(),
  /** What the button says, and does. */
  button: z.strictObject({ label: z.string(), action }),
  isInSight: z.boolean(),
  /** How: absent when it is not. */
  route: z.enum(['cable', 'network', 'folder']).optional(),
  isBackupOn: z.boolean(),
  lastSeen: time,
  balance,
  /** Set while there is one, or one that waits or is paused. */
  run: run.optional(),
  /** The newest backup. */
  lastBackup: z
    .strictObject({
      id,
      time,
      proved: z.enum(['cache', 'device', 'mixed', 'off', 'nothing-new', 'unknown']),
    })
    .optional(),
});

/** A phone in sight that cannot be used yet: it has not allowed this computer, … */
export const stranger = z.strictObject({
  /** Its serial number in the adb server's list, or `host:port`. */
  address: z.string(),
  model: z.string(),
  code: z.string(),
  says: z.string(),
  hint: z.string(),
});

/** The first screen. */
export const home = z.strictObject({
  /** Is everything safe? In one sentence for all devices together. */
  verdict: z.strictObject({
    kind: z.enum(['safe', 'busy', 'attention', 'empty']),
    sentence: z.string(),
    /** What needs a person: one device, or what an alert is about, which may be dismissed. Absent where nothing does, and where several devices do. */
    about: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('device'), device: z.string() }),
        z.strictObject({ kind: z.literal('alert'), alert: z.string() }),
      ])
      .optional(),
  }),
  cards: z.array(card),
  strangers: z.array(stranger),
  alerts: z.array(alert),
  store: z.strictObject({
    /** Where the repository is. */
    place: z.string(),
    usedBytes: count,
    freeBytes: count.optional(),
    /** When a sample was last restored and compared. */
    provedRestorable: time.optional(),
  }),
});

/** All devices. */
export const deviceList = z.strictObject({ cards: z.array(card), strangers: z.array(stranger) });

const note = z.strictObject({ code: z.string(), sentence: z.string(), detail: z.string().optional() });

/** A device, with what a person can set. */
export const deviceDetail = z.strictObject({
  card,
  /** What it says of itself: `manufacturer`, `model`, `android`, …; of a folder its `path`. */
  facts: z.record(z.string(), z.string()),
  rules,
  /** Things of each type, as far as the ledger knows. */
  types: z.array(z.strictObject({ type: z.enum(ITEM_TYPES), items: count, verified: count })),
  /** What the phone gave and took when it was last asked. */
  capabilities: z
    .array(
      z.strictObject({
        type: z.enum(ITEM_TYPES),
        canRead: z.enum(['yes', 'partly', 'no', 'unknown']),
        readNotes: z.array(note),
        canGiveBack: z.enum(['yes', 'no', 'unknown']),
        giveBackNotes: z.array(note),
      }),
    )
    .optional(),
  alarms: z.array(
    z.strictObject({ kind: z.enum([...ITEM_KINDS, 'all']), before: count, now: count, since: time }),
  ),
});

/** Folders of a device right below a path, to be ticked. */
export const folderList = z.strictObject({
  folders: z.array(z.strictObject({ path, name: z.string(), isOff: z.boolean() })),
});

/** An item, as the ledger has it. */
export const item = z.strictObject({
  path,
  kind: z.enum(ITEM_KINDS),
  title: z.string().optional(),
  sizeBytes: count.optional(),
  modified: time.optional(),
  state,
  reason,
  sentence: z.string(),
  remedy: z.string().optional(),
  detail: z.string().optional(),
  since: time,
  goneSince: time.optional(),
  sha256: z.string().optional(),
  receipt: z.strictObject({ at: time, snapshot: id.optional(), proved: z.string().optional() }).optional(),
});

/** Items in order of their paths, a page of them. */
export const itemPage = z.strictObject({ items: z.array(item), next: z.string().optional() });

/** A device's items, counted: by kind, state and reason. */
export const itemCounts = z.strictObject({
  present: balance,
  gone: balance,
  rows: z.array(
    z.strictObject({ kind: z.enum(ITEM_KINDS), state, reason, isGone: z.boolean(), items: count }),
  ),
});

/** What to do with single items from now on. */
export const holds = z.strictObject({
  paths: z.array(path).min(1).max(1000),
  what: z.enum(['skip', 'hold', 'let-go']),
});

/** A folder of this computer to be backed up. */
export const newFolder = z.strictObject({ path: z.string().min(1).max(4096) });

/** Phones in the network that wait to be paired. */
export const pairableList = z.strictObject({
  phones: z.array(z.strictObject({ name: z.string(), address: z.string() })),
});

/** The code that a phone shows. `address` is `host:port`. */
export const pairing = z.strictObject({
  address: z.string().min(3).max(300),
  code: z.string().regex(/^\d{6}$/),
});
