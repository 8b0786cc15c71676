import { encodeName } from '@holdfast/kernel';
import type { SinkRefusal } from '#device-sink.ts';
import { refuseName } from '#folder/sink/names.ts';

/** What a volume can hold. */
export interface VolumeRules {
  /** FAT and exFAT: some characters are no part of a name. */
  readonly isFat: boolean;
  /** `Infinity` where it is not known, or none. */
  readonly mostBytes: number;
}

/** Not in a name on FAT and exFAT (Linux `fs/fat/namei_vfat.c`, `vfat_bad_char`; exFAT specification, 7.7.3). */
const NOT_ON_FAT = /["*/:<>?\\|]|(?=\p{ASCII})\p{Cc}/u;

/** Longest name and path in bytes: Linux's, and that of a phone's file service (AOSP adb `file_sync_service.cpp`). */
const MOST_NAME_BYTES = 255;
const MOST_PATH_BYTES = 1024;

/** A stage has a name of this many bytes: a path is refused when that of its stage would be too long. */
const STAGE_NAME_BYTES = 26;

/** Why no file of these names and this size can be on a volume with this root; `undefined` when it can. */
export function refusePath(
  root: string,
  names: readonly string[],
  sizeBytes: number,
  { isFat, mostBytes }: VolumeRules,
): SinkRefusal | undefined {
  for (const name of names) {
    const problem = refuseName(name);
    if (problem !== undefined) return { reason: 'unsafe-name', detail: problem };
    if (encodeName(name).length > MOST_NAME_BYTES)
      return { reason: 'target-path-too-long', detail: `a name of more than ${MOST_NAME_BYTES} bytes` };
    if (!isFat) continue;
    const [sign] = NOT_ON_FAT.exec(name) ?? [];
    if (sign !== undefined) return { reason: 'forbidden-name', detail: `it has ${JSON.stringify(sign)}` };
    if (/[. ]$/.test(name)) return { reason: 'forbidden-name', detail: 'it ends in a dot or a space' };
    if (!name.isWellFormed()) return { reason: 'forbidden-name', detail: 'it is not UTF-8' };
  }
  const folderBytes = encodeName([root, ...names.slice(0, -1)].join('/')).length + 1;
  const longest = Math.max(STAGE_NAME_BYTES, encodeName(names.at(-1) ?? '').length);
  if (folderBytes + longest > MOST_PATH_BYTES)
    return { reason: 'target-path-too-long', detail: `a path of more than ${MOST_PATH_BYTES} bytes` };
  if (sizeBytes > mostBytes) return { reason: 'too-large-there', detail: `more than ${mostBytes} bytes` };
  return undefined;
}
