import type { ComplaintCode } from '../complaint-code.ts';
import type { FixCode } from '../fix-code.ts';
import type { SkipReason } from '../limits/limit-table.ts';
import { LIMITS_NOW } from '../limits/tables.ts';
import { factOf, type PhotosFacts, type SkippedFile } from '../photos-facts.ts';
import type { ComplaintEntry, Severity } from './complaint-entry.ts';
import { APP_GONE, entry } from './entry.ts';

const MB = 1_000_000;
const { photo, video, leastSide } = LIMITS_NOW;

/** Files of types that are not taken, in the index of media and out of it. */
function ofOtherTypes(facts: PhotosFacts): readonly SkippedFile[] | undefined {
  const indexed = skippedFor(facts, ['type']) ?? [];
  const others = (factOf(facts, 'unseen')?.unlisted ?? []).map(
    (path): SkippedFile => ({ path, why: 'unlisted', sizeBytes: 0 }),
  );
  return indexed.length + others.length === 0 ? undefined : [...indexed, ...others];
}

function skippedFor(facts: PhotosFacts, reasons: readonly SkipReason[]): readonly SkippedFile[] | undefined {
  const files = factOf(facts, 'media')?.skipped.filter(({ why }) => reasons.includes(why)) ?? [];
  return files.length === 0 ? undefined : files;
}

const amount = (count: number, one = 'file'): string => (count === 1 ? `One ${one}` : `${count} ${one}s`);
const is = (count: number): string => (count === 1 ? 'is' : 'are');
const it = (count: number): string => (count === 1 ? 'it' : 'them');

interface Skipping {
  readonly code: ComplaintCode;
  readonly severity: Severity;
  readonly title: string;
  readonly reasons: readonly SkipReason[];
  readonly explain: (count: number) => string;
  readonly fix: (count: number) => string;
  readonly fixes: readonly FixCode[];
  readonly afterMinutes?: number;
}

const skips = ({
  code,
  severity,
  title,
  reasons,
  explain,
  fix,
  fixes,
  afterMinutes = 0,
}: Skipping): ComplaintEntry =>
  entry<readonly SkippedFile[]>({
    code,
    severity,
    title,
    seen: (facts) => skippedFor(facts, reasons),
    explain: ({ length }) => explain(length),
    fix: ({ length }) => fix(length),
    hiddenBehind: APP_GONE,
    visibleAfter: Temporal.Duration.from({ minutes: afterMinutes }),
    probes: ['media'],
    fixes,
    files: (files) => files,
  });

const keep = (count: number): string =>
  `Back ${it(count)} up with Holdfast, which takes every file as it is.`;

/** The folders that are off in the app, and how many files each has that the phone knows. */
function foldersOff(facts: PhotosFacts): { names: readonly string[]; count: number } | undefined {
  const off = new Set(factOf(facts, 'app-screen')?.foldersOff ?? []);
  const folders = Object.entries(factOf(facts, 'media')?.folders ?? {})
    .map(([path, count]) => ({ name: path.slice(path.lastIndexOf('/') + 1), count }))
    .filter(({ name }) => off.has(name));
  if (folders.length === 0) return undefined;
  const names = [...new Set(folders.map(({ name }) => name))];
  return { names, count: folders.reduce((sum, { count }) => sum + count, 0) };
}

