import type { Answer } from '@holdfast/contract/api';
import { addressOf, bytesAddress } from '#api/address.ts';
import { askEarly } from '#api/early.ts';

/** As the photos ask for it. */
const FIRST_SLICE = { from: 0, limit: 200 } as const;

/** Pictures that are on any screen: the browser has them, or has asked for them, when the grid wants them. */
const AT_THE_TOP = 12;

/** Addresses of a backup's photos, which `/backups/ID` leads to where there are any. */
const PHOTOS = /^\/backups\/([0-9a-f]{64})(?:\/photos)?\/?$/;

/** What the page of an address asks first; each answer would else wait for the one before it. */
interface FirstQuestions {
  readonly addresses: readonly string[];
  /** Where the newest photos are told. */
  readonly photos: string;
  readonly backup: string;
}

/** What the page of an address asks first; `undefined` where nothing waits for anything. */
export function firstQuestions(path: string): FirstQuestions | undefined {
  const [, backup] = PHOTOS.exec(path) ?? [];
  if (backup === undefined) return undefined;
  const params = { backup };
  const questions = [addressOf('session'), addressOf('contents', params), addressOf('days', params)];
  const photos = addressOf('media', params, FIRST_SLICE).address;
  return { addresses: questions.map(({ address }) => address), photos, backup };
}

/** Asks what the page of an address will ask, as soon as there is code to do it, and for the pictures that will be at its top. */
export function askFirst(path: string): void {
  const questions = firstQuestions(path);
  if (questions === undefined) return;
  const { addresses, photos, backup } = questions;
  const newest = askEarly(photos);
  for (const address of addresses) void askEarly(address);
  newest.then((response) => showSoon(response.clone(), backup)).catch(() => {});
}

async function showSoon(response: Response, backup: string): Promise<void> {
  if (!response.ok) return;
  const { media } = (await response.json()) as Answer<'media'>;
  for (const { entry } of media.slice(0, AT_THE_TOP))
    new Image().src = bytesAddress('thumbnail', { backup, entry });
}
