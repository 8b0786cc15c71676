import { addressOf } from '#api/address.ts';
import { askEarly } from '#api/early.ts';

/** As the photos ask for it. */
const FIRST_SLICE = { from: 0, limit: 200 } as const;

/** Addresses of a backup's photos, which `/backups/ID` leads to where there are any. */
const PHOTOS = /^\/backups\/([0-9a-f]{64})(?:\/photos)?\/?$/;

/** What the page of an address asks first, by address; each answer would else wait for the one before it. */
export function firstQuestions(path: string): readonly string[] {
  const [, backup] = PHOTOS.exec(path) ?? [];
  if (backup === undefined) return [];
  const params = { backup };
  return [
    addressOf('session'),
    addressOf('contents', params),
    addressOf('days', params),
    addressOf('media', params, FIRST_SLICE),
  ].map(({ address }) => address);
}

/** Asks what the page of an address will ask, as soon as there is code to do it. */
export function askFirst(path: string): void {
  for (const address of firstQuestions(path)) askEarly(address);
}
