import type { DoctorReport, Evidence as ShownEvidence } from '@holdfast/contract/api';
import type { Device } from '@holdfast/devices';
import type { AndroidPhone } from '@holdfast/devices/android';
import { plainText } from '@holdfast/kernel';
import { type Diagnosis, diagnose, type SeenSince, unplugged, verdictOf } from './diagnose.ts';
import type { FixCode } from './fix-code.ts';
import type { Extras } from './fixes/fix-entry.ts';
import { nextFix } from './fixes/next.ts';
import { extrasFor } from './fixes/plan.ts';
import type { KeptFix } from './fixes/record.ts';
import { fixesFor } from './fixes/shown-fixes.ts';
import type { Standing } from './fixes/standing.ts';
import { isScreenLeft, leftOut } from './left-out.ts';
import { factOf, type PhotosFacts, type ProbeName } from './photos-facts.ts';
import type { Evidence } from './probes/probe.ts';
import { factsOf, type ProbeAllOptions, probeAll } from './probes/probe-all.ts';

/** What a look at a phone came to. */
export interface Examination {
  readonly device: Device;
  readonly at: Temporal.Instant;
  readonly evidence: readonly Evidence[];
  readonly facts: PhotosFacts;
  readonly diagnosis: Diagnosis;
  readonly extras: Extras;
}

/** How a phone is looked at. */
export interface ExamineOptions extends ProbeAllOptions {
  /** When each complaint was first seen, by earlier looks. Default: now, so that what has to last first does not count. */
  readonly since?: SeenSince;
}

/** Asks a phone everything, and says what follows. It changes nothing; fails with `adb/…` and with the signal's reason. */
export async function examine(
  phone: AndroidPhone,
  { since, ...options }: ExamineOptions,
): Promise<Examination> {
  const { clock, signal } = options;
  const evidence = await Array.fromAsync(probeAll(phone, options));
  const facts = factsOf(evidence);
  const at = clock.now();
  const extras = await extrasFor(phone, 'unmetered-wifi', { clock, ...(signal && { signal }) });
  return { device: phone.device, at, evidence, facts, diagnosis: diagnose(facts, at, since), extras };
}

/** The report as it is shown; so many photos and videos are in no backup, and `kept` was carried out before. */
export function reportOf(
  examination: Examination,
  notRescued: number,
  kept: readonly KeptFix[],
): DoctorReport {
  const { device, at, evidence, facts, diagnosis, extras } = examination;
  const { complaints, hidden } = diagnosis;
  const advised = new Set<FixCode>(complaints.flatMap((complaint) => complaint.fixes));
  const fixes = fixesFor(facts, advised, extras);
  return {
    device: { ...device },
    at: at.toString(),
    verdict: verdictOf(facts, diagnosis),
    complaints: [...complaints],
    hidden: [...hidden],
    evidence: evidence.map(shownEvidence),
    fixes,
    ...(complaints.length > 0 ? nextFix(fixes, complaints, kept, at) : { thenTry: [] }),
    unplugged: [...unplugged(facts)],
    leftOut: [...leftOut(facts)],
    ...(isScreenLeft(facts) && { isScreenLeft: true as const }),
    notRescued,
  };
}

/** How things stand, for seeing whether a fix moved something. */
export function standingOf({ facts, diagnosis }: Examination): Standing {
  const status = factOf(facts, 'app-screen') ?? factOf(facts, 'notification');
  const left = factOf(facts, 'notification')?.left ?? status?.left;
  return {
    complaints: diagnosis.complaints,
    ...(status?.state !== undefined && { state: status.state }),
    ...(left !== undefined && { left }),
    isSure: verdictOf(facts, { complaints: [], hidden: [], young: [] }).kind === 'healthy',
  };
}

function shownEvidence({ probe, title, told, asked, raw }: Evidence): ShownEvidence {
  const common = { probe, title, asked, raw };
  if (told.kind === 'value')
    return { ...common, told: { kind: 'value', value: plainText(valueText(probe, told.value), 500) } };
  if (told.kind === 'refused') return { ...common, told: { kind: 'refused', why: plainText(told.why, 500) } };
  return { ...common, told: { kind: told.kind } };
}

/** A value in few words. Paths and names of folders are a person's: they are counted. */
function valueText(probe: ProbeName, value: unknown): string {
  if (typeof value !== 'object' || value === null) return wordOf(value);
  if (Array.isArray(value)) return value.map((each) => valueText(probe, each)).join('; ') || 'none';
  return (
    Object.entries(value)
      .map(([name, each]) => `${spaced(name)}: ${partText(probe, name, each)}`)
      .join(', ') || 'none'
  );
}

function partText(probe: ProbeName, name: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) return wordOf(value);
  const isCounted =
    probe === 'media' || probe === 'unseen' || probe === 'app-screen' || name === 'foldersOff';
  if (isCounted) return String(Array.isArray(value) ? value.length : Object.keys(value).length);
  if (Array.isArray(value)) return value.map(String).join(' ') || 'none';
  return Object.entries(value)
    .map(([each, is]) => `${each.replace('android.permission.', '')} ${wordOf(is)}`)
    .join(', ');
}

const wordOf = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);

/** `isUpdated` → `updated`, `versionName` → `version name`. */
const spaced = (name: string): string =>
  name
    .replace(/^(?:is|can)(?=[A-Z])/, '')
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
