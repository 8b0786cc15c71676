import type { ItemType } from '@holdfast/contract';
import type { DeviceSink, RecordFile, RecordVerdict } from '@holdfast/devices';
import { isFailure } from '@holdfast/kernel';
import { damageOf } from '../../saved/damage.ts';
import { readRecords, recordFileAt } from '../../saved/record-files.ts';
import type { SettledItem } from '../restore-plan.ts';

/** Which records of a made file are wanted. */
export interface RecordJob {
  readonly type: ItemType;
  readonly file: RecordFile;
  readonly isChosen: (key: string) => boolean;
  readonly replaces: boolean;
}

/** Records of one made file to be given, as far as can be told beforehand. */
export interface PlannedRecords extends RecordJob {
  readonly items: number;
  /** Those that are not there. */
  readonly toGive: number;
  /** Those of them that replace what is there. */
  readonly replaced: number;
  /** All others. */
  readonly settled: readonly SettledItem[];
}

/** A verdict on each record that is chosen. */
export async function planRecords(
  sink: DeviceSink,
  job: RecordJob,
  signal?: AbortSignal,
): Promise<PlannedRecords> {
  const { type, file, isChosen, replaces } = job;
  const records = sink.recordsOf(type);
  const settled: SettledItem[] = [];
  let toGive = 0;
  if (records === undefined) {
    const items = await countChosen(job, signal);
    settled.push({ path: file.path, to: [type], reason: 'not-given-back-here', items, bytes: 0 });
    return { ...job, items, toGive, replaced: 0, settled };
  }
  let replaced = 0;
  try {
    for await (const verdict of records.plan(file, { isChosen, replaces }, signal)) {
      if (verdict.reason === undefined) toGive += 1;
      else settled.push(settledRecord(job, { ...verdict, reason: verdict.reason }));
      if (verdict.replaces === true) replaced += 1;
    }
  } catch (error) {
    if (!isFailure(error) || !error.code.startsWith('repository/')) throw error;
    settled.push({
      path: file.path,
      to: [type],
      reason: 'damaged-in-backup',
      detail: error.message,
      bytes: 0,
    });
  }
  return { ...job, items: toGive + settled.length, toGive, replaced, settled };
}

/** Records of a file that no computer can give: one for a file of which that cannot be told. */
async function countChosen({ file, isChosen }: RecordJob, signal: AbortSignal | undefined): Promise<number> {
  const made = recordFileAt(file.path);
  if (made === undefined) return 1;
  try {
    const { records } = await readRecords(made, file.read(signal));
    return records.filter(({ key }) => isChosen(key)).length;
  } catch (error) {
    damageOf(error);
    return 1;
  }
}

/** A record as an item, once it is known what became of it. */
export function settledRecord(
  { type, file }: RecordJob,
  { key, kind, title, reason, detail, replaces }: RecordVerdict & Pick<SettledItem, 'reason'>,
): SettledItem {
  return {
    path: `${file.path}#${key}`,
    to: [type],
    record: { key, kind, title },
    reason,
    ...(detail !== undefined && { detail }),
    ...(replaces === true && reason === 'restored' && { hasReplaced: true as const }),
    bytes: 0,
  };
}
