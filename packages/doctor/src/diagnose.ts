import type { DoctorComplaint, DoctorReport } from '@holdfast/contract/api';
import { visibleText } from '@holdfast/kernel';
import type { ComplaintEntry, Severity } from './catalogue/complaint-entry.ts';
import { COMPLAINTS } from './catalogue/complaints.ts';
import type { ComplaintCode } from './complaint-code.ts';
import type { FixCode } from './fix-code.ts';
import type { SkipReason } from './limits/limit-table.ts';
import { factOf, type PhotosFacts, type ProbeName, type SkippedFile } from './photos-facts.ts';

/** Something that keeps photos from being backed up, as the report has it. */
export interface Complaint extends DoctorComplaint {
  readonly code: ComplaintCode;
  probes: ProbeName[];
  fixes: FixCode[];
}

/** What the facts come to. */
export interface Diagnosis {
  /** What stands out first. */
  readonly complaints: readonly Complaint[];
  /** Those that only follow from one of the others. */
  readonly hidden: readonly (Complaint & { readonly behind: ComplaintCode })[];
  /** What is so, but not for as long as it takes to be a complaint. */
  readonly young: readonly ComplaintCode[];
}

/** When each was first seen, by code. */
export type SeenSince = ReadonlyMap<ComplaintCode, Temporal.Instant>;

interface Found {
  readonly entry: ComplaintEntry;
  readonly complaint: Complaint;
}

/** Files that a complaint shows. */
const MOST_FILES = 200;

const WORST_FIRST: Readonly<Record<Severity, number>> = { blocking: 0, warning: 1, info: 2 };

/**
 * What is wrong, by the catalogue: each complaint once; what only follows from another hides behind it. `since` says what was seen
 * before and from when on: without it everything is as of now, and what has to last first is in `young`.
 */
export function diagnose(facts: PhotosFacts, now: Temporal.Instant, since: SeenSince = new Map()): Diagnosis {
  const found = new Map<ComplaintCode, Found>();
  const young: ComplaintCode[] = [];
  for (const entry of COMPLAINTS.values()) {
    const seen = entry.seen(facts, now);
    if (seen === undefined) continue;
    const from = since.get(entry.code) ?? now;
    if (Temporal.Duration.compare(now.since(from), entry.visibleAfter) < 0) young.push(entry.code);
    else found.set(entry.code, { entry, complaint: complaintOf(entry, seen) });
  }
  const complaints: Complaint[] = [];
  const hidden: (Complaint & { behind: ComplaintCode })[] = [];
  for (const { entry, complaint } of found.values()) {
    const behind = rootOf(entry, found);
    if (behind === undefined) complaints.push(complaint);
    else hidden.push({ ...complaint, behind });
  }
  const order = (a: Complaint, b: Complaint): number => WORST_FIRST[a.severity] - WORST_FIRST[b.severity];
  return { complaints: complaints.toSorted(order), hidden: hidden.toSorted(order), young };
}

/** Since when each that is so now has been so, also what is hidden or does not count yet: for the next look. */
export function seenSince(
  { complaints, hidden, young }: Diagnosis,
  now: Temporal.Instant,
  before: SeenSince,
): SeenSince {
  const codes = [...[...complaints, ...hidden].map(({ code }) => code), ...young];
  return new Map(codes.map((code) => [code, before.get(code) ?? now]));
}

/** The visible complaint that it hides behind, if any. No entry hides behind one that hides behind it. */
function rootOf(entry: ComplaintEntry, found: ReadonlyMap<ComplaintCode, Found>): ComplaintCode | undefined {
  const cause = entry.hiddenBehind.find((code) => found.has(code));
  const next = cause === undefined ? undefined : found.get(cause);
  return next === undefined ? undefined : (rootOf(next.entry, found) ?? cause);
}

