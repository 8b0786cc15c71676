import type { Run } from '@holdfast/contract/api';
import { type Failure, plainText } from '@holdfast/kernel';
import { formatBytes, formatBytesAtLeast } from '../words.ts';

/** What a run that cannot go on now waits for. */
export interface Wait {
  readonly sentence: string;
  readonly remedy?: string;
  /** `device`: it goes on when its device is in sight. Else after this time. */
  readonly until: 'device' | Temporal.Duration;
  /** It may go on sooner: when something about the place of the backups is not as it was. */
  readonly isForStore?: true;
  /** The same: when there is so much room where it is to write. */
  readonly room?: Room;
}

/** Room that a run needs where it is to write: of a phone, on one of its volumes. */
export interface Room {
  readonly neededBytes: number;
  readonly volume?: string | undefined;
}

/** Tries in a row in which nothing moved; then a run has failed. */
const MOST_TRIES = 10;

/** Codes that say that the link to a phone is gone, or cannot be used yet. */
const LINK_CODES: ReadonlySet<string> = new Set(
  'gone offline detached no-phone stalled connecting authorizing unauthorized no-permissions protocol no-server bootloader recovery sideload'
    .split(' ')
    .map((name) => `adb/${name}`),
);

const IN_USE: ReadonlySet<string> = new Set([
  'repository/locked',
  'catalog/busy',
  'home/phone-busy',
  'repository/lock-lost',
]);

const NO_ROOM = {
  sentence: 'Waiting for room: the drive with the backups is full.',
  remedy:
    'Free some space on it, or press “See what would be removed” in Repository: this goes on by itself.',
};
const NO_STORE = {
  sentence: 'Waiting for the place that backups are kept in: it is not there.',
  remedy:
    'Connect its drive: this goes on by itself. If it was moved, start Holdfast with its new place (--repository).',
};
const NO_PASSWORD =
  'Put the password from your recovery kit into the password file: this goes on by itself. If Holdfast was started with a password, start it again with the right one.';

/** What a backup says that cannot be written until somebody does something about the place of the backups. */
const STORE_CODES: Readonly<Record<string, Pick<Wait, 'sentence' | 'remedy'>>> = {
  'store/full': NO_ROOM,
  'repository/nearly-full': NO_ROOM,
  'store/absent': NO_STORE,
  'repository/missing': NO_STORE,
  'store/read-only': {
    sentence: 'Waiting: the drive with the backups is read-only.',
    remedy:
      'Make it writable (a damaged one is often switched to read-only: check it first): this goes on by itself.',
  },
  'store/denied': {
    sentence: 'Waiting: Holdfast may not write where backups are kept.',
    remedy: 'Give the account that runs it access to that folder: this goes on by itself.',
  },
  'repository/wrong-password': {
    sentence: 'Waiting: the password does not open the backups.',
    remedy: NO_PASSWORD,
  },
  'home/no-password': {
    sentence: 'Waiting: nothing says what the password of the backups is.',
    remedy: NO_PASSWORD,
  },
};

/** Codes of a folder or drive that is not there now. */
const FOLDER_CODES: ReadonlySet<string> = new Set(['devices/missing-folder', 'server/not-in-sight']);

/**
 * For what a run waits that failed so, after so many tries in a row in which nothing moved; `undefined` where waiting does not help, and the run
 * has failed.
 */
export function waitFor(
  { code, message, hint, details }: Pick<Failure, 'code' | 'message' | 'hint' | 'details'>,
  { kind, device }: Pick<Run, 'kind' | 'device'>,
  tries: number,
): Wait | undefined {
  if (device !== undefined && (LINK_CODES.has(code) || FOLDER_CODES.has(code))) {
    // Somebody has to do something: that may take days.
    if (code === 'server/not-in-sight' || code === 'adb/no-phone') return plugIn(device);
    if (tries > MOST_TRIES) return undefined;
    return tries <= 1 ? plugIn(device) : { ...brokeOff(device, message), until: pause(tries) };
  }
  if (tries > 4 * MOST_TRIES) return undefined;
  // Others are told at once: who asked for them is there, and begins them again.
  const forStore = kind === 'backup' ? STORE_CODES[code] : undefined;
  if (forStore !== undefined)
    return { ...forStore, ...moreForStore(code, details), until: pause(tries), isForStore: true };
  if (code === 'engine/no-room') return { ...noRoomThere(details), until: pause(tries) };
  if (!IN_USE.has(code)) return undefined;
  return {
    sentence: `Waiting: ${message.charAt(0).toLowerCase()}${message.slice(1)}.`,
    ...(hint !== undefined && { remedy: hint }),
    until: pause(tries),
  };
}

/** How much more room the place of the backups needs, where that is known. */
function moreForStore(code: string, details: Failure['details']): Partial<Wait> {
  const [free, needed] = [numberOf(details, 'freeBytes'), numberOf(details, 'neededBytes')];
  if (code !== 'repository/nearly-full' || needed <= free) return {};
  const more = formatBytesAtLeast(needed - free);
  return {
    sentence: `Waiting for room: the drive with the backups is full, and at least ${more} more are needed.`,
    room: { neededBytes: needed },
  };
}

/** What a restore says whose target has less room than it needs. */
function noRoomThere(details: Failure['details']): Omit<Wait, 'until'> {
  const [free, needed] = [numberOf(details, 'freeBytes'), numberOf(details, 'neededBytes')];
  const more = formatBytesAtLeast(needed - free);
  const { target, volume } = details;
  return {
    sentence: `Waiting for room: ${more} more are needed at ${plainText(String(target), 200)}.`,
    remedy: `Free ${more} there (${formatBytes(needed)} are to be written): this goes on by itself. Or stop it, and restore less at a time.`,
    room: { neededBytes: needed, ...(typeof volume === 'string' && { volume }) },
  };
}

const numberOf = (details: Failure['details'], name: string): number => Number(details[name] ?? 0);

/** What a run says that waits for its device. */
function plugIn({ name, kind }: { readonly name: string; readonly kind: string }): Wait {
  return kind === 'folder'
    ? {
        sentence: `Waiting for ${name}: the folder is not there.`,
        remedy: 'Connect the drive it is on: this goes on by itself.',
        until: 'device',
      }
    : {
        sentence: `Waiting for ${name}. Plug the phone in again.`,
        remedy: 'Connect and unlock it: this goes on by itself where it was.',
        until: 'device',
      };
}

const brokeOff = ({ name }: { readonly name: string }, message: string): Omit<Wait, 'until'> => ({
  sentence: `The link to ${name} broke off again: ${message.charAt(0).toLowerCase()}${message.slice(1)}. It is tried again soon.`,
  remedy: 'Try another cable or another port, and keep the phone unlocked.',
});

const pause = (tries: number): Temporal.Duration =>
  Temporal.Duration.from({ seconds: Math.min(300, 5 * 2 ** Math.min(tries, 10)) });
