import type { Answer } from '@holdfast/contract/api';

type Capability = NonNullable<Answer<'device'>['capabilities']>[number];

const WORDS = {
  yes: '',
  no: 'It cannot be given back to this phone.',
  unknown: 'Whether this phone takes it back shows when it is done.',
} as const satisfies Record<Capability['canGiveBack'], string>;

/**
 * Gives what a person should know of giving back, `undefined` where that is nothing: what cannot be read has nothing to give back, and what
 * was said of reading is not said again.
 */
export function giveBackWords({
  canRead,
  readNotes,
  canGiveBack,
  giveBackNotes,
}: Pick<Capability, 'canRead' | 'readNotes' | 'canGiveBack' | 'giveBackNotes'>): string | undefined {
  if (canRead === 'no') return undefined;
  const said = new Set(readNotes.map(({ code }) => code));
  const notes = giveBackNotes.filter(({ code }) => !said.has(code)).map(({ sentence }) => sentence);
  const words = [WORDS[canGiveBack], ...notes].filter((part) => part !== '');
  return words.length === 0 ? undefined : words.join(' ');
}
