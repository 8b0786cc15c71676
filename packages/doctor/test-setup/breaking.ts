import assert from 'node:assert/strict';
import { isFailure } from '@holdfast/kernel';
import type { SampleOptions } from '@holdfast/testkit/phone';
import type { Plan } from '#fixes/plan.ts';
import { canBeUndone, type KeptFix } from '#fixes/record.ts';
import {
  applyOn,
  type FixedPhone,
  FULL,
  type JournalFault,
  memoryJournal,
  onCommand,
  phoneToFix,
  planOn,
  settledState,
  undoOn,
} from './fixing.ts';
import { bringAbout, type ReversibleFix } from './reversible-fixes.ts';

/** More commands, and more entries of a journal, than any fix has. */
const MOST = 30;

/** A phone with its plan: each round leaves the phone as it was, so that the plan stays good. */
interface Broken extends FixedPhone {
  readonly plan: Plan;
  readonly before: string;
}

async function begin(fix: ReversibleFix, sample: SampleOptions): Promise<Broken | undefined> {
  const at = phoneToFix(sample, (android) => bringAbout(android, fix));
  const plan = await planOn(await at.plug(), fix.code);
  return plan.risk === 'reversible' ? { ...at, plan, before: settledState(at.android) } : undefined;
}

type Ended = 'whole' | Error;

const ended = (doing: Promise<unknown>): Promise<Ended> =>
  doing.then(
    () => 'whole' as const,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );

/** What a process that begins now finds written down is undone, on the phone plugged in again, and all is as before. */
async function requirePutBack({ android, plug, before }: Broken, kept: KeptFix, told: string): Promise<void> {
  if (settledState(android) !== before) assert.equal(canBeUndone(kept), true, told);
  if (canBeUndone(kept)) {
    const journal = memoryJournal();
    assert.equal((await undoOn(await plug(), kept, journal)).state.kind, 'undone', told);
  }
  assert.equal(settledState(android), before, told);
}

/**
 * Requires of a fix, and of its undo, that with the cable pulled before or after any command the phone can be put back. Gives how often it
 * was pulled; none where a phone of this kind has the fix done by hand.
 */
export async function requireCutsMended(fix: ReversibleFix, sample: SampleOptions): Promise<number> {
  const broken = await begin(fix, sample);
  if (broken === undefined) return 0;
  const { android, plug, plan, before } = broken;
  let cuts = 0;
  for (const phase of ['fix', 'undo'] as const)
    for (const kind of ['cut-before', 'cut-after'] as const)
      for (let at = 0; at < MOST; at++) {
        const told = `${fix.code}, ${phase}, ${kind} at ${at}`;
        const journal = memoryJournal();
        const phone = await plug();
        const cutting = onCommand(phone, at, () => android.faults.push({ on: '', kind, times: 1 }));
        if (phase === 'undo') await applyOn(phone, plan, { journal });
        const end = await ended(
          phase === 'fix' ? applyOn(cutting, plan, { journal }) : undoOn(cutting, journal.kept(), journal),
        );
        android.faults.splice(0);
        await requirePutBack(broken, journal.kept(), told);
        if (end === 'whole') break;
        cuts += 1;
        assert.ok(isFailure(end) && end.code.startsWith('adb/'), `${told}: ${end}`);
        assert.notEqual(at, MOST - 1, told);
      }
  assert.equal(settledState(android), before);
  return cuts;
}

const FAULTS: readonly Omit<JournalFault, 'at'>[] = [
  { kind: 'lost' },
  { kind: 'lost', isForGood: true },
  // The process ends between an entry and what it is about.
  { kind: 'last', isForGood: true },
];

/**
 * Requires of a fix, and of its undo, that whatever is written down when any entry of the journal fails, or is the last that the process
 * does, covers all that was changed. Gives how many entries failed.
 */
export async function requireJournalCovers(fix: ReversibleFix, sample: SampleOptions): Promise<number> {
  const broken = await begin(fix, sample);
  if (broken === undefined) return 0;
  const { android, plug, plan, before } = broken;
  const phone = await plug();
  let failed = 0;
  for (const phase of ['fix', 'undo'] as const)
    for (const fault of FAULTS)
      for (let at = 1; at < MOST; at++) {
        const told = `${fix.code}, ${phase}, ${JSON.stringify(fault)} at ${at}`;
        const whole = memoryJournal();
        const journal = memoryJournal({ ...fault, at });
        if (phase === 'undo') await applyOn(phone, plan, { journal: whole });
        const end = await ended(
          phase === 'fix' ? applyOn(phone, plan, { journal }) : undoOn(phone, whole.kept(), journal),
        );
        const written = phase === 'fix' ? journal : memoryJournal();
        if (phase === 'undo') written.entries.push(...whole.entries, ...journal.entries);
        if (written.entries.length === 0) assert.equal(settledState(android), before, told);
        else await requirePutBack(broken, written.kept(), told);
        if (end === 'whole') break;
        failed += 1;
        assert.equal(end, FULL, told);
        assert.notEqual(at, MOST - 1, told);
      }
  return failed;
}
