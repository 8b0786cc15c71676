import { Failure, plainText } from '@holdfast/kernel';

/** Every failure code this package throws, besides those of device states (`states.ts`). */
export const ADB_FAILURES = {
  /** A word of a command holds a byte that no command line can hold. */
  badArgument: 'adb/bad-argument',
  /** A file that should hold the key of this computer does not. */
  badKey: 'adb/bad-key',
  /** A command line is longer than the way to the phone takes. */
  commandTooLong: 'adb/command-too-long',
  /** The connection ended while something was still expected of it. */
  gone: 'adb/gone',
  /** No adb server listens. */
  noServer: 'adb/no-server',
  /** Nothing listens at the address of the phone. */
  noPhone: 'adb/no-phone',
  /** No pairing is open at the address: nothing listens there, though the phone may well be there. */
  noPairing: 'adb/no-pairing',
  /** The phone speaks over an encrypted connection only, and does not know this computer. */
  notPaired: 'adb/not-paired',
  /** More bytes of output than the caller is willing to hold. */
  outputTooLarge: 'adb/output-too-large',
  /** The phone ended the pairing before it was done. */
  pairingClosed: 'adb/pairing-closed',
  /** A path longer than 1024 bytes, which the file service does not take. */
  pathTooLong: 'adb/path-too-long',
  /** The other side does not keep to the protocol. */
  protocol: 'adb/protocol',
  /** The phone's file service said no: `details.errno` where it named one. */
  refusedFile: 'adb/refused-file',
  /** The adb server said no. */
  refusedByServer: 'adb/refused-by-server',
  /** The phone does not offer the service. */
  refusedService: 'adb/refused-service',
  /** No sign of life for too long. */
  stalled: 'adb/stalled',
  /** The phone has not allowed this computer. */
  unauthorized: 'adb/unauthorized',
  /** The phone's Android cannot do that. */
  unsupported: 'adb/unsupported',
  /** The code is not the one the phone shows. */
  wrongCode: 'adb/wrong-code',
} as const;

/** Gives {@link ADB_FAILURES}`.badArgument`. */
export const badArgument = (): Failure =>
  new Failure(ADB_FAILURES.badArgument, 'A command for the phone holds a NUL, which no command can', {
    hint: 'Name the file without the NUL.',
  });

/** Gives {@link ADB_FAILURES}`.badKey`. */
export const badKey = (cause?: unknown): Failure =>
  new Failure(ADB_FAILURES.badKey, 'This is not an RSA key of 2048 bits that phones could recognise', {
    hint: 'Move the file away: a new key is made, and phones ask once more whether to allow this computer.',
    cause,
  });

/** Gives {@link ADB_FAILURES}`.commandTooLong`. */
export const commandTooLong = (sizeBytes: number, limitBytes: number): Failure =>
  new Failure(
    ADB_FAILURES.commandTooLong,
    `A command of ${sizeBytes} bytes is longer than the ${limitBytes} that can be sent`,
    {
      hint: 'Name fewer files at a time.',
      details: { sizeBytes, limitBytes },
    },
  );

/** Gives {@link ADB_FAILURES}`.gone`. */
export const gone = (cause?: unknown): Failure =>
  new Failure(ADB_FAILURES.gone, 'The connection to the phone was lost', {
    retry: 'later',
    hint: 'Check the cable or the Wi-Fi, unlock the phone, and try again.',
    cause,
  });

/** Gives {@link ADB_FAILURES}`.noServer`. */
export const noServer = (address: string, cause: unknown): Failure =>
  new Failure(ADB_FAILURES.noServer, `No adb server answers at ${address}`, {
    retry: 'later',
    hint: 'Start it with "adb start-server".',
    details: { address },
    cause,
  });

/** Gives {@link ADB_FAILURES}`.noPhone`. */
export const noPhone = (address: string, cause: unknown): Failure =>
  new Failure(ADB_FAILURES.noPhone, `No phone answers at ${address}`, {
    retry: 'later',
    hint: 'Check that the phone is in the same network and that debugging over the network is switched on in it.',
    details: { address },
    cause,
  });

/** What to open on a phone, in its own words (Android 11 and later). */
const PAIRING_DIALOG = 'Wireless debugging, "Pair device with pairing code"';

/** Gives {@link ADB_FAILURES}`.noPairing`. */
export const noPairing = (address: string, cause: unknown): Failure =>
  new Failure(ADB_FAILURES.noPairing, `No phone is waiting to be paired at ${address}`, {
    retry: 'later',
    hint: `Open ${PAIRING_DIALOG} on the phone, and use the address that is shown there: it changes each time.`,
    details: { address },
    cause,
  });

/** Gives {@link ADB_FAILURES}`.notPaired`. */
export const notPaired = (address: string, cause?: unknown): Failure =>
  new Failure(ADB_FAILURES.notPaired, `The phone at ${address} does not know this computer`, {
    hint: `Pair first: open ${PAIRING_DIALOG} on the phone, then run "holdfast pair" with the code.`,
    details: { address },
    cause,
  });

/** Gives {@link ADB_FAILURES}`.outputTooLarge`. */
export const outputTooLarge = (limitBytes: number): Failure =>
  new Failure(ADB_FAILURES.outputTooLarge, `A command on the phone printed more than ${limitBytes} bytes`, {
    hint: 'Ask for less at a time.',
    details: { limitBytes },
  });

