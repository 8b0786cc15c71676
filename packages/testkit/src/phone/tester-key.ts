import { type AdbKey, generateAdbKey } from '@holdfast/adb';

let key: AdbKey | undefined;

/** The key of whoever tests, by whom no phone is asked: the same one each time, as making one takes a while. */
export function testerKey(): AdbKey {
  key ??= generateAdbKey('tester@holdfast');
  return key;
}
