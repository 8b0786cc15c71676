import { resolve } from 'node:path';
import { withDigits } from '@holdfast/devices';
import type { SeenPhone } from '@holdfast/home/phones';
import { Failure, plainText } from '@holdfast/kernel';
import { CLI_FAILURES } from '#failures.ts';
import type { World } from '#world.ts';

/** Ids and addresses of phones: never meant as a folder. */
export const isPhoneWord = (word: string): boolean => /^android-[0-9a-f]{16}$|:\d{1,5}$/.test(word);

/** The phone that a word names, or without one the only phone. Fails with what to do about it: for a folder too where one can be named. */
export function choosePhone(
  phones: readonly SeenPhone[],
  word: string | undefined,
  world: World,
  { canBeFolder = true }: { readonly canBeFolder?: boolean } = {},
): SeenPhone & { kind: 'open' } {
  const named = word === undefined ? phones : phones.filter((phone) => isCalled(phone, word));
  const [phone, ...more] = named;
  if (phone === undefined) throw noPhone(phones, word, canBeFolder ? world : undefined);
  if (more.length > 0) throw tooMany(named);
  if (phone.kind === 'open') return phone;
  const { seen, failure } = phone;
  const { code, says, hint } = seen.state;
  throw failure ?? new Failure(code, says, { hint, retry: 'later', details: { address: seen.address } });
}

/** True when the phone has the name: its address, model, id, or what it is called, with or without what tells it apart. */
export function isCalled(phone: SeenPhone, word: string): boolean {
  const names = [phone.seen.address, phone.seen.model];
  if (phone.kind === 'open') {
    const { device, modelName } = phone.phone;
    names.push(device.id, device.name, withDigits(device), modelName);
  }
  return names.some((name) => name.toLowerCase() === word.toLowerCase());
}

function noPhone(phones: readonly SeenPhone[], word: string | undefined, world: World | undefined): Failure {
  if (word === undefined)
    return new Failure(CLI_FAILURES.noPhone, 'No phone is in sight', {
      hint: `Plug one in${world === undefined ? '' : ', or name a FOLDER'}; "holdfast help devices" says how to let a phone be seen.`,
      retry: 'later',
    });
  if (world === undefined || isPhoneWord(word))
    return new Failure(CLI_FAILURES.noPhone, `The phone ${plainText(word, 80)} is not in sight`, {
      hint:
        phones.length === 0
          ? 'Connect it, and unlock it; "holdfast help devices" says how to let a phone be seen.'
          : `Connect it, and unlock it. In sight: ${namesOf(phones)}.`,
      retry: 'later',
    });
  const path = plainText(resolve(world.cwd, word));
  const names = phones.length === 0 ? 'no phone is in sight' : 'no phone in sight has that name';
  return new Failure('devices/missing-folder', `There is no folder at ${path}, and ${names}`, {
    hint:
      phones.length === 0
        ? 'Correct the path, or connect the drive it is on, or the phone: "holdfast devices" lists those in sight.'
        : `Correct the path or the name, or connect the drive or the phone. In sight: ${namesOf(phones)}.`,
  });
}

function tooMany(phones: readonly SeenPhone[]): Failure {
  return new Failure(CLI_FAILURES.whichPhone, `${phones.length} phones are in sight`, {
    hint: `Name the one you mean: ${namesOf(phones)}.`,
  });
}

/** `Google Pixel 8 (android-0123456789abcdef)`, for each. */
function namesOf(phones: readonly SeenPhone[]): string {
  const names = phones.map((phone) =>
    phone.kind === 'open' ? `${phone.phone.device.name} (${phone.phone.device.id})` : phone.seen.address,
  );
  return names.map((name) => plainText(name, 80)).join(', ');
}
