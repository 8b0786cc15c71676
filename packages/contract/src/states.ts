/** Every item is in exactly one of these states. `found` is their sum. */
export const ITEM_STATES = ['verified', 'waiting', 'skipped', 'failed'] as const;

/** One of {@link ITEM_STATES}. */
export type ItemState = (typeof ITEM_STATES)[number];

/** Kinds of device a backup can be of. */
export const DEVICE_KINDS = ['android', 'iphone', 'folder', 'inbox', 'takeout'] as const;

/** One of {@link DEVICE_KINDS}. */
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** Kinds of item. `file` is any file that is none of the others. */
export const ITEM_KINDS = [
  'photo',
  'video',
  'audio',
  'document',
  'file',
  'contact',
  'message',
  'call',
  'event',
  'app',
  'setting',
] as const;

/** One of {@link ITEM_KINDS}. */
export type ItemKind = (typeof ITEM_KINDS)[number];
