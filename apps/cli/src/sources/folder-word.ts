import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { World } from '#world.ts';

/** True when a word can only mean a folder: with a slash it is never a phone; without one it is a folder when there is one of that name. */
export function isFolderWord(word: string, { cwd }: World): boolean {
  return word === '' || /[/\\]/.test(word) || word.startsWith('.') || existsSync(resolve(cwd, word));
}
