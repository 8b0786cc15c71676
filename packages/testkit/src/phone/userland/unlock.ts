import { nodeAt } from '../tree.ts';
import type { Android } from './android.ts';

/** A phone after a start, before its owner has unlocked it once: shared storage and most providers are not there. */
export function lockPhone(android: Android): void {
  const emulated = nodeAt(android.root, '/storage/emulated');
  const own = emulated?.kind === 'folder' ? emulated.entries.get('0') : undefined;
  if (emulated?.kind === 'folder' && own?.kind === 'folder') {
    android.closedStorage = own;
    emulated.entries.delete('0');
  }
  android.isUnlocked = false;
  android.isScreenLocked = true;
  android.inFront = 'launcher';
  // Leave to write messages is given over ADB until then.
  for (const key of android.appOps.keys()) if (key.endsWith(' WRITE_SMS')) android.appOps.delete(key);
  if (android.photos.stuck?.mendedBy === 'restart') android.photos.stuck = undefined;
  android.properties.set('sys.user.0.ce_available', 'false');
}

/** What its owner does then. */
export function unlockPhone(android: Android): void {
  const emulated = nodeAt(android.root, '/storage/emulated');
  if (emulated?.kind === 'folder' && android.closedStorage !== undefined)
    emulated.entries.set('0', android.closedStorage);
  android.closedStorage = undefined;
  android.isUnlocked = true;
  android.isScreenLocked = false;
  android.isScreenOn = true;
  android.properties.set('sys.user.0.ce_available', 'true');
}
