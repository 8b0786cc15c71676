import { shellWord } from '@holdfast/kernel';
import type { GlobalOptions } from '#arguments/global-options.ts';

/** What a suggested command needs to mean the same repository as this one: nothing, where the variables or the home folder name it. */
export function sameRepository({ repository, passwordFile }: GlobalOptions): string {
  const place = repository === undefined ? '' : ` --repository ${shellWord(repository)}`;
  return passwordFile === undefined ? place : `${place} --password-file ${shellWord(passwordFile)}`;
}
