/** The `E…` code of a system error; `undefined` for anything else. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('errno' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What file systems answer that have no hard links: FAT and exFAT, which external drives come with; many network ones. */
export const CANNOT_LINK: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EMLINK',
]);

/** What the system answers when it, the drive or the network is busy, short of something or away for now: worth another try. */
export const PASSES: ReadonlySet<string | undefined> = new Set([
  'EIO',
  'EAGAIN',
  'EBUSY',
  'EINTR',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'ENODEV',
  'ENOTCONN',
  'ESHUTDOWN',
  'EHOSTDOWN',
  'ETIMEDOUT',
]);
