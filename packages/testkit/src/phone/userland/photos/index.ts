/**
 * Google Photos on a simulated phone: what it keeps to itself, what of the phone holds it back, and what it shows of that. It
 * moves when nothing holds it back, as the phone's clock goes or by `tick`.
 */
import type { Android } from '../android.ts';
import { blockedBy } from './app.ts';
import { catchUp, upload } from './queue.ts';

export { GOOGLE_PHOTOS, type Mending, type PhotosApp, type PhotosState, stateOf } from './app.ts';
export { PROVOCABLE, provoke } from './provoke.ts';
export { itemsLeft } from './queue.ts';
export { SCREENS } from './screen.ts';

/** Lets the app work for as long as so many items take, which it uses only where nothing holds it back. */
export function tick(android: Android, items = 1): void {
  const isBlocked = blockedBy(android) !== undefined;
  catchUp(android, isBlocked);
  if (!isBlocked) upload(android, items);
}
