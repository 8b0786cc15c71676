/** Every failure code this package throws; `retry` is `later` for `changedWhileReading`, `full`, a passing `io` and `vanished` only. */
export const DEVICE_FAILURES = {
  /** The system does not let us. */
  accessDenied: 'devices/access-denied',
  /** A pattern that says nothing, or not what. */
  badPattern: 'devices/bad-pattern',
  /** It kept changing while it was read. */
  changedWhileReading: 'devices/changed-while-reading',
  /** No room left. */
  full: 'devices/full',
  /** Something of another kind has the name, or is where a folder above it should be. It was left as it is. */
  inTheWay: 'devices/in-the-way',
  /** The medium failed. */
  io: 'devices/io',
  /** The folder itself is not there. */
  missingFolder: 'devices/missing-folder',
  /** The file system there cannot have a file of this name. */
  nameRefused: 'devices/name-refused',
  /** One part of a path is longer than names can be there. */
  nameTooLong: 'devices/name-too-long',
  /** The file system there gives a file one name only, or no more than it has. */
  noHardLinks: 'devices/no-hard-links',
  /** To be read, and a folder, a pipe, a socket or a device. */
  notAFile: 'devices/not-a-file',
  /** A folder was asked for, and a file is there. */
  notAFolder: 'devices/not-a-folder',
  /** The folder to back up is, or is inside, the repository that it is backed up to. */
  ownRepository: 'devices/own-repository',
  /** The whole path is longer than the system can open. */
  pathTooLong: 'devices/path-too-long',
  /** The medium can be read, but not changed. */
  readOnly: 'devices/read-only',
  /** A provider of the phone does not answer a query: `details.why` and `details.said`. */
  refusedQuery: 'devices/refused-query',
  /** The phone does not let a computer write: `details.said`. */
  refusedWriting: 'devices/refused-writing',
  /** A command of the phone printed something we do not know. */
  unrecognisedOutput: 'devices/unrecognised-output',
  /** A name that no file has, and that could reach out of the folder; it never reaches a path. */
  unsafeName: 'devices/unsafe-name',
  /** It was there a moment ago. */
  vanished: 'devices/vanished',
} as const;
