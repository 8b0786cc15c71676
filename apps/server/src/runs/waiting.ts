import type { Run } from '@holdfast/contract/api';
import type { Failure } from '@holdfast/kernel';

/** What a run that cannot go on now waits for. */
export interface Wait {
  readonly sentence: string;
  readonly remedy?: string;
  /** `device`: it goes on when its device is in sight. Else after this time. */
  readonly until: 'device' | Temporal.Duration;
  /** It may go on sooner: when something about the place of the backups is not as it was. */
  readonly isForStore?: true;
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
  { code, message, hint }: Pick<Failure, 'code' | 'message' | 'hint'>,
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
  if (forStore !== undefined) return { ...forStore, until: pause(tries), isForStore: true };
  if (code === 'engine/no-room')
    return {
      sentence: `Waiting for room: ${message}.`,
      remedy: 'Free some space there: this goes on by itself. Or stop it, and restore less at a time.',
      until: pause(tries),
    };
  if (!IN_USE.has(code)) return undefined;
  return {
    sentence: `Waiting: ${message.charAt(0).toLowerCase()}${message.slice(1)}.`,
    ...(hint !== undefined && { remedy: hint }),
    until: pause(tries),
  };
}

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
