import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IPHONE_STEPS, IPHONE_UNTOLD } from '../packages/contract/src/index.ts';
import {
  type AppFacts,
  COMPLAINTS,
  type ComplaintEntry,
  FIX_CODES_BY_WAY,
  type FixCode,
  factsOf,
  fixesFor,
  LIMIT_TABLES,
  type PhotosFacts,
  PROBES,
} from '../packages/doctor/src/index.ts';

/** Between these, the page is made of the catalogue. */
const BEGIN = '<!-- made by tools/doctor-page.ts: begin -->';
const END = '<!-- made by tools/doctor-page.ts: end -->';

const SEVERITIES = { blocking: 'stops it', warning: 'may stop it', info: 'good to know' } as const;

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const coded = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(' ');

const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heading), row(heading.map(() => '---')), ...rows.map(row)].join('\n');

function complaintRow({
  code,
  severity,
  title,
  probes,
  hiddenBehind,
  visibleAfter,
  fixes,
}: ComplaintEntry): string[] {
  const minutes = visibleAfter.total({ unit: 'minutes' });
  const after =
    minutes === 0 ? '' : minutes < 120 ? `; after ${minutes} minutes` : `; after ${minutes / 60} hours`;
  return [
    `\`${code}\``,
    title,
    `${SEVERITIES[severity]}${after}`,
    coded(probes),
    coded(hiddenBehind.filter((each) => !each.startsWith('app-') && each !== 'phone-sealed')),
    coded(fixes),
  ];
}

const megabytes = (bytes: number): string => (bytes < 1e9 ? `${bytes / 1e6} MB` : `${bytes / 1e9} GB`);

/** Versions of Android, by the number of their interface. */
const VERSIONS = [
  ['9', 28],
  ['10', 29],
  ['12', 31],
  ['14', 34],
  ['16', 36],
] as const;

const RISK = {
  none: 'done',
  reversible: 'done, undone',
  guided: 'you tap',
  destructive: 'done, after a rescue',
} as const;

/** What ends as it began: nothing is left to put back. */
const WHOLE_IN_ITSELF: readonly FixCode[] = ['restart-wifi'];

const known = <T>(value: T): { readonly kind: 'value'; readonly value: T } => ({ kind: 'value', value });

const APP: AppFacts = {
  uid: 10_105,
  isSystem: true,
  isUpdated: true,
  isInstalled: true,
  isHidden: true,
  isSuspended: true,
  isStopped: false,
  enabled: 0,
};

/** What a phone says that has just the trouble that a fix is for. */
const troubled = (code: FixCode, sdk: number): PhotosFacts => ({
  ...factsOf([]),
  android: known({ sdk, release: '', maker: '' }),
  app:
    code === 'install-app'
      ? { kind: 'absent' }
      : known({
          ...APP,
          ...(code === 'enable-app' && { enabled: 3 }),
          isInstalled: code !== 'reinstall-for-user',
        }),
  'app-ops': known(
    Object.fromEntries(['READ_EXTERNAL_STORAGE', 'READ_MEDIA_IMAGES'].map((name) => [name, 'ignore'])),
  ),
  jobs: known([{ id: '1', service: '', unsatisfied: [] }]),
  // As the simulated phone's help has it; a real phone is asked for its own.
  tools: known({ canClearCacheOnly: sdk >= 34, canRemoveUpdatesOfOne: sdk >= 30, canScanVolumes: sdk >= 29 }),
  ...(sdk < 29 && { unseen: known({ paths: ['/storage/emulated/0/DCIM/a.jpg'], unlisted: [] }) }),
});

/** What each fix comes to where it is called for, by version of Android. */
function fixRows(): string[][] {
  return Object.entries(FIX_CODES_BY_WAY).flatMap(([way, codes]) =>
    codes.map((code) => [
      way,
      `\`${code}\``,
      ...VERSIONS.map(([, sdk]) => {
        const extras = { isOverNetwork: false, ...(sdk >= 30 && { ssid: 'x' }) };
        const fix = fixesFor(troubled(code, sdk), new Set(), extras).find((each) => each.code === code);
        if (fix === undefined || fix.whyNot !== undefined) throw new Error(`${code}: ${fix?.whyNot}`);
        return WHOLE_IN_ITSELF.includes(code) ? RISK.none : RISK[fix.risk];
      }),
    ]),
  );
}

/** The tables of the page: every complaint, every question and every limit. */
function tables(): string {
  const questions = Object.values(PROBES).map(({ name, title }) => [`\`${name}\``, title]);
  const limits = LIMIT_TABLES.map(({ version, photo, video, leastSide }) => [
    version,
    `${megabytes(photo.mostBytes)}, ${photo.mostPixels / 1e6} megapixels`,
    video.warnBytes === video.mostBytes
      ? megabytes(video.mostBytes)
      : `${megabytes(video.warnBytes)}, some texts ${megabytes(video.mostBytes)}`,
    `more than ${leastSide} × ${leastSide}`,
  ]);
  return [
    '### What it can complain of',
    'Of two that are as bad, the upper one is named first. Without the app, or before the first unlocking, everything about the app is hidden; that is not repeated here.',
    table(
      ['code', 'what it says', 'how bad', 'asked', 'hidden behind', 'what may mend it'],
      [...COMPLAINTS.values()].map(complaintRow),
    ),
    '### What it asks',
    'Nothing of this changes anything on the phone.',
    table(['probe', 'about'], questions),
    '### What mends it',
    'By the seven ways: the status, settings, network and background, cache and data, updates, by hand, and restart, account and storage.',
    '*Done* is by the doctor, with nothing to put back; *done, undone* puts back what was; *you tap* opens the screen and says what to tap there; *after a rescue* only once everything is in a backup, or with the words that waive it.',
    'What a phone can do it is asked, and its maker may refuse any of it; both are said with the plan.',
    table(['way', 'fix', ...VERSIONS.map(([name]) => `Android ${name}`)], fixRows()),
    '### What Google Photos takes',
    table(['as of', 'photos up to', 'videos up to', 'pixels'], limits),
    '### On an iPhone',
    `A computer cannot see into Google Photos on an iPhone, and can change no setting there. What stays unknown from here: ${IPHONE_UNTOLD.join('; ')}.`,
    `So it is the person who looks, in this order, and stops at the first that helps; the app has the same under *Doctor*, *iPhone*, and \`holdfast doctor --iphone\` prints it.`,
    IPHONE_STEPS.map(({ title, where, does }, at) => `${at + 1}. **${title}** (${where}). ${does}`).join(
      '\n',
    ),
  ].join('\n\n');
}

/** The page with its tables as they are to be; the rest of it stays. Throws where the marks are missing. */
export function withTables(page: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from)
    throw new Error('docs/doctor.md has lost the marks that its tables stand between');
  return `${page.slice(0, from + BEGIN.length)}\n\n${tables()}\n\n${page.slice(to)}`;
}

if (import.meta.main) {
  const path = join(import.meta.dirname, '../docs/doctor.md');
  writeFileSync(path, withTables(readFileSync(path, 'utf8')));
}
