import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AndroidPhone } from '@holdfast/devices';
import type { IndexedRepository, SnapshotEntry } from '@holdfast/repository';
import type { Context } from '#context.ts';
import { shown } from '#output/screen.ts';
import { openPhones } from '#phones/open-phones.ts';
import { choosePhone, isCalled, isPhoneWord } from '#sources/choose-phone.ts';

/** What of a backup is to be given back. */
export interface ChosenFromBackup {
  readonly indexed: IndexedRepository;
  readonly entry: SnapshotEntry;
  /** From the backup's root. */
  readonly paths: readonly string[];
}

/** Where it is to be given back to; to be disposed of when that is done. */
export type Target = AsyncDisposable &
  ({ readonly kind: 'folder' } | { readonly kind: 'phone'; readonly phone: AndroidPhone });

/**
 * The phone in sight that the word names, or else a folder. A word with a slash is a folder, and so is one that is there.
 * Fails when the word is a phone's id or address and the phone is not in sight, or cannot be used.
 */
export async function openTarget(
  word: string,
  { record }: { readonly record: string | undefined },
  context: Context,
): Promise<Target> {
  const { cwd } = context.world;
  const folder: Target = { kind: 'folder', [Symbol.asyncDispose]: async () => {} };
  if (word === '' || /[/\\]/.test(word) || word.startsWith('.') || existsSync(resolve(cwd, word)))
    return folder;
  const seen = await openPhones(context, record);
  try {
    const isPhone = isPhoneWord(word) || seen.phones.some((phone) => isCalled(phone, word));
    if (!isPhone) {
      if (seen.phones.length > 0)
        context.screen.note(
          `No phone in sight is called "${shown(word)}": it is given back into a folder of that name.`,
        );
      await seen[Symbol.asyncDispose]();
      return folder;
    }
    const { phone } = choosePhone(seen.phones, word, context.world);
    return { kind: 'phone', phone, [Symbol.asyncDispose]: () => seen[Symbol.asyncDispose]() };
  } catch (error) {
    await seen[Symbol.asyncDispose]();
    throw error;
  }
}
