import { resolve } from 'node:path';
import type { AndroidPhone } from '@holdfast/devices/android';
import type { Context } from '#context.ts';
import { shown } from '#output/screen.ts';
import { isFolderWord } from '#sources/folder-word.ts';

/** Where it is to be given back to; to be disposed of when that is done. */
export type Target = AsyncDisposable &
  (
    | { readonly kind: 'folder'; readonly path: string }
    | { readonly kind: 'phone'; readonly phone: AndroidPhone }
  );

/**
 * The phone in sight that the word names, or else a folder. A word with a slash is a folder, and so is one that is there.
 * Fails when the word is a phone's id or address and the phone is not in sight, or cannot be used.
 */
export async function openTarget(
  word: string,
  { record }: { readonly record: string | undefined },
  context: Context,
): Promise<Target> {
  const { world } = context;
  const path = resolve(world.cwd, word);
  const folder: Target = { kind: 'folder', path, [Symbol.asyncDispose]: async () => {} };
  if (isFolderWord(word, world)) return folder;
  const { choosePhone, isCalled, isPhoneWord } = await import('#sources/choose-phone.ts');
  const { openPhonesHere } = await import('#phones/open-phones.ts');
  await using stack = new AsyncDisposableStack();
  const { phones } = stack.use(await openPhonesHere(context, record));
  if (!isPhoneWord(word) && !phones.some((phone) => isCalled(phone, word))) {
    if (phones.length > 0)
      context.screen.note(
        `No phone in sight is called "${shown(word)}": it is given back into a folder of that name.`,
      );
    return folder;
  }
  const { phone } = choosePhone(phones, word, world);
  const links = stack.move();
  return { kind: 'phone', phone, [Symbol.asyncDispose]: () => links.disposeAsync() };
}
