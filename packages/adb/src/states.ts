import { Failure, plainText } from '@holdfast/kernel';

/** What an adb server says about a phone, and what it means. */
export interface StateFinding {
  /** `ready`: everything can be asked of it. Otherwise the code of the failure that using it gives. */
  readonly code: 'ready' | `adb/${string}`;
  /** What is the matter, for people. */
  readonly says: string;
  /** What to do, on the phone or here; empty when ready. */
  readonly hint: string;
  /** The server's own words. */
  readonly raw: string;
}

type Row = Omit<StateFinding, 'raw'>;

const PERMISSIONS: Row = {
  code: 'adb/no-permissions',
  says: 'This computer may not use the phone that is plugged in',
  hint: 'Install the udev rules for Android (Debian: android-sdk-platform-tools-common), then plug the phone in again.',
};

/** The states of AOSP adb (`adb.cpp`, `to_string(ConnectionState)`; `transport.cpp`). */
const STATES: ReadonlyMap<string, Row> = new Map<string, Row>(
  Object.entries({
    device: { code: 'ready', says: 'The phone is ready', hint: '' },
    unauthorized: {
      code: 'adb/unauthorized',
      says: 'The phone has not allowed this computer',
      hint: 'Unlock the phone and accept "Allow USB debugging"; tick "Always allow from this computer".',
    },
    authorizing: {
      code: 'adb/authorizing',
      says: 'The phone is being asked to allow this computer',
      hint: 'Unlock the phone and accept "Allow USB debugging".',
    },
    connecting: {
      code: 'adb/connecting',
      says: 'The phone is just being connected',
      hint: 'Wait a moment; if it stays so, plug the phone in again.',
    },
    offline: {
      code: 'adb/offline',
      says: 'The phone is connected but does not answer',
      hint: 'Unlock the phone, unplug it and plug it in again; if that does not help, switch USB debugging off and on.',
    },
    recovery: {
      code: 'adb/recovery',
      says: 'The phone is in its recovery system, where its files are closed',
      hint: 'Choose "Reboot system now" on the phone.',
    },
    rescue: {
      code: 'adb/recovery',
      says: 'The phone is in its rescue system, where its files are closed',
      hint: 'Choose "Reboot system now" on the phone.',
    },
    sideload: {
      code: 'adb/sideload',
      says: 'The phone waits for a system update and nothing else',
      hint: 'Leave the update on the phone and choose "Reboot system now".',
    },
    bootloader: {
      code: 'adb/bootloader',
      says: 'The phone is in its boot loader; Android is not running',
      hint: 'Choose "Start" on the phone with the volume and power keys.',
    },
    host: {
      code: 'adb/not-a-phone',
      says: 'What is connected is another computer, not a phone',
      hint: 'Plug in a phone.',
    },
    detached: {
      code: 'adb/detached',
      says: 'The adb server has let go of the phone',
      hint: 'Run "adb attach", or plug the phone in again.',
    },
  } satisfies Record<string, Row>),
);

/** What the state of a phone, in an adb server's words, means. One not known keeps its words, and is not ready. */
export function describeState(raw: string): StateFinding {
  const row = raw.startsWith('no permissions') ? PERMISSIONS : STATES.get(raw);
  if (row !== undefined) return { ...row, raw };
  return {
    code: 'adb/unknown-state',
    says: `The adb server calls the state of the phone "${plainText(raw, 80)}", which is not known here`,
    hint: 'Unplug the phone and plug it in again.',
    raw,
  };
}

/** The failure that using a phone in this state gives. */
export const notReady = (serial: string, finding: StateFinding): Failure =>
  new Failure(finding.code, finding.says, {
    retry: 'later',
    hint: finding.hint,
    details: { serial, state: plainText(finding.raw) },
  });
