import { addressOf } from '#api/address.ts';

/** As the photos ask for it. */
const FIRST_SLICE = { from: 0, limit: 200 } as const;

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
