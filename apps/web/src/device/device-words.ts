import type { Answer } from '@holdfast/contract/api';
import { capital } from '#design/words.ts';

type Proved = NonNullable<Answer<'device'>['card']['lastBackup']>['proved'];

/** How the last backup was proved, in a sentence. */
export function provedWords(proved: Proved): string {
  switch (proved) {
    case 'device':
      return 'All of it was read back from the drive itself and compared.';
    case 'cache':
      return 'All of it was read back and compared.';
    case 'mixed':
      return 'All of it was read back and compared, a part of it from the drive itself.';
    case 'nothing-new':
      return 'There was nothing new to save.';
    case 'off':
      return 'It was not read back, because that was switched off.';
    case 'unknown':
      return 'Whether it was read back is not recorded.';
  }
}

const FACT_WORDS: Readonly<Record<string, string>> = {
  manufacturer: 'Made by',
  model: 'Model',
  android: 'Android',
  serial: 'Serial number',
  path: 'Folder',
  sdk: 'Android API level',
  build: 'Build',
};

/** What a device says of itself, with words for it: what is known first. */
export function factsOf(
  facts: Readonly<Record<string, string>>,
): readonly (readonly [label: string, value: string])[] {
  const known = Object.keys(FACT_WORDS).filter((name) => facts[name] !== undefined);
  const others = Object.keys(facts).filter((name) => FACT_WORDS[name] === undefined);
  return [...known, ...others].map((name) => [
    FACT_WORDS[name] ?? capital(name.replaceAll('-', ' ')),
    facts[name] ?? '',
  ]);
}
