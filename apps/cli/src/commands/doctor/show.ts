import type { DoctorComplaint, DoctorFix, DoctorReport, FixPlan, FixRecord } from '@holdfast/contract/api';
import { type Screen, shown } from '#output/screen.ts';
import { formatCount, plural } from '#output/words.ts';

const RISKS = {
  none: 'nothing is lost',
  reversible: 'can be undone',
  guided: 'you tap',
  destructive: 'cannot be undone',
} as const satisfies Record<DoctorFix['risk'], string>;

/** What may come of a fix. Backing up changes nothing on the phone, but it is no nothing. */
const riskWords = ({ code, risk }: Pick<DoctorFix, 'code' | 'risk'>): string =>
  code === RESCUE ? 'copies everything into your own backup' : RISKS[risk];

/** The last way. */
const RESCUE = 'back-up-here';

/** Of a report, what is shown besides. */
export interface ShownBesides {
  /** What the phone is called. */
  readonly name: string;
  readonly hasEvidence: boolean;
  /** Fixes that were cut off, and left something to put back. */
  readonly cutOff: readonly FixRecord[];
}

/** Prints a report: what stands out first, then what to do. */
export async function showReport(
  report: DoctorReport,
  { name, hasEvidence, cutOff }: ShownBesides,
  screen: Screen,
): Promise<void> {
  await screen.result({ type: 'doctor', ...report }, undefined);
  const { verdict, complaints, hidden, unplugged, leftOut, notRescued } = report;
  await screen.text(`${screen.style('bold', shown(name))}\n${screen.wrapped(shown(verdict.sentence))}`);
  for (const record of cutOff) await screen.text(`\n${cutOffText(record, screen)}`);
  for (const complaint of complaints) await screen.text(`\n${complaintText(complaint, screen)}`);
  if (hidden.length > 0)
    await screen.text(
      `\n${screen.wrapped(`Follows from these: ${hidden.map(({ title }) => shown(title)).join('; ')}.`)}`,
    );
  for (const sentence of [...leftOut, ...unplugged])
    await screen.text(`\n${screen.wrapped(shown(sentence))}`);
  if (report.isScreenLeft === true)
    await screen.text('→ Read the screen all the same: holdfast doctor --read-screen');
  await showFixes(report, screen);
  if (hasEvidence) await showEvidence(report, screen);
  if (notRescued > 0)
    await screen.text(
      `\n${screen.wrapped(`${plural(notRescued, 'photo or video', 'photos and videos')} on this phone ${notRescued === 1 ? 'is' : 'are'} in no backup of yours: holdfast doctor --fix back-up-here`)}`,
    );
}

/** One complaint. */
export function complaintText(complaint: DoctorComplaint, screen: Screen): string {
  const { severity, title, explain, fix, files = [], fileCount = 0 } = complaint;
  const style = severity === 'blocking' ? 'red' : severity === 'warning' ? 'yellow' : 'dim';
  const more = fileCount > MOST_FILES ? [`  … and ${formatCount(fileCount - MOST_FILES)} more (--json)`] : [];
  return [
    screen.style(style, shown(title)),
    screen.wrapped(shown(explain), '  '),
    ...files.slice(0, MOST_FILES).map(({ path, why }) => `    ${shown(path)}: ${shown(why)}`),
    ...more,
    screen.wrapped(shown(fix), '  → ', '    '),
  ].join('\n');
}

const MOST_FILES = 5;

