import { quoteLine } from '@holdfast/adb';
import type { FixPlan } from '@holdfast/contract/api';
import type { AndroidPhone } from '@holdfast/devices/android';
import { decodeName, Failure, plainText } from '@holdfast/kernel';
import { DOCTOR_FAILURES } from '#failures.ts';
import type { FixCode } from '#fix-code.ts';
import { factOf, type PhotosFacts } from '#photos-facts.ts';
import type { Change } from './changes/change.ts';
import { entryOf } from './changes/changes.ts';
import type { Extras } from './fix-entry.ts';
import { fixOf } from './fixes.ts';
import { isSameValue, readChange } from './read-change.ts';
import { shownValue } from './record.ts';
import { say, type Talking } from './say.ts';
import type { Risk, Step } from './step.ts';

/** What a person types who does not want their photos saved before something that cannot be undone. */
export const WAIVER = 'I can lose what is not backed up';

/** What a fix will do on one phone. Nothing was done yet. */
export interface Plan {
  readonly code: FixCode;
  readonly title: string;
  readonly risk: Risk;
  readonly steps: readonly Step[];
  /** What is so now, of what will be set. */
  readonly before: readonly { readonly change: Change; readonly value: string }[];
}

/** Links that are no cable: an address of another machine, or a name of wireless debugging. */
const NETWORK_SERIAL = /^(?!127\.|localhost|\[::1\]|emulator-)[^/]+:\d{1,5}$|_adb-tls-connect\._tcp/;

/** What the facts do not say and some fixes have to know. Reads only; fails with `adb/…` only. */
export async function extrasFor(phone: AndroidPhone, code: FixCode, talking: Talking): Promise<Extras> {
  const isOverNetwork = NETWORK_SERIAL.test(phone.transport.serial);
  if (fixOf(code).asks !== 'ssid') return { isOverNetwork };
  const { stdout } = await say(phone, ['cmd', 'wifi', 'status'], talking);
  // Names hold quotes and commas; the line ends with the name's own quote.
  const ssid = /^Wifi is connected to "(.{1,32})"\s*$/m.exec(stdout)?.[1];
  return { isOverNetwork, ...(ssid !== undefined && { ssid }) };
}

/**
 * What a fix will do on this phone, with the values there are now. Reads only.
 *
 * Fails with `doctor/cannot-fix` where it cannot be done there, with `doctor/nothing-to-fix` where all is so already, and with
 * `doctor/refused` where the phone does not say what there is to be put back: nothing is changed that could not be.
 */
export async function planFix(
  phone: AndroidPhone,
  code: FixCode,
  facts: PhotosFacts,
  talking: Talking,
): Promise<Plan> {
  const { title, recipe } = fixOf(code);
  const made = recipe(facts, await extrasFor(phone, code, talking));
  if (made.kind === 'cannot') throw cannotFix(title, made.why);
  const before = new Map<string, { readonly change: Change; readonly value: string }>();
  const steps: Step[] = isInTheDark(made.steps, facts) ? [UNLOCK] : [];
  for (const step of made.steps) {
    if (step.kind !== 'change') {
      steps.push(step);
      continue;
    }
    const { change } = step;
    const key = JSON.stringify(change);
    const isAgain = before.has(key);
    if (!isAgain) {
      const now = await readChange(phone, change, talking);
      if (now.kind !== 'value')
        throw notTold(entryOf(change).what(change), now.kind === 'unrecognised' ? now.raw : '');
      if (isSameValue(change, now.value, step.to)) continue;
      before.set(key, { change, value: now.value });
    }
    steps.push(step);
  }
  if (!steps.some(({ kind }) => kind !== 'pause')) throw nothingToFix(title);
  return { code, title, risk: made.risk, steps, before: [...before.values()] };
}

/** What is opened behind a locked screen is not seen. */
const UNLOCK: Step = { kind: 'tap', says: 'Unlock the phone, and leave its screen on.' };

/** True where a screen is opened for somebody to tap, and nobody could look at it now. */
function isInTheDark(steps: readonly Step[], facts: PhotosFacts): boolean {
  const screen = factOf(facts, 'screen');
  const isSeen = screen === undefined || (screen.isOn && !screen.isLocked);
  const [opens, taps] = (['run', 'tap'] as const).map((kind) => steps.some((step) => step.kind === kind));
  return !isSeen && opens === true && taps === true;
}

/** A plan as a person is shown it; `notRescued` photos and videos are in no backup. */
export function shownPlan(plan: Plan, id: string, notRescued: number): FixPlan {
  const { code, title, risk, steps, before } = plan;
  return {
    plan: id,
    code,
    title,
    risk,
    steps: steps.map(shownStep),
    before: before.map(({ change, value }) => shownValue(change, value)),
    ...(before.length > 0 && { undo: 'Undoing sets back exactly what is listed here, and nothing else.' }),
    ...(risk === 'destructive' && { rescueFirst: notRescued, waiverWords: WAIVER }),
  };
}

function shownStep(step: Step): FixPlan['steps'][number] {
  const command = commandOf(step);
  return { says: step.says, ...(command !== undefined && { command: lineOf(command) }) };
}

/** What a step runs. */
function commandOf(step: Step): readonly string[] | undefined {
  if (step.kind === 'run') return step.command;
  return step.kind === 'change' ? entryOf(step.change).set(step.change, step.to) : undefined;
}

/** A command as it would be typed; the name of a network is a person's. */
function lineOf(words: readonly string[]): string {
  const at = words.indexOf('metered-network');
  const shown = words.map((word, place) => (at > 0 && place === at + 1 ? 'NETWORK' : word));
  const isPlain = shown.every((word) => /^[\w@%+=:,./-]+$/.test(word));
  return isPlain ? shown.join(' ') : plainText(decodeName(quoteLine(shown)), 1000);
}

const cannotFix = (title: string, why: string): Failure =>
  new Failure(DOCTOR_FAILURES.cannotFix, `${title}: ${why}`, { hint: 'Try another of the fixes.' });

const nothingToFix = (title: string): Failure =>
  new Failure(DOCTOR_FAILURES.nothingToFix, `${title}: that is so already`, {
    hint: 'Look again: the report may be old.',
  });

const notTold = (what: string, said: string): Failure =>
  new Failure(DOCTOR_FAILURES.refused, `The phone does not say how it is now: ${what}`, {
    hint: 'It is not changed, since it could not be put back. Change it on the phone itself.',
    details: { said: plainText(said, 300) },
  });
