import type { AndroidPhone } from '@holdfast/devices/android';
import { valueOf } from '@holdfast/devices/android';
import { Failure, plainText } from '@holdfast/kernel';
import { DOCTOR_FAILURES } from '#failures.ts';
import type { Said } from './say.ts';

/** Words by which commands of Android say that something went wrong; many end with 0 all the same. */
const WRONG =
  /(?:^|\n)(?:[^\n]*Exception(?: |:|$)[^\n]*|(?:Error|Failure|Failed|Aborted|Bad|Unknown|Can't|Cannot|Could not|Invalid|Security exception|Operation not allowed|\*\* )[^\n]*|[^\n]*(?:not found|inaccessible|Permission denied|No such)[^\n]*)/i;

/** What a command said that went wrong; `undefined` where it went well. */
export function troubleIn({ stdout, stderr, exitCode }: Said): string | undefined {
  const text = `${stderr}\n${stdout}`;
  const exception = /[^\n]*SecurityException[^\n]*/.exec(text)?.[0] ?? WRONG.exec(text)?.[0];
  if (exception !== undefined) return exception.trim();
  if (exitCode === 0 || exitCode === undefined) return undefined;
  return text.trim() === '' ? `exit status ${exitCode}` : text.trim();
}

/** Where makers hide the switch without which a computer may change nothing (as people report it; no such phone was tried). */
const SWITCHES: readonly (readonly [maker: RegExp, hint: string])[] = [
  [
    /xiaomi|redmi|poco/i,
    'On the phone, in Settings, Additional settings, Developer options, switch on "USB debugging (Security settings)"; it wants a Mi account and a SIM card. Then try again.',
  ],
  [
    /oppo|realme|oneplus/i,
    'On the phone, in Settings, Developer options, switch on "Disable permission monitoring". Then try again.',
  ],
];

const NOT_ALLOWED = /SecurityException|Permission denied|not allowed|Security exception/i;

/** `doctor/refused`: the phone did not do what it was told to, and what a person can do about it. */
export function refusal(phone: Pick<AndroidPhone, 'facts'>, says: string, said: string): Failure {
  const maker = valueOf(phone.facts.manufacturer) ?? '';
  const isDenied = NOT_ALLOWED.test(said);
  const switchHint = SWITCHES.find(([pattern]) => pattern.test(maker))?.[1];
  const hint = isDenied
    ? (switchHint ??
      'The maker or a company that manages the phone forbids this to computers: change it on the phone itself.')
    : 'Nothing else was changed. Change it on the phone itself, or try the next fix.';
  const why = isDenied ? 'it does not let a computer do that' : 'it said that it cannot';
  return new Failure(DOCTOR_FAILURES.refused, `${says}: the phone refused, ${why}`, {
    hint,
    details: { said: plainText(said, 300) },
  });
}
