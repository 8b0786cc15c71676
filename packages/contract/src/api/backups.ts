import { z } from 'zod';
import { balance, count, device, id, path, time } from '../lines/parts.ts';
import { ITEM_KINDS, ITEM_TYPES } from '../states.ts';

/** A backup, in a list. */
export const backup = z.strictObject({
  id,
  /** Absent for one that another program made. */
  device: device.optional(),
  name: z.string(),
  time,
  /** Absent where the backup does not say. */
  counts: balance.optional(),
  totalBytes: count.optional(),
});

/** Backups, the newest first. */
export const backupList = z.strictObject({ backups: z.array(backup) });

/** What is in a backup, by type. Its lists answer only when it is `ready`; asking makes it so, which takes a while for a large one. */
export const backupContents = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opening'), entries: count }),
  z.strictObject({ kind: z.literal('failed'), message: z.string(), hint: z.string().optional() }),
  z.strictObject({
    kind: z.literal('ready'),
    types: z.array(z.strictObject({ type: z.enum(ITEM_TYPES), items: count, bytes: count.optional() })),
    /** Parts of it that could not be read. */
    damaged: count,
  }),
]);

/** The number of something in a backup: the same as long as the backup is there. */
const entryNumber = z.int().nonnegative();

/** A photo or video. */
export const mediaEntry = z.strictObject({
  entry: entryNumber,
  name: z.string(),
  path,
  kind: z.enum(['photo', 'video']),
  sizeBytes: count,
  /** When it was taken, by the clocks of the place, as far as that was known when the photos were placed; else when it was changed. */
  taken: time,
  /** Where somebody read it: it was looked at, or a small picture was made of it. */
  width: count.optional(),
  height: count.optional(),
  seconds: z.number().nonnegative().optional(),
});

/** Days with photos and videos, the newest first; the first of a day has the place `from` in the whole list. */
export const dayList = z.strictObject({
  total: count,
  days: z.array(z.strictObject({ day: z.iso.date(), from: count, items: count })),
});

/** A slice of all photos and videos, the newest first. */
export const mediaSlice = z.strictObject({ from: count, total: count, media: z.array(mediaEntry) });

/** What a photo or video says of itself. */
export const aboutMedia = z.strictObject({
  taken: time,
  /** Who says when it was taken: its camera, its name, or the file, of when it was written. */
  takenBy: z.enum(['camera', 'name', 'file']),
  /** As it is shown. */
  width: count.optional(),
  height: count.optional(),
  seconds: z.number().nonnegative().optional(),
  /** What it was taken with. */
  camera: z.string().optional(),
});

/** Something in a folder. */
export const fileEntry = z.strictObject({
  entry: entryNumber,
  name: z.string(),
  path,
  what: z.enum(['folder', 'file', 'link']),
  kind: z.enum(ITEM_KINDS).optional(),
  sizeBytes: count.optional(),
  modified: time.optional(),
  /** Of a folder: files in it, at any depth. */
  items: count.optional(),
});

/** A folder's entries, folders first, a page of them. `above` are the folders it lies in, outermost first. */
export const fileList = z.strictObject({
  above: z.array(z.strictObject({ entry: entryNumber, name: z.string() })),
  entries: z.array(fileEntry),
  next: z.string().optional(),
});

/** Messages with the same people. */
export const thread = z.strictObject({
  thread: count,
  /** Numbers, or names where the contacts of the same backup have them. */
  people: z.array(z.string()),
  messages: count,
  last: time,
  /** The beginning of its last text. */
  snippet: z.string(),
});

/** Threads, the one with the last message first. */
export const threadList = z.strictObject({ threads: z.array(thread), next: z.string().optional() });

/** A file that came with a message. */
const attachment = z.strictObject({
  /** Absent where its content is not in the backup. */
  entry: entryNumber.optional(),
  name: z.string().optional(),
  mediaType: z.string(),
  sizeBytes: count.optional(),
});

/** A message. */
export const message = z.strictObject({
  entry: entryNumber,
  isOwn: z.boolean(),
  /** Who wrote it, where there are more than two. */
  from: z.string().optional(),
  time,
  text: z.string(),
  attachments: z.array(attachment),
  /** `draft`, `failed`, … where it is no ordinary one. */
  note: z.string().optional(),
});

/** Messages of a thread, the newest first, a page of them. */
export const messageList = z.strictObject({
  thread,
  messages: z.array(message),
  next: z.string().optional(),
});

/** A contact, call, event, app or setting in a list. */
export const recordRow = z.strictObject({
  entry: entryNumber,
  kind: z.enum(ITEM_KINDS),
  title: z.string(),
  /** A second line. */
  subtitle: z.string().optional(),
  /** A day alone where it takes whole days. */
  time: time.or(z.iso.date()).optional(),
});

/** Records of one type, a page of them: contacts and apps by name, others the newest first. */
export const recordList = z.strictObject({
  total: count,
  records: z.array(recordRow),
  next: z.string().optional(),
});

/** All that a record says: labels and values for a person, in order. A value that is a moment is RFC 3339, and a day alone where it takes whole days. */
export const recordDetail = z.strictObject({
  entry: entryNumber,
  kind: z.enum(ITEM_KINDS),
  title: z.string(),
  fields: z.array(z.strictObject({ label: z.string(), value: z.string() })),
});

/** Something that was looked for. */
export const searchHit = z.strictObject({
  entry: entryNumber,
  type: z.enum(ITEM_TYPES),
  title: z.string(),
  /** Where in the text it is, or its folder. */
  context: z.string(),
  /** A day alone where it takes whole days. */
  time: time.or(z.iso.date()).optional(),
  /** Of a message. */
  thread: count.optional(),
});

/** What was found, the best first, and how many there are of each type. */
export const searchResult = z.strictObject({
  hits: z.array(searchHit),
  byType: z.array(z.strictObject({ type: z.enum(ITEM_TYPES), items: count })),
  next: z.string().optional(),
});

/** How something differs between an older backup and this one. */
export const difference = z.strictObject({
  change: z.enum(['added', 'removed', 'changed']),
  type: z.enum(ITEM_TYPES),
  path,
  title: z.string().optional(),
  sizeBytes: count.optional(),
  /** In this backup; absent for what was removed. */
  entry: entryNumber.optional(),
});

/** Differences, a page of them, and how many there are. */
export const comparison = z.strictObject({
  counts: z.strictObject({ added: count, removed: count, changed: count, same: count }),
  differences: z.array(difference),
  next: z.string().optional(),
});

/**
 * What of a backup is meant: all of some types, and single things: files, folders with all that is in them, records, and all messages of threads.
 * Nothing named is nothing. Of `entries` and `except` the nearest decides: a thing itself, then the folder it lies in, then the folder around
 * that; only where none of them is named do type, thread and day.
 */
export const selection = z.strictObject({
  types: z.array(z.enum(ITEM_TYPES)).optional(),
  entries: z.array(entryNumber).max(200_000).optional(),
  threads: z.array(count).max(10_000).optional(),
  /** Days of photos and videos. */
  days: z.array(z.iso.date()).max(40_000).optional(),
  /** Files, folders, records and messages that are left out, although a type, a thread, a day or a folder around them is meant. */
  except: z.array(entryNumber).max(200_000).optional(),
});

/** A download that can be fetched, once or again, for an hour. */
export const downloadTicket = z.strictObject({ download: z.string(), items: count, bytes: count });
