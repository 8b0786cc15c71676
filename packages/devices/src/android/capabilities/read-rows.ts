import {
  type Capability,
  type CapabilityCode,
  type CapabilityNote,
  capabilityNote,
  type ItemType,
} from '@holdfast/contract';
import { isFailure } from '@holdfast/kernel';
import { DEVICE_FAILURES } from '#failures.ts';
import type { SourceProblem } from '#source.ts';
import { refusalOf } from '../content/content-query.ts';
import { numbersOf } from '../content/number-rows.ts';
import { valueOf } from '../facts/told.ts';
import type { PartOptions } from '../parts/part.ts';
import { RECORD_PARTS, type RecordType } from '../parts/record-parts.ts';

/** What is known of reading a type. */
export type ReadRow = Pick<Capability, 'type' | 'canRead' | 'readNotes' | 'count' | 'bytes'>;

/** What no phone gives of a type. */
const ALWAYS_MISSING: Readonly<Partial<Record<RecordType, CapabilityCode>>> = {
  contacts: 'contact-pictures',
  messages: 'drafts',
  calls: 'voicemail',
  apps: 'app-data-private',
  settings: 'wifi-passwords',
};

/** Types of which a phone has some row even when there is nothing: without one it has no such thing. */
const HAS_A_FILE: ReadonlySet<RecordType> = new Set(['contacts', 'messages', 'calls', 'settings']);

/** From Android 11 on. */
const FIRST_WITH_NETWORKS = 30;

/** What can be read of a type that is made of records: what a backup would list. Fails with `adb/…`. */
export async function recordRow(
  options: PartOptions,
  [type, partOf]: (typeof RECORD_PARTS)[number],
  signal?: AbortSignal,
): Promise<ReadRow> {
  using part = partOf(options);
  const problems: SourceProblem[] = [];
  let [count, bytes, files] = [0, 0, 0];
  for await (const folder of part.walk(signal)) {
    for (const entry of folder.entries) {
      if (entry.kind === 'problem') problems.push(entry);
      if (entry.kind !== 'file') continue;
      files += 1;
      bytes += entry.sizeBytes;
      count += entry.made?.items ?? 0;
    }
  }
  const [problem] = problems;
  if (problem !== undefined && files === 0) return { type, ...refused(problem) };
  if (files === 0 && HAS_A_FILE.has(type))
    return { type, canRead: 'no', readNotes: [capabilityNote('no-provider')] };
  const notes = problems.slice(0, 1).map(({ reason, detail }) => capabilityNote(codeOf(reason), detail));
  const missing = ALWAYS_MISSING[type];
  if (missing !== undefined) notes.push(capabilityNote(missing));
  if (type === 'settings' && (valueOf(options.phone.facts.sdk) ?? 0) < FIRST_WITH_NETWORKS)
    notes.push(capabilityNote('network-names'));
  return { type, canRead: notes.length === 0 ? 'yes' : 'partly', readNotes: notes, count, bytes };
}

function refused({ reason, detail }: SourceProblem): Pick<ReadRow, 'canRead' | 'readNotes'> {
  const code = codeOf(reason);
  return { canRead: code === 'not-understood' ? 'unknown' : 'no', readNotes: [capabilityNote(code, detail)] };
}

const codeOf = (reason: SourceProblem['reason']): CapabilityCode =>
  reason === 'phone-refuses' || reason === 'phone-locked' ? reason : 'not-understood';

/** Where the phone's index has them. */
const MEDIA: Readonly<Partial<Record<ItemType, string>>> = {
  photos: 'images/media',
  videos: 'video/media',
  audio: 'audio/media',
};

/** What can be read of a type of files. The index is a hint of how many there are. Fails with `adb/…`. */
export async function fileRow(
  { phone, link }: PartOptions,
  type: ItemType,
  signal?: AbortSignal,
): Promise<ReadRow> {
  if (valueOf(phone.facts.isUnlocked) === false)
    return { type, canRead: 'no', readNotes: [capabilityNote('phone-locked')] };
  const notes: CapabilityNote[] = [];
  const table = MEDIA[type];
  if (table === undefined) return { type, canRead: 'yes', readNotes: notes };
  try {
    const uri = `content://media/external/${table}`;
    const [count, bytes] = await numbersOf(link, { uri, columns: ['COUNT(_id)', 'SUM(_size)'] }, signal);
    notes.push(capabilityNote('media-index'));
    return { type, canRead: 'yes', readNotes: notes, count: Number(count ?? 0), bytes: Number(bytes ?? 0) };
  } catch (error) {
    // An index that does not answer says nothing of the files.
    if (refusalOf(error) === undefined && !isFailure(error, DEVICE_FAILURES.unrecognisedOutput)) throw error;
    return { type, canRead: 'yes', readNotes: notes };
  }
}
