import type { Android } from '../android.ts';
import type { AndroidPackage } from '../package.ts';
import { freshPhotos, GOOGLE_PHOTOS, type Mending } from './app.ts';

function mend({ photos }: Android, ...by: Mending[]): void {
  if (photos.stuck !== undefined && by.includes(photos.stuck.mendedBy)) photos.stuck = undefined;
}

/** What clearing does to an app: its data takes its settings, what it waits to do and what it was allowed. */
export function clearApp(android: Android, found: AndroidPackage, isCacheOnly: boolean): void {
  android.happened.push(`${isCacheOnly ? 'cleared the cache of' : 'cleared'} ${found.name}`);
  if (!isCacheOnly) for (const name of found.permissions.keys()) found.permissions.set(name, false);
  if (found.name !== GOOGLE_PHOTOS) return;
  const { cloud, stuck } = android.photos;
  // What Google's side says, and what an update broke, is not in its data.
  if (!isCacheOnly) Object.assign(android.photos, { ...freshPhotos(), cloud, stuck });
  mend(android, 'cache', ...(isCacheOnly ? [] : (['data'] as const)));
}

/** Puts system apps back to how they came with the phone: this one, or without a name all of them. */
export function removeUpdates(android: Android, name: string | undefined): void {
  android.happened.push(`uninstalled updates of ${name ?? 'all system apps'}`);
  for (const each of android.packages.values()) {
    if (each.isUpdated !== true || (name !== undefined && each.name !== name)) continue;
    Object.assign(each, {
      isUpdated: false,
      versionCode: 1,
      versionName: '1.0-as-shipped',
      codePath: `/product/app/${each.name}`,
      files: ['base.apk'],
    });
    if (each.name === GOOGLE_PHOTOS) mend(android, 'update');
  }
}
