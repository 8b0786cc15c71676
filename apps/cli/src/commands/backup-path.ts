/** `BACKUP[:PATH]` as it is typed: `latest:/files/phone/DCIM`. */
export interface BackupPath {
  readonly backup: string;
  /** Without slashes around it; `''` for everything. */
  readonly path: string;
}

/** Splits at the first colon: a backup's id or `latest@DEVICE` has none, unless a device's name does. */
export function parseBackupPath(text: string): BackupPath {
  const colon = text.indexOf(':');
  const [backup, path] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  return {
    backup: backup === '' ? 'latest' : backup,
    path: path
      .split('/')
      .filter((name) => name !== '')
      .join('/'),
  };
}
