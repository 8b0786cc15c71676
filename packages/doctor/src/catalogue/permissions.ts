import { BLOCKING_MODES, blockedOperations, SPLIT_MEDIA } from '../photo-permissions.ts';
import { factOf, type PhotoAccess, type PhotosFacts } from '../photos-facts.ts';
import { APP_GONE, entry, when } from './entry.ts';

const hasAccess = (facts: PhotosFacts, access: PhotoAccess): true | undefined =>
  when(factOf(facts, 'permissions')?.access === access);

const PLACE = 'Settings → Apps → Google Photos → Permissions → Photos and videos';

/** Operations of reading photos that are switched off, though the permission is granted. */
function blockedBehind(facts: PhotosFacts): readonly string[] | undefined {
  const blocked = factOf(facts, 'permissions')?.access === 'all' ? blockedOperations(facts) : [];
  return blocked.length > 0 ? blocked : undefined;
}

/** About what the app is allowed. */
export const PERMISSION_COMPLAINTS = [
  entry({
    code: 'no-photo-access',
    severity: 'blocking',
    title: 'Google Photos may not see your photos',
    seen: (facts) => hasAccess(facts, 'none'),
    explain: () => 'Google Photos has no permission to read photos and videos, so it finds none to back up.',
    fix: () => `Allow it: ${PLACE} → Allow all. It can be done from here.`,
    hiddenBehind: APP_GONE,
    probes: ['permissions'],
    fixes: ['allow-photos'],
  }),
  entry({
    code: 'selected-photos-only',
    severity: 'blocking',
    title: 'Google Photos may see only photos you picked',
    seen: (facts) => hasAccess(facts, 'selected'),
    explain: () =>
      'You, or somebody, chose “Select photos” when the phone asked. Google Photos sees those few and none of the others, nor any new one.',
    fix: () => `Allow all of them: ${PLACE} → Allow all. It can be done from here.`,
    hiddenBehind: APP_GONE,
    probes: ['permissions'],
    fixes: ['allow-photos'],
  }),
  entry({
    code: 'videos-not-allowed',
    severity: 'blocking',
    title: 'Google Photos may not see your videos',
    seen: (facts) => hasAccess(facts, 'photos-only'),
    explain: () => 'Google Photos may read photos but no videos, so your videos are not backed up.',
    fix: () => `Allow both: ${PLACE} → Allow all. It can be done from here.`,
    hiddenBehind: APP_GONE,
    probes: ['permissions'],
    fixes: ['allow-photos'],
  }),
  entry({
    code: 'photos-not-allowed',
    severity: 'blocking',
    title: 'Google Photos may see only your videos',
    seen: (facts) => hasAccess(facts, 'videos-only'),
    explain: () => 'Google Photos may read videos but no photos, so your photos are not backed up.',
    fix: () => `Allow both: ${PLACE} → Allow all. It can be done from here.`,
    hiddenBehind: APP_GONE,
    probes: ['permissions'],
    fixes: ['allow-photos'],
  }),
  entry({
    code: 'photo-access-blocked',
    severity: 'blocking',
    title: 'A hidden switch keeps Google Photos from your photos',
    seen: blockedBehind,
    explain: (names) =>
      `Google Photos has the permission, but a switch behind it is off (${names.join(', ')}). Privacy tools and some makers’ security apps turn it, and then the app finds no photos and is not told why.`,
    fix: () => 'Have the switch put back from here, or in the privacy or security app of the phone.',
    hiddenBehind: APP_GONE,
    probes: ['app-ops', 'permissions'],
    fixes: ['allow-photo-operations'],
  }),
  entry({
    code: 'notifications-blocked',
    severity: 'info',
    title: 'Google Photos may not notify you',
    seen: (facts) => {
      const { sdk = 0 } = factOf(facts, 'android') ?? {};
      const granted = factOf(facts, 'permissions')?.granted['android.permission.POST_NOTIFICATIONS'];
      const mode = factOf(facts, 'app-ops')?.['POST_NOTIFICATION'] ?? '';
      return when(sdk >= SPLIT_MEDIA ? granted === false : BLOCKING_MODES.has(mode));
    },
    explain: () =>
      'Google Photos may not show notifications, so you do not see when it stops, nor why. It backs up all the same.',
    fix: () => 'Allow notifications: Settings → Apps → Google Photos → Notifications.',
    hiddenBehind: APP_GONE,
    probes: ['permissions', 'app-ops'],
    fixes: ['allow-notifications'],
  }),
];