function complaintOf(entry: ComplaintEntry, seen: unknown): Complaint {
  const { code, severity, title, explain, fix, probes, fixes } = entry;
  const files = entry.files?.(seen);
  return {
    code,
    severity,
    title,
    explain: visibleText(explain(seen), 1000),
    fix: visibleText(fix(seen), 1000),
    probes: [...probes],
    fixes: [...fixes],
    ...(files !== undefined && { files: files.slice(0, MOST_FILES).map(fileOf), fileCount: files.length }),
  };
}

const WHY: Readonly<Record<SkipReason, string>> = {
  empty: 'it is empty',
  'too-large': 'it is too large',
  'may-be-too-large': 'it may be too large',
  'too-many-pixels': 'it has too many pixels',
  'too-small': 'it is too small',
  type: 'of a type that is not taken',
  broken: 'it looks broken',
  pending: 'it is not finished',
  trashed: 'it is in the bin',
  'folder-off': 'its folder is switched off',
  unseen: 'the phone has not noticed it',
  unlisted: 'of a type that is not taken',
};

const fileOf = ({ path, why }: SkippedFile): { path: string; why: string } => ({ path, why: WHY[why] });

/** Without an answer to these it cannot be said that nothing is wrong. */
const NEEDED: readonly ProbeName[] = ['app', 'permissions', 'background', 'network', 'storage', 'accounts'];

/** Everything in one sentence. */
export function verdictOf(facts: PhotosFacts, { complaints, young }: Diagnosis): DoctorReport['verdict'] {
  const [first, ...others] = complaints;
  if (first !== undefined) {
    return { kind: 'complaints', sentence: `${first.title}.${moreWords(others.length)}` };
  }
  const silent = NEEDED.filter(
    (name) => facts[name].kind === 'unrecognised' || facts[name].kind === 'refused',
  );
  if (silent.length > 0) {
    const sentence = `Nothing stands out, but the phone did not say all that matters (${silent.join(', ')}).`;
    return { kind: 'cannot-tell', sentence };
  }
  const waits = young
    .flatMap((code) => COMPLAINTS.get(code) ?? [])
    .filter(({ severity }) => severity !== 'info');
  if (waits.length > 0) {
    const minutes = Math.max(...waits.map(({ visibleAfter }) => visibleAfter.total({ unit: 'minutes' })));
    const sentence = `Nothing stands out yet, but Google Photos does not go on at once. Look again in ${minutes} minutes: if it says the same then, it is stuck.`;
    return { kind: 'cannot-tell', sentence };
  }
  return { kind: 'healthy', sentence: 'Nothing on this phone keeps Google Photos from backing up.' };
}

const moreWords = (count: number): string =>
  count === 0 ? '' : count === 1 ? ' One more thing stands out.' : ` ${count} more things stand out.`;

/** Below it the phone is nearly empty without its cable. */
const LOW_PERCENT = 20;

/** From here on Android holds an app back, but not while the phone charges. */
const SELDOM = 30;

/** What cannot be seen now because the cable charges the phone, a sentence each; none where nothing charges it. */
export function unplugged(facts: PhotosFacts): readonly string[] {
  const battery = factOf(facts, 'battery');
  if (battery?.isCharging !== true) return [];
  // Where battery saver is on all the same, the complaint about it says so.
  const ends =
    factOf(facts, 'battery-saver') === true
      ? 'waiting for the charger ends'
      : 'battery saver ends, and waiting for the charger too';
  const sentences = [
    `The phone charges while it is asked: ${ends}. Look again over Wi-Fi when it is unplugged.`,
  ];
  if (battery.percent <= LOW_PERCENT)
    sentences.push(
      `The battery is at ${battery.percent} %: without the cable, backing up would wait until it is fuller.`,
    );
  if ((factOf(facts, 'standby-bucket') ?? 0) >= SELDOM)
    sentences.push(
      'While it charges, Android lets Google Photos work as much as it wants. Unplugged it holds the app back.',
    );
  return sentences;
}