/** About the files themselves. */
export const MEDIA_COMPLAINTS: readonly ComplaintEntry[] = [
  entry<readonly SkippedFile[]>({
    code: 'media-unseen',
    severity: 'warning',
    title: 'The phone has not noticed some of your photos',
    seen: (facts) => {
      const paths = factOf(facts, 'unseen')?.paths ?? [];
      return paths.length === 0 ? undefined : paths.map((path) => ({ path, why: 'unseen', sizeBytes: 0 }));
    },
    explain: ({ length }) =>
      `${length === 1 ? 'One photo or video is' : `${length} photos and videos are`} on the phone’s storage but not in its index of media. Google Photos only knows what is in the index.`,
    fix: () =>
      'Have the phone look through its storage once more. It can be done from here and changes no file.',
    hiddenBehind: ['phone-sealed', ...APP_GONE],
    probes: ['unseen'],
    fixes: ['rescan-media', 'restart-phone'],
    files: (files) => files,
  }),
  entry({
    code: 'folders-off',
    severity: 'warning',
    title: 'Some folders are not backed up',
    seen: foldersOff,
    explain: ({ names, count }) =>
      `In Google Photos, backup is off for ${names.map((name) => `“${name}”`).join(', ')}: ${count === 1 ? 'one photo or video' : `${count} photos and videos`}.`,
    fix: () =>
      'In Google Photos: your picture → Photos settings → Backup → Back up device folders, and switch on what you want.',
    hiddenBehind: APP_GONE,
    probes: ['app-screen', 'media'],
    fixes: ['choose-folders'],
  }),
  skips({
    code: 'files-empty',
    severity: 'warning',
    title: 'Some photos are empty files',
    reasons: ['empty'],
    explain: (count) =>
      `${amount(count)} ${is(count)} empty: 0 bytes. There is no picture in there to back up.`,
    fix: (count) =>
      count === 1
        ? 'See whether the picture is elsewhere, in a chat or the cloud. The empty file can be removed.'
        : 'See whether the pictures are elsewhere, in a chat or the cloud. The empty files can be removed.',
    fixes: ['upload-by-hand'],
  }),
  skips({
    code: 'files-too-large',
    severity: 'warning',
    title: 'Some files are too large for Google Photos',
    reasons: ['too-large', 'may-be-too-large'],
    explain: (count) =>
      `${amount(count)} ${is(count)} larger than Google Photos takes: photos up to ${photo.mostBytes / MB} MB, videos up to ${video.warnBytes / MB / 1000} GB (some texts say ${video.mostBytes / MB / 1000} GB).`,
    fix: keep,
    fixes: ['upload-by-hand'],
  }),
  skips({
    code: 'files-too-many-pixels',
    severity: 'warning',
    title: 'Some photos have too many pixels for Google Photos',
    reasons: ['too-many-pixels'],
    explain: (count) =>
      `${amount(count)} ${count === 1 ? 'has' : 'have'} more than ${photo.mostPixels / MB} megapixels, as large panoramas do. Google Photos does not take them.`,
    fix: keep,
    fixes: ['upload-by-hand'],
  }),
  skips({
    code: 'files-broken',
    severity: 'warning',
    title: 'Some photos look broken',
    reasons: ['broken'],
    explain: (count) =>
      `The phone could not look into ${count === 1 ? 'one file' : `${count} files`}: what is in ${it(count)} is not the picture that the name says.`,
    fix: (count) => `Open ${it(count)} on the phone. If nothing shows, look for another copy.`,
    fixes: ['rescan-media', 'upload-by-hand'],
  }),
  entry<readonly SkippedFile[]>({
    code: 'files-of-other-types',
    severity: 'info',
    title: 'Some files are of types that Google Photos does not take',
    seen: ofOtherTypes,
    explain: ({ length }) =>
      `${amount(length)} ${is(length)} of a type that Google Photos does not list, or that the phone does not tell it of. Nothing is wrong with ${it(length)}, and nothing on the phone changes it.`,
    fix: ({ length }) => keep(length),
    hiddenBehind: APP_GONE,
    probes: ['media', 'unseen'],
    fixes: ['upload-by-hand'],
    files: (files) => files,
  }),
  skips({
    code: 'files-too-small',
    severity: 'info',
    title: 'Some pictures are too small for Google Photos',
    reasons: ['too-small'],
    explain: (count) =>
      `${amount(count, 'picture')} ${is(count)} not larger than ${leastSide} × ${leastSide} pixels, like stickers and icons. Google Photos passes them over.`,
    fix: keep,
    fixes: ['upload-by-hand'],
  }),
  skips({
    code: 'files-pending',
    severity: 'info',
    title: 'Some files are not finished',
    reasons: ['pending'],
    explain: (count) =>
      `${amount(count)} ${is(count)} still being written, or the app that wrote ${it(count)} never finished. Until then no other app sees ${it(count)}.`,
    fix: (count) => `Open the camera or the app that wrote ${it(count)}, then look again.`,
    afterMinutes: 10,
    fixes: ['rescan-media', 'restart-phone'],
  }),
];