/** Gives {@link ADB_FAILURES}`.pairingClosed`. */
export const pairingClosed = (address: string, cause?: unknown): Failure =>
  new Failure(ADB_FAILURES.pairingClosed, `The phone at ${address} ended the pairing before it was done`, {
    retry: 'later',
    hint: `Open ${PAIRING_DIALOG} again, leave it open, and use the address and the code that it shows now.`,
    details: { address },
    cause,
  });

/** Gives {@link ADB_FAILURES}`.pathTooLong`. */
export const pathTooLong = (sizeBytes: number): Failure =>
  new Failure(
    ADB_FAILURES.pathTooLong,
    `A path of ${sizeBytes} bytes is longer than the 1024 that the phone's file service takes`,
    {
      hint: 'Shorten the names of its folders on the phone.',
      details: { sizeBytes },
    },
  );

/** Gives {@link ADB_FAILURES}`.protocol`; `what` is ours, never text from the phone. */
export const protocolViolation = (what: string): Failure =>
  new Failure(
    ADB_FAILURES.protocol,
    `The phone, or what is between it and us, does not keep to the ADB protocol: ${what}`,
    {
      retry: 'later',
      hint: 'Connect the phone again; if it happens again, restart the phone.',
      details: { what },
    },
  );

/** Gives {@link ADB_FAILURES}`.refusedByServer`, with what the server said. */
export const refusedByServer = (said: string): Failure =>
  new Failure(ADB_FAILURES.refusedByServer, `The adb server refused: ${plainText(said)}`, {
    hint: 'Look at the phone, and at what "adb devices -l" says about it.',
    details: { said: plainText(said) },
  });

/** Gives {@link ADB_FAILURES}`.refusedService`. */
export const refusedService = (service: string): Failure =>
  new Failure(ADB_FAILURES.refusedService, `The phone does not offer the service ${plainText(service, 60)}`, {
    hint: 'Start Android normally on the phone; a recovery system offers less.',
    details: { service: plainText(service, 60) },
  });

/** Gives {@link ADB_FAILURES}`.stalled`; `doing` completes "while …". */
export const stalled = (doing: string, after: Temporal.Duration): Failure => {
  const seconds = after.total({ unit: 'seconds' });
  return new Failure(
    ADB_FAILURES.stalled,
    `The phone gave no sign of life for ${seconds} seconds while ${doing}`,
    {
      retry: 'later',
      hint: 'Unlock the phone, check the cable or the Wi-Fi, and try again.',
      details: { doing, seconds },
    },
  );
};

/** Gives {@link ADB_FAILURES}`.unauthorized`. */
export const unauthorized = (): Failure =>
  new Failure(ADB_FAILURES.unauthorized, 'The phone has not allowed this computer', {
    retry: 'later',
    hint: 'Unlock the phone and accept "Allow USB debugging"; tick "Always allow from this computer".',
  });

/** Gives {@link ADB_FAILURES}`.unsupported`; `what` completes "… is more than this phone's Android can do". */
export const unsupported = (what: string): Failure =>
  new Failure(ADB_FAILURES.unsupported, `${what} is more than this phone's Android can do over ADB`, {
    hint: 'Use a phone with Android 7 or later for this.',
    details: { what },
  });

/** Gives {@link ADB_FAILURES}`.wrongCode`. */
export const wrongCode = (address: string, cause?: unknown): Failure =>
  new Failure(ADB_FAILURES.wrongCode, `The code is not the one that the phone at ${address} shows`, {
    hint: `Type the code that the phone shows now; if it shows none, open ${PAIRING_DIALOG} again for a new one.`,
    details: { address },
    cause,
  });

const ERRNO_TEXTS: readonly (readonly [text: string, errno: string])[] = [
  ['No such file or directory', 'ENOENT'],
  ['Permission denied', 'EACCES'],
  ['Operation not permitted', 'EPERM'],
  ['No space left on device', 'ENOSPC'],
  ['Read-only file system', 'EROFS'],
  ['Is a directory', 'EISDIR'],
  ['Not a directory', 'ENOTDIR'],
  ['File name too long', 'ENAMETOOLONG'],
  ['File too large', 'EFBIG'],
  ['Quota exceeded', 'EDQUOT'],
  ['I/O error', 'EIO'],
  ['Input/output error', 'EIO'],
];

const FILE_HINTS: Readonly<Record<string, string>> = {
  ENOENT: 'Look whether it is still on the phone.',
  EACCES: 'Nothing can be done: Android keeps this place closed to computers.',
  EPERM: 'Nothing can be done: Android keeps this place closed to computers.',
  ENOSPC: 'Make room on the phone, then try again.',
  EDQUOT: 'Make room on the phone, then try again.',
  EROFS: 'Choose another place on the phone.',
  EFBIG: 'Use a memory card that is not formatted as FAT: that takes no files of 4 GiB and more.',
};

/** Gives {@link ADB_FAILURES}`.refusedFile`, with what the phone said and, where its text ends in a known one, the `errno`. */
export function refusedFile(path: string, said: string): Failure {
  const errno = ERRNO_TEXTS.find(([text]) => said.endsWith(text))?.[1];
  return new Failure(ADB_FAILURES.refusedFile, `The phone refused ${plainText(path)}: ${plainText(said)}`, {
    hint: FILE_HINTS[errno ?? ''] ?? 'Look at the file on the phone.',
    details: { path, said: plainText(said), ...(errno !== undefined && { errno }) },
  });
}
