import type { DoctorComplaint, DoctorFix, DoctorReport, FixPlan, FixRecord } from '@holdfast/contract/api';
import type { Tone } from '#design/tone.ts';

/** The seven ways, in safe order. */
export const WAYS: Readonly<Record<number, { readonly title: string; readonly more: string }>> = {
  1: { title: 'Look at the status', more: 'See what Google Photos says itself.' },
  2: { title: 'Settings of the app', more: 'The switch, the account, the folders, the quality.' },
  3: { title: 'Network and background', more: 'Let it work and send while it is not on the screen.' },
  4: { title: 'Cache, then data', more: 'Have it begin afresh.' },
  5: { title: 'Updates of the app', more: 'Go back to the version the phone came with.' },
  6: { title: 'By hand', more: 'Look for new photos, run what waits, send single ones.' },
  7: { title: 'Restart, account, storage', more: 'What lies around the app.' },
};

/** Risks, in words. */
export const RISK_WORDS: Readonly<Record<DoctorFix['risk'], { readonly word: string; readonly tone: Tone }>> =
  {
    none: { word: 'Nothing is lost', tone: 'good' },
    reversible: { word: 'Can be undone', tone: 'busy' },
    guided: { word: 'Guided: you tap', tone: 'idle' },
    destructive: { word: 'Cannot be undone', tone: 'bad' },
  };

/** The last way, in words: nothing on the phone changes, but it is no nothing. */
export const SAVES = { word: 'Copies all into your own backup', tone: 'good' } as const;

/** Fixes of one way: those that the complaints ask for, others, and those that this phone does not allow. */
export interface WayOfFixes {
  readonly way: number;
  readonly advised: readonly DoctorFix[];
  readonly others: readonly DoctorFix[];
}

/** Fixes by way, in safe order; what is possible before what is not. */
export function fixesByWay(fixes: readonly DoctorFix[]): WayOfFixes[] {
  const groups = Map.groupBy(fixes, ({ way }) => way);
  return [...groups]
    .toSorted(([a], [b]) => a - b)
    .map(([way, all]) => ({
      way,
      advised: possibleFirst(all.filter(({ isAdvised }) => isAdvised)),
      others: possibleFirst(all.filter(({ isAdvised }) => !isAdvised)),
    }));
}

const possibleFirst = (fixes: readonly DoctorFix[]): DoctorFix[] => [
  ...fixes.filter(({ whyNot }) => whyNot === undefined),
  ...fixes.filter(({ whyNot }) => whyNot !== undefined),
];

/** Fixes of a complaint that can be done on this phone, the safest first. */
export function fixesOf(complaint: DoctorComplaint, fixes: readonly DoctorFix[]): DoctorFix[] {
  const byCode = new Map(fixes.map((fix) => [fix.code, fix]));
  return complaint.fixes.flatMap((code) => {
    const fix = byCode.get(code);
    return fix === undefined || fix.whyNot !== undefined ? [] : [fix];
  });
}

/** The fix to try after one that moved nothing, in the doctor's order, without those that were tried since the report; what was cut off or undone was not. */
export function fixAfter(
  code: string,
  { at, next, thenTry, fixes }: Pick<DoctorReport, 'at' | 'next' | 'thenTry' | 'fixes'>,
  records: readonly FixRecord[],
): DoctorFix | undefined {
  const tried = new Set(
    records
      .filter(({ state }) => state.kind === 'done' || state.kind === 'refused')
      .filter((record) => Date.parse(record.at) >= Date.parse(at))
      .map((record) => record.code),
  );
  const after = [next, ...thenTry].find((one) => one !== undefined && one !== code && !tried.has(one));
  return fixes.find((fix) => fix.code === after);
}

/** Whether a plan may be carried out, and what is wanted first. */
export type Consent =
  | { readonly kind: 'may' }
  /** So many photos and videos are in no backup. `words` absent: there is no way around saving them. */
  | { readonly kind: 'rescue-first'; readonly items: number; readonly words: string | undefined };

/** What a plan asks for, with the words that were typed so far. */
export function consentOf(plan: FixPlan, typed: string): Consent {
  const { rescueFirst = 0, waiverWords } = plan;
  if (rescueFirst === 0) return { kind: 'may' };
  if (waiverWords !== undefined && waiverWords !== '' && typed === waiverWords) return { kind: 'may' };
  return { kind: 'rescue-first', items: rescueFirst, words: waiverWords };
}

/** What the button says that carries a plan out. */
export function consentWords(plan: Pick<FixPlan, 'risk' | 'title' | 'steps'>): string {
  if (plan.risk !== 'guided') return plan.title;
  return plan.steps.some(({ command }) => command !== undefined)
    ? 'Open it on the phone'
    : 'I have done this';
}

/** What is said of a fix that the complaints ask for, the one to try next before all others; `undefined` for one that nothing asks for. */
export function adviceOf({ code, isAdvised }: DoctorFix, next: string | undefined): string | undefined {
  if (!isAdvised) return undefined;
  return code === next ? 'Try this next' : 'Advised';
}

type State = FixRecord['state'];

/** What came of a fix: a word and its colour. */
export function recordWords({ code, state }: Pick<FixRecord, 'code' | 'state'>): {
  readonly word: string;
  readonly tone: Tone;
} {
  switch (state.kind) {
    case 'begun':
      return { word: 'Cut off', tone: 'wait' };
    case 'refused':
      return { word: 'Refused', tone: 'bad' };
    case 'undone':
      return { word: 'Undone', tone: 'idle' };
    case 'done':
      return (code === 'back-up-here' ? SAVED : MOVED)[state.moved];
  }
}

const MOVED: Readonly<Record<Extract<State, { kind: 'done' }>['moved'], { word: string; tone: Tone }>> = {
  yes: { word: 'It helped', tone: 'good' },
  no: { word: 'No change', tone: 'wait' },
  unknown: { word: 'Not known yet', tone: 'idle' },
};

/** Saving the photos here moves nothing in Google Photos: it is over, or it goes on. */
const SAVED: typeof MOVED = {
  yes: { word: 'Saved here', tone: 'good' },
  no: { word: 'Not saved', tone: 'wait' },
  unknown: { word: 'Being saved', tone: 'busy' },
};

/** A value before and after. */
export interface Change {
  readonly what: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Values before and after, side by side by what they are of, in the order they were told. */
export function changesOf({ before, after }: Pick<FixRecord, 'before' | 'after'>): Change[] {
  const afters = new Map(after.map(({ what, value }) => [what, value]));
  const rows = before.map(({ what, value }) => ({ what, before: value, after: afters.get(what) }));
  const known = new Set(before.map(({ what }) => what));
  return [
    ...rows,
    ...after
      .filter(({ what }) => !known.has(what))
      .map(({ what, value }) => ({ what, before: undefined, after: value })),
  ];
}
