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

/** Where makers hide the switch without which a computer may change nothing; no such phone was tried. */
const SWITCHES: readonly (readonly [maker: RegExp, hint: string])[] = [
  [
    // gkd-kit/gkd#766, zacharee/nobar-issues#135; of the account and the card: ReChronoRain/HyperCeiler#1519.
    /xiaomi|redmi|poco/i,
    'Owners of such phones report that a switch is needed: Settings, Additional settings, Developer options, "USB debugging (Security settings)". It wants a Mi account and a SIM card. Switch it on, then try again.',
  ],
  [
    // gkd-kit/gkd#766, mirfatif/PermissionManagerX#22, henrichg/PhoneProfilesPlus#64.
    /oppo|realme|oneplus/i,
    'Owners of such phones report that a switch is needed: Settings, Developer options, "Disable permission monitoring". Switch it on, then try again.',
  ],
];

const NOT_ALLOWED = /SecurityException|Permission denied|not allowed|Security exception/i;

/** Why something did not come about. */
export type Refused =
  | { readonly kind: 'said'; readonly text: string }
  /** It ended well, and nothing is other than before. */
  | { readonly kind: 'ignored' }
  /** It does not say how it is, before or after. */
  | { readonly kind: 'untold'; readonly text: string };

/** `doctor/refused`: the phone did not do what it was told to, and what a person can do about it. */
export function refusal(phone: Pick<AndroidPhone, 'facts'>, says: string, why: Refused): Failure {
  const said = why.kind === 'ignored' ? '' : plainText(why.text, 300);
  const isDenied = NOT_ALLOWED.test(said);
  return new Failure(DOCTOR_FAILURES.refused, `${says}: ${isDenied ? DENIED : WORDS[why.kind]}`, {
    hint: isDenied ? switchOf(phone) : 'Change it on the phone itself, or try the next fix.',
    ...(said !== '' && { details: { said } }),
  });
}

const DENIED = 'the phone does not let a computer do that';

const WORDS: Readonly<Record<Refused['kind'], string>> = {
  said: 'the phone could not',
  ignored: 'the phone took it without a word, and did not do it',
  untold: 'the phone does not say how it is now',
};

function switchOf({ facts }: Pick<AndroidPhone, 'facts'>): string {
  const maker = valueOf(facts.manufacturer) ?? '';
  return (
    SWITCHES.find(([pattern]) => pattern.test(maker))?.[1] ??
    'The maker or a company that manages the phone forbids this to computers: change it on the phone itself.'
  );
}
