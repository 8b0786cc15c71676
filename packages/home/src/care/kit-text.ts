import { shellWord } from '@holdfast/kernel';

/** What a recovery kit tells. */
export interface Kit {
  readonly repositoryId: string;
  readonly location: string;
  readonly password: string;
  readonly formatVersion: 1 | 2;
  /** RFC 3339. */
  readonly made: string;
}

/** The kit, to be printed: how to get everything back without Holdfast. */
export function kitText({ repositoryId, location, password, formatVersion, made }: Kit): string {
  const place = shellWord(location);
  const release = formatVersion === 2 ? '0.14 or later' : 'any release';
  return [
    'HOLDFAST RECOVERY KIT',
    'Secret. Keep it on paper or on a drive of its own, away from the computer that is backed up.',
    '',
    `Password    ${password}`,
    `Repository  ${location}`,
    `Its id      ${repositoryId}`,
    `Format      restic, version ${formatVersion}`,
    `Made        ${made}`,
    '',
    'To get everything back, with restic alone:',
    '',
    `1. Install restic (${release}): https://restic.net, or a package of your system.`,
    '2. Connect the drive that holds the repository. If it is at another path than above, use that below.',
    '3. List the backups. restic asks for the password above:',
    '',
    `     restic -r ${place} snapshots`,
    '',
    '4. Restore the newest one, or name another by its id, into a new folder:',
    '',
    `     restic -r ${place} restore latest --target ./restored`,
    '',
    '   With several devices, name the one that is meant as the list shows it: --host NAME.',
    '5. Your files are in restored/files. restored/holdfast.json lists what could not be backed up, and why.',
    '',
    'With Holdfast, which asks for the password too:',
    '',
    `     holdfast restore latest --to ./restored --repository ${place}`,
  ].join('\n');
}
