import type { Clock } from '@holdfast/kernel';
import { outputOf } from '../../facts/output.ts';
import { valueOf } from '../../facts/told.ts';
import type { AndroidPhone } from '../../phone.ts';
import type { VolumeRules } from './name-rules.ts';

/** A volume as files are put on it. */
export interface TargetVolume {
  readonly id: string;
  readonly path: string;
  readonly freeBytes?: number;
  readonly rules: VolumeRules;
}

const INTERNAL = 'internal';

/** Largest file of FAT (Microsoft, FAT32 File System Specification 1.03): its length has 32 bits. */
const MOST_ON_FAT = 2 ** 32 - 1;

/** What the phone's storage can hold, with cards' own kinds of file system. Fails with `adb/…` only. */
export async function targetVolumes(
  phone: AndroidPhone,
  options: { readonly clock?: Clock },
  signal?: AbortSignal,
): Promise<readonly TargetVolume[]> {
  const { transport, volumes } = phone;
  const hasCards = volumes.some(({ id }) => id !== INTERNAL);
  const mounts = hasCards ? await outputOf(transport, ['cat', '/proc/mounts'], options, signal) : undefined;
  const types = parseMounts(mounts?.stdout ?? '');
  return volumes.map(({ id, path, space }) => {
    const freeBytes = valueOf(space)?.freeBytes;
    const rules = id === INTERNAL ? { isFat: false, mostBytes: Infinity } : rulesOf(types.get(id));
    return { id, path, rules, ...(freeBytes !== undefined && { freeBytes }) };
  });
}

/**
 * Kinds of file system by the last part of where each is mounted: cards are at `/mnt/media_rw/<id>` before Android shows them at
 * `/storage/<id>` (AOSP vold `PublicVolume.cpp`).
 */
export function parseMounts(output: string): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const line of output.split('\n')) {
    const [, id, type] = /^\S+ \/mnt\/media_rw\/([^/ ]+) (\S+) /.exec(line) ?? [];
    if (id !== undefined && type !== undefined) types.set(id, type);
  }
  return types;
}

/** Of a card whose kind is not known, the rules that FAT and exFAT share are kept; that a file is too large, it will say itself. */
function rulesOf(type: string | undefined): VolumeRules {
  if (type === 'vfat' || type === 'msdos') return { isFat: true, mostBytes: MOST_ON_FAT };
  const isOther = type !== undefined && /^(ext[234]|f2fs|ntfs3?|sdcardfs|btrfs|xfs)$/.test(type);
  return { isFat: !isOther, mostBytes: Infinity };
}
