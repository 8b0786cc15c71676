import type { AndroidPhone, Told } from '@holdfast/devices/android';
import type { Change } from './changes/change.ts';
import { entryOf } from './changes/changes.ts';
import { type Refused, refusal, troubleIn } from './refusal.ts';
import { type Said, say, type Talking } from './say.ts';

/** How something is on the phone now. Fails with `adb/…` only. */
export async function readChange(
  phone: AndroidPhone,
  change: Change,
  talking: Talking,
): Promise<Told<string>> {
  const { ask, parse } = entryOf(change);
  const said = await say(phone, ask(change), talking);
  const value = parse(said.stdout, change);
  return value.kind === 'value' ? value : { kind: 'unrecognised', raw: textOf(said) };
}

/**
 * Sets something, and reads it back: what it is then. Fails with `doctor/refused` where the phone says no, or says nothing and does not
 * do it; and with `adb/…`.
 */
export async function setChange(
  phone: AndroidPhone,
  { change, to, says }: { readonly change: Change; readonly to: string; readonly says: string },
  talking: Talking,
): Promise<string> {
  const { set, isSame = equal } = entryOf(change);
  const words = set(change, to);
  if (words === undefined)
    throw refusal(phone, says, { kind: 'said', text: 'There is no command that sets it to that.' });
  const said = await say(phone, words, talking);
  const now = await readChange(phone, change, talking);
  if (now.kind === 'value' && isSame(now.value, to)) return now.value;
  const trouble = troubleIn(said);
  if (trouble !== undefined) throw refusal(phone, says, { kind: 'said', text: trouble });
  throw refusal(phone, says, now.kind === 'value' ? { kind: 'ignored' } : untold(now));
}

/** That the phone did not tell a value. */
export const untold = (now: Told<string>): Refused => ({
  kind: 'untold',
  text: now.kind === 'unrecognised' ? now.raw : '',
});

/** True where two values of a change come to the same. */
export const isSameValue = (change: Change, now: string, wanted: string): boolean =>
  (entryOf(change).isSame ?? equal)(now, wanted);

const equal = (now: string, wanted: string): boolean => now === wanted;

const textOf = ({ stdout, stderr }: Said): string => (stdout.trim() === '' ? stderr : stdout);
