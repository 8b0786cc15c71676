import type { DoctorComplaint, DoctorReport, Evidence } from '@holdfast/contract/api';
import type { Tone } from '#design/tone.ts';

/** How bad complaints are. */
export const SEVERITY_WORDS: Readonly<
  Record<DoctorComplaint['severity'], { readonly word: string; readonly tone: Tone }>
> = {
  blocking: { word: 'Stops the backup', tone: 'bad' },
  warning: { word: 'May hold it up', tone: 'wait' },
  info: { word: 'Good to know', tone: 'idle' },
};

/** How bad complaints about our own work are. */
export const OWN_SEVERITY_WORDS: typeof SEVERITY_WORDS = {
  ...SEVERITY_WORDS,
  blocking: { word: 'Backups stand still', tone: 'bad' },
  warning: { word: 'Needs a look', tone: 'wait' },
};

/** What was found, in a few words and a colour. */
export function verdictWords({ verdict, complaints }: Pick<DoctorReport, 'verdict' | 'complaints'>): {
  readonly word: string;
  readonly tone: Tone;
} {
  switch (verdict.kind) {
    case 'healthy':
      return { word: 'Nothing stands in its way', tone: 'good' };
    case 'cannot-tell':
      return { word: 'This cannot be told', tone: 'idle' };
    case 'complaints':
      return complaints.some(({ severity }) => severity === 'blocking')
        ? { word: 'This is why', tone: 'bad' }
        : { word: 'This may be why', tone: 'wait' };
  }
}

/** What is to be done after a fix that helped: nothing, unless something else still holds the backup up. */
export function afterHelp({ complaints }: Pick<DoctorReport, 'complaints'>): string {
  const others = complaints.filter(({ severity }) => severity !== 'info');
  const [first] = others;
  if (first === undefined)
    return 'Give Google Photos time, then ask the phone again. Nothing else needs to be tried before.';
  return others.length === 1
    ? `One cause remains: “${first.title}”. What helps against it is above.`
    : `${others.length} causes remain, first “${first.title}”. What helps against them is above.`;
}

/** What a probe was told, in a line: `on`, `not there`, `the phone would not say`. */
export function toldWords(told: Evidence['told']): { readonly word: string; readonly tone: Tone } {
  switch (told.kind) {
    case 'value':
      return { word: told.value, tone: 'good' };
    case 'absent':
      return { word: 'not there', tone: 'idle' };
    case 'unrecognised':
      return { word: 'an answer we do not know', tone: 'wait' };
    case 'refused':
      return { word: told.why, tone: 'wait' };
  }
}

const REPOSITORY = { label: 'To the repository', href: '/repository' };

/** Where a complaint about our own work is mended in this app, by its code. */
const PLACES: Readonly<Record<string, { readonly label: string; readonly href: string }>> = {
  'own-check-overdue': REPOSITORY,
  'own-damage': REPOSITORY,
  'own-drive-full': REPOSITORY,
  'own-drive-nearly-full': REPOSITORY,
  'own-no-recovery-kit': { label: 'To the recovery kit', href: '/repository' },
};

/** Where a complaint about our own work is mended; `undefined` where that is not a page of the app. */
export const placeOf = (code: string): { readonly label: string; readonly href: string } | undefined =>
  Object.hasOwn(PLACES, code) ? PLACES[code] : undefined;
