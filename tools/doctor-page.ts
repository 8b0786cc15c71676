import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPLAINTS, type ComplaintEntry, LIMIT_TABLES, PROBES } from '../packages/doctor/src/index.ts';

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

/** The tables of the page: every complaint, every question and every limit. */
function tables(): string {
  const questions = Object.values(PROBES).map(({ name, title, isOnRequest }) => [
    `\`${name}\``,
    title,
    isOnRequest === true ? 'when asked for' : 'always',
  ]);
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
    table(['probe', 'about', 'asked'], questions),
    '### What Google Photos takes',
    table(['as of', 'photos up to', 'videos up to', 'pixels'], limits),
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
