import type { Answer } from '@holdfast/contract/api';
import { bytesAddress } from '#api/address.ts';
import { askEarly } from '#api/early.ts';
import { firstQuestions } from './first-questions.ts';

/** Pictures that are on any screen: the browser has them, or has asked for them, when the grid wants them. */
const AT_THE_TOP = 12;

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
  for (const { entry } of media.slice(0, AT_THE_TOP)) {
    const picture = new Image();
    // Before those further down, which the grid asks for too.
    picture.fetchPriority = 'high';
    picture.src = bytesAddress('thumbnail', { backup, entry });
  }
}