async function showFixes({ complaints, fixes, next, helped }: DoctorReport, screen: Screen): Promise<void> {
  const advised = fixes.filter(({ isAdvised, whyNot }) => isAdvised && whyNot === undefined);
  if (advised.length === 0) return;
  const width = Math.max(...advised.map(({ code }) => code.length));
  await screen.text(`\n${screen.wrapped('What may help, the safest first (holdfast doctor --fix CODE):')}`);
  for (const { code, title, risk } of advised)
    await screen.text(
      screen.wrapped(
        `${shown(title)} (${riskWords({ code, risk })})`,
        `  ${code.padEnd(width)}  `,
        ' '.repeat(width + 4),
      ),
    );
  if (helped !== undefined) {
    const title = fixes.find(({ code }) => code === helped)?.title ?? helped;
    const others = complaints.filter(({ severity }) => severity !== 'info').length;
    const more =
      others === 0
        ? ': give it time, then look again.'
        : `. ${others === 1 ? 'One cause remains' : `${others} causes remain`}, see above: mend ${others === 1 ? 'it' : 'them'} too.`;
    await screen.text(`\n${screen.wrapped(`It moved after “${shown(title)}”${more}`)}`);
  }
  if (next !== undefined) await screen.text(`\nTry next: holdfast doctor --fix ${next}`);
}

async function showEvidence({ evidence }: DoctorReport, screen: Screen): Promise<void> {
  await screen.text('\nWhat was asked:');
  for (const { title, told } of evidence) {
    const said = told.kind === 'value' ? told.value : told.kind === 'refused' ? told.why : WORDS[told.kind];
    await screen.text(screen.wrapped(`${shown(title)}: ${shown(said)}`, '  ', '    '));
  }
}

const WORDS = { absent: 'there is none', unrecognised: 'not understood' } as const;

/** Prints what a fix will do. */
export async function showPlan(plan: FixPlan, screen: Screen): Promise<void> {
  const { code, title, risk, steps, before, undo } = plan;
  await screen.result({ type: 'fix-plan', ...plan }, undefined);
  await screen.text(`${screen.style('bold', shown(title))} (${riskWords({ code, risk })})`);
  for (const [at, { says, command }] of steps.entries()) {
    await screen.text(screen.wrapped(shown(says), `  ${at + 1}. `, '     '));
    if (command !== undefined) await screen.text(`     ${screen.style('dim', shown(command))}`);
  }
  for (const { what, value } of before) await screen.text(`  Now: ${shown(what)}: ${shown(value)}`);
  if (undo !== undefined) await screen.text(`  ${shown(undo)}`);
}

/** Prints what came of a fix; `when` it was carried out, where it was not just now. */
export async function showRecord(record: FixRecord, screen: Screen, when?: string): Promise<void> {
  await screen.result({ type: 'fix', ...record }, recordText(record, screen, when));
}

/** That a fix was cut off, and how to put back what it had changed by then. */
const cutOffText = ({ id, title }: FixRecord, screen: Screen): string =>
  screen.wrapped(`“${shown(title)}” was cut off. To put back what was: holdfast doctor --undo ${id}`);

function recordText(
  { id, code, title, state, before, after, canBeUndone }: FixRecord,
  screen: Screen,
  when?: string,
): string {
  const changes = before.flatMap(({ what, value }, at) => {
    const now = after[at]?.value ?? 'not known';
    return now === value
      ? []
      : [screen.wrapped(`${shown(what)}: ${shown(value)} → ${shown(now)}`, '  ', '    ')];
  });
  const { hint } = state.kind === 'refused' ? state.problem : {};
  return [
    `${screen.style('bold', shown(title))}${when === undefined ? '' : ` (${when})`}`,
    screen.wrapped(shown(stateText(state, code, canBeUndone)), '  '),
    ...(hint === undefined ? [] : [screen.wrapped(shown(hint), '  → ', '    ')]),
    ...changes,
    ...(canBeUndone ? [`  Undo it: holdfast doctor --undo ${id}`] : []),
  ].join('\n');
}

function stateText(state: FixRecord['state'], code: string, canBeUndone: boolean): string {
  switch (state.kind) {
    case 'begun':
      return canBeUndone
        ? 'It was cut off: undoing puts back what was.'
        : 'It was cut off. There is nothing to put back.';
    case 'done':
      if (code === RESCUE) return state.sentence;
      // That it cannot be told the sentence says itself.
      return `${{ yes: 'It moved. ', no: 'Nothing moved. ', unknown: '' }[state.moved]}${state.sentence}`;
    case 'refused':
      return state.problem.message;
    case 'undone':
      return 'Undone: everything is as it was before.';
    default:
      return state satisfies never;
  }
}
