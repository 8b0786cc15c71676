import type { RunItem } from '@holdfast/contract/api';
import { type Host, withIndexOnly } from '@holdfast/home';
import { plainText } from '@holdfast/kernel';
import {
  type CheckProgress,
  check,
  describeFinding,
  type Finding,
  isDamage,
  type ReadData,
} from '@holdfast/repository';
import type { Progress, Runner } from '../runs/runner.ts';
import type { CareNotes, Notes } from './notes.ts';
import { bytesOf, nextPart, partsFor, readNow } from './parts.ts';

/** What checking needs. */
export interface CheckDeps {
  readonly host: Host;
  readonly notes: CareNotes;
  readonly checkEveryDays: () => number;
}

/** Reads the part of the repository that was not read for the longest, or all of it, and all of its structure. */
export function checkRunner({ host, notes, checkEveryDays }: CheckDeps): Runner<'check'> {
  return async ({ all = false }, { signal, report, setAside }) => {
    const of = all ? 1 : partsFor(checkEveryDays());
    const part = nextPart(notes.now.readAt, of);
    const readData: ReadData = of === 1 ? 'all' : { part, of };
    const damage: Finding[] = [];
    let readBytes = 0;
    await withIndexOnly({ ...host, signal }, { tolerate: true }, async (indexed, stop) => {
      const { isProcessAlive } = host;
      for await (const event of check(indexed, { readData, isProcessAlive }, stop)) {
        if (event.kind === 'progress') {
          if (event.phase === 'data') readBytes = event.bytes;
          report(() => progressOf(event));
        } else if (isDamage(event.finding)) {
          damage.push(event.finding);
          setAside(itemOf(event.finding));
        }
      }
    });
    const doneMs = host.clock.now().epochMilliseconds;
    await notes.change((before) =>
      noteCheck(before, { bytes: bytesOf(part, of), damage, readBytes, doneMs }),
    );
    const found =
      damage.length === 1 ? 'A piece of damage was found.' : `${damage.length} pieces of damage were found.`;
    return { sentence: damage.length === 0 ? 'No damage was found.' : found };
  };
}

/** What a check came to. */
interface Checked {
  /** First bytes of the packs that were read. */
  readonly bytes: readonly number[];
  readonly damage: readonly Finding[];
  readonly readBytes: number;
  readonly doneMs: number;
}

/** The notes after a check. Damage in packs that this one did not read is still there, as far as anybody knows. */
function noteCheck(before: Notes, { bytes, damage, readBytes, doneMs }: Checked): Notes {
  const packDamage = new Map(Object.entries(before.packDamage));
  for (const byte of bytes) packDamage.delete(String(byte));
  let others = 0;
  for (const finding of damage) {
    const byte = packByteOf(finding);
    if (byte === undefined) others += 1;
    else packDamage.set(byte, (packDamage.get(byte) ?? 0) + 1);
  }
  const findings = others + [...packDamage.values()].reduce((sum, count) => sum + count, 0);
  const { missed: _missed, ...rest } = before;
  return {
    ...rest,
    readAt: [...readNow(before.readAt, bytes, doneMs)],
    packDamage: Object.fromEntries(packDamage),
    check: { doneMs, findings, readBytes },
  };
}

/** Of what is found only where packs are read. */
function packByteOf(finding: Finding): string | undefined {
  switch (finding.kind) {
    case 'pack-unreadable':
    case 'pack-unsteady':
    case 'blobs-damaged':
    case 'header-damaged':
    case 'pack-misnamed':
      return String(Number.parseInt(finding.pack.slice(0, 2), 16));
    default:
      return undefined;
  }
}

const itemOf = (finding: Finding): RunItem => ({
  path: 'path' in finding ? finding.path : '',
  state: 'failed',
  reason: 'damaged-in-backup',
  sentence: plainText(describeFinding(finding), 1000),
  remedy: 'Run "holdfast check": it says for each what repairs it.',
});

const progressOf = ({ done, total, bytes, totalBytes }: CheckProgress): Progress => ({
  phase: 'checking',
  items: { done, total },
  bytes: { done: bytes, total: totalBytes },
});
