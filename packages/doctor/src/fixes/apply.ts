import type { AndroidPhone } from '@holdfast/devices/android';
import { type Clock, Failure, isFailure, plainText } from '@holdfast/kernel';
import { DOCTOR_FAILURES } from '#failures.ts';
import { type Plan, WAIVER } from './plan.ts';
import { isSameValue, readChange, setChange, untold } from './read-change.ts';
import { type FixJournal, type JournalEntry, type KeptFix, keptFix } from './record.ts';
import { refusal, troubleIn } from './refusal.ts';
import { say } from './say.ts';
import { type Moved, movedBetween, type Standing } from './standing.ts';
import type { Step } from './step.ts';
import { putBack } from './undo.ts';

/** That photos and videos will not be lost by a fix that cannot be undone. */
export type Rescue =
  /** They are proved to be in a backup, but for so many. */
  | { readonly kind: 'proved'; readonly notProved: number }
  /** The person typed these words. */
  | { readonly kind: 'waived'; readonly words: string };

/** What applying a plan needs. */
export interface ApplyOptions {
  /** What it will be known by. */
  readonly id: string;
  /** Written to before the phone hears of a change. */
  readonly journal: FixJournal;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** How things stand. It only reads. */
  readonly look: (signal: AbortSignal | undefined) => Promise<Standing>;
  /** For plans that cannot be undone. */
  readonly rescue?: Rescue;
  /** Backs the phone up, and says what came of it: for plans that ask for it. */
  readonly backUp?: () => Promise<Moved>;
}

/** How often, and how long apart, it is looked whether something moved. */
const LOOKS = 3;
const BETWEEN = Temporal.Duration.from({ seconds: 5 });

/**
 * Carries a plan out: each change is in the journal with what was before it, durably, before the phone hears of it; then it is read back.
 * Afterwards it is looked whether something moved. What the phone refuses ends it with the record `refused`, and what was changed by then is
 * put back.
 *
 * Fails with `doctor/rescue-first` before anything is done, and with `adb/…` where the link ends in the middle: then the journal has what
 * undoing needs.
 */
export async function applyFix(phone: AndroidPhone, plan: Plan, options: ApplyOptions): Promise<KeptFix> {
  const { id, journal, clock, signal, look } = options;
  requireRescue(plan, options.rescue);
  signal?.throwIfAborted();
  const before = await look(signal);
  const entries: JournalEntry[] = [];
  const append = async (entry: JournalEntry): Promise<void> => {
    await journal.append(entry);
    entries.push(entry);
  };
  await append({ kind: 'begun', id, device: phone.device, code: plan.code, at: clock.now().toString() });
  let told: Moved | undefined;
  try {
    for (const step of plan.steps) {
      signal?.throwIfAborted();
      told = (await carryOut(phone, step, { ...options, append, entries })) ?? told;
    }
  } catch (error) {
    if (!isFailure(error, DOCTOR_FAILURES.refused)) throw error;
    await append({ kind: 'refused', problem: problemOf(error) });
    await putBack(phone, recordOf(entries), { clock, append });
    return recordOf(entries);
  }
  const { moved, sentence } = told ?? (await lookAfter(plan, before, options));
  await append({ kind: 'done', moved, sentence });
  return recordOf(entries);
}

/** Nothing that cannot be undone is done while something would be lost, unless the person said so in the words asked for. */
function requireRescue({ risk, title }: Plan, rescue: Rescue | undefined): void {
  if (risk !== 'destructive') return;
  if (rescue?.kind === 'proved' && rescue.notProved === 0) return;
  if (rescue?.kind === 'waived' && rescue.words.trim() === WAIVER) return;
  const left =
    rescue?.kind === 'proved' ? `${rescue.notProved} photos and videos are in no backup` : undefined;
  throw new Failure(
    DOCTOR_FAILURES.rescueFirst,
    `${title}: not before everything is saved${left === undefined ? '' : `, and ${left}`}`,
    {
      hint: `Back the phone up first; or, to go without, type exactly: ${WAIVER}`,
    },
  );
}

interface Carrying extends ApplyOptions {
  readonly append: (entry: JournalEntry) => Promise<void>;
  readonly entries: readonly JournalEntry[];
}

async function carryOut(phone: AndroidPhone, step: Step, carrying: Carrying): Promise<Moved | undefined> {
  const { append, entries, clock, signal } = carrying;
  const talking = { clock, ...(signal && { signal }) };
  switch (step.kind) {
    case 'change': {
      const { change, to, says } = step;
      const now = await readChange(phone, change, talking);
      if (now.kind !== 'value') throw refusal(phone, says, untold(now));
      if (isSameValue(change, now.value, to)) return undefined;
      const place = entries.filter(({ kind }) => kind === 'changing').length;
      await append({ kind: 'changing', change, before: now.value, to });
      signal?.throwIfAborted();
      await append({ kind: 'changed', place, after: await setChange(phone, step, talking) });
      return undefined;
    }
    case 'run':
      return await runStep(phone, step, carrying);
    case 'pause':
      await clock.sleep(Temporal.Duration.from({ seconds: step.seconds }), signal);
      return undefined;
    case 'tap':
      return undefined;
    case 'back-up':
      if (carrying.backUp === undefined) throw new Error('nobody here can back up');
      return await carrying.backUp();
    default:
      return step satisfies never;
  }
}

async function runStep(
  phone: AndroidPhone,
  { says, command, expects, endsLink }: Extract<Step, { kind: 'run' }>,
  { clock, signal }: Carrying,
): Promise<Moved | undefined> {
  const talking = { clock, ...(signal && { signal }) };
  const ended: Moved = { moved: 'unknown', sentence: 'The phone restarts: unlock it, and look again.' };
  try {
    const said = await say(phone, command, talking);
    const trouble = troubleIn(said);
    if (trouble !== undefined) throw refusal(phone, says, { kind: 'said', text: trouble });
    const text = `${said.stdout}${said.stderr}`.trim();
    if (expects !== undefined && !text.includes(expects))
      throw refusal(phone, says, text === '' ? { kind: 'ignored' } : { kind: 'said', text });
    return endsLink ? ended : undefined;
  } catch (error) {
    signal?.throwIfAborted();
    if (endsLink && isFailure(error) && error.code.startsWith('adb/')) return ended;
    throw error;
  }
}

async function lookAfter(
  plan: Plan,
  before: Standing,
  { clock, signal, look }: ApplyOptions,
): Promise<Moved> {
  if (plan.risk === 'guided')
    return { moved: 'unknown', sentence: 'The rest is yours to tap. Then look again.' };
  let moved: Moved = { moved: 'unknown', sentence: '' };
  for (let looks = 0; looks < LOOKS; looks++) {
    if (looks > 0) await clock.sleep(BETWEEN, signal);
    moved = movedBetween(plan.code, before, await look(signal));
    if (moved.moved === 'yes') break;
  }
  return moved;
}

function recordOf(entries: readonly JournalEntry[]): KeptFix {
  const kept = keptFix(entries);
  if (kept === undefined) throw new Error('a journal that does not begin');
  return kept;
}

function problemOf({
  code,
  message,
  hint,
  details,
}: Failure): Extract<JournalEntry, { kind: 'refused' }>['problem'] {
  const said = typeof details['said'] === 'string' ? ` It said: ${details['said']}` : '';
  return { code, message: plainText(`${message}.${said}`, 500), ...(hint !== undefined && { hint }) };
}
