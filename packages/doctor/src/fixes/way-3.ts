import { blockedOperations, photoPermissions, SPLIT_MEDIA } from '#photo-permissions.ts';
import { factOf, type PhotosFacts } from '#photos-facts.ts';
import type { FixEntry } from './fix-entry.ts';
import { appOr, cannot, change, guided, OPEN_PHOTOS, reversible, sdkOr, settingsScreen } from './recipes.ts';
import type { Step } from './step.ts';

const PERMISSION = 'android.permission.';

/** What each name of a permission or operation is to a person. */
const LETS: Readonly<Record<string, string>> = {
  READ_MEDIA_IMAGES: 'Let it read photos',
  READ_MEDIA_VIDEO: 'Let it read videos',
  READ_EXTERNAL_STORAGE: 'Let it read photos and videos',
  POST_NOTIFICATIONS: 'Let it show notifications',
  POST_NOTIFICATION: 'Let it show notifications',
};

/** Grants a permission. */
const grant = (name: string): Step =>
  change(LETS[name] ?? name, { kind: 'permission', name: PERMISSION + name }, 'granted');

/** Allows an operation. */
const allow = (op: string): Step => change(LETS[op] ?? op, { kind: 'app-op', op }, 'allow');

/** Way 3, what the app is allowed. */
export const PERMISSION_FIXES: readonly FixEntry[] = [
  {
    code: 'allow-photos',
    title: 'Let Google Photos see all photos and videos',
    explain: 'Grants the permission, as answering "Allow all" does. Undoing takes it away again.',
    recipe: (facts) =>
      appOr(facts, () =>
        sdkOr(facts, (sdk) => {
          const granted = factOf(facts, 'permissions')?.granted;
          const missing = photoPermissions(sdk).filter((name) => granted?.[PERMISSION + name] !== true);
          if (missing.length === 0) return cannot('Google Photos may see all photos and videos already.');
          return reversible(...missing.map(grant));
        }),
      ),
  },
  {
    code: 'allow-photo-operations',
    title: 'Lift the block on reading photos',
    explain:
      'The permission is granted, and below it Android or its maker blocks the operation. Undoing puts the block back.',
    recipe: (facts) =>
      appOr(facts, () => {
        const blocked = blockedOperations(facts);
        return blocked.length === 0
          ? cannot('Nothing blocks reading photos.')
          : reversible(...blocked.map(allow));
      }),
  },
  {
    code: 'allow-notifications',
    title: 'Let Google Photos show notifications',
    explain:
      'Without them the app cannot say what its backup is doing, and Android stops long work sooner. Undoing takes them away again.',
    recipe: (facts) =>
      appOr(facts, () =>
        sdkOr(facts, (sdk) => {
          const isAllowed =
            factOf(facts, 'permissions')?.granted[`${PERMISSION}POST_NOTIFICATIONS`] === true &&
            sdk >= SPLIT_MEDIA;
          if (isAllowed) return cannot('Google Photos may show notifications already.');
          return reversible(sdk >= SPLIT_MEDIA ? grant('POST_NOTIFICATIONS') : allow('POST_NOTIFICATION'));
        }),
      ),
  },
];

/** `UsageStatsManager.STANDBY_BUCKET_ACTIVE`, and one of those below. */
const ACTIVE = 10;
const RARELY = 40;

/** Way 3, the background and power. */
export const BACKGROUND_FIXES: readonly FixEntry[] = [
  {
    code: 'allow-background',
    title: 'Let Google Photos run in the background',
    explain: 'Lifts the restriction of the battery settings. Undoing restricts it again.',
    recipe: (facts) =>
      appOr(facts, () =>
        sdkOr(facts, (sdk) => {
          if (sdk < 24) return cannot('This Android restricts no app in the background.');
          if (factOf(facts, 'background') === 'allow')
            return cannot('Google Photos may run in the background already.');
          const op = sdk >= 28 ? 'RUN_ANY_IN_BACKGROUND' : 'RUN_IN_BACKGROUND';
          return reversible(change('Allow it to run in the background', { kind: 'app-op', op }, 'allow'));
        }),
      ),
  },
  {
    code: 'active-bucket',
    title: 'Count Google Photos as an app in use',
    explain:
      'Android lets apps that are hardly used run once a day or less. This puts it among those in use; Android sorts them anew as you use the phone. Undoing puts it back where it was.',
    recipe: (facts) =>
      appOr(facts, () =>
        sdkOr(facts, (sdk) => {
          if (sdk < 28) return cannot('Android before 9 does not sort apps by how often they are used.');
          if ((factOf(facts, 'standby-bucket') ?? RARELY) <= ACTIVE)
            return cannot('Google Photos counts as an app in use already.');
          return reversible(
            change('Put it among the apps in use', { kind: 'standby-bucket' }, String(ACTIVE)),
          );
        }),
      ),
  },
  {
    code: 'free-of-optimisation',
    title: 'Free Google Photos of battery optimisation',
    explain:
      'Then it may work also while the phone lies still. It may use more battery. Undoing puts it back.',
    recipe: (facts) =>
      appOr(facts, () =>
        factOf(facts, 'battery-optimisation')?.isExempt === true
          ? cannot('Battery optimisation leaves Google Photos alone already.')
          : reversible(change('Take it out of battery optimisation', { kind: 'idle-exemption' }, 'exempt')),
      ),
  },
  {
    code: 'battery-saver-off',
    title: 'Turn battery saver off',
    explain: 'Battery saver holds back what apps do in the background. Undoing turns it on again.',
    recipe: (facts) =>
      sdkOr(facts, (sdk) =>
        factOf(facts, 'battery-saver') === false
          ? cannot('Battery saver is off already.')
          : reversible(
              change(
                'Turn battery saver off',
                { kind: 'battery-saver', by: sdk >= 29 ? 'power' : 'setting' },
                'off',
              ),
            ),
      ),
  },
];

/** Way 3, the network and the clock. */
export const NETWORK_FIXES: readonly FixEntry[] = [
  {
    code: 'airplane-mode-off',
    title: 'Turn airplane mode off',
    explain: 'In airplane mode nothing leaves the phone. Undoing turns it on again.',
    recipe: (facts) =>
      sdkOr(facts, (sdk) => {
        if (factOf(facts, 'airplane-mode') === false) return cannot('Airplane mode is off already.');
        return sdk >= 30
          ? reversible(change('Turn airplane mode off', { kind: 'airplane-mode' }, 'off'))
          : guided(
              settingsScreen('AIRPLANE_MODE_SETTINGS'),
              'Switch airplane mode off. Before Android 11 a computer cannot.',
            );
      }),
  },
  {
    code: 'wifi-on',
    title: 'Turn Wi-Fi on',
    explain: 'The phone joins a network that it knows. Undoing turns Wi-Fi off again.',
    recipe: (facts) =>
      factOf(facts, 'wifi') === true
        ? cannot('Wi-Fi is on already.')
        : reversible(change('Turn Wi-Fi on', { kind: 'wifi' }, 'on')),
  },
  {
    code: 'data-saver-exempt',
    title: 'Let Google Photos use data although data saver is on',
    explain: 'Data saver stays on for all other apps. Undoing takes the exception away.',
    recipe: (facts) =>
      appOr(facts, ({ uid }) =>
        factOf(facts, 'data-saver')?.allowed.includes(uid) === true
          ? cannot('Google Photos may use data although data saver is on already.')
          : reversible(
              change(
                'Put it on the list of those that may use data',
                { kind: 'data-saver-list', list: 'whitelist', uid },
                'listed',
              ),
            ),
      ),
  },
  {
    code: 'allow-background-data',
    title: 'Let Google Photos use data in the background',
    explain: 'Takes it off the list of apps that may not. Undoing puts it back on.',
    recipe: (facts) =>
      appOr(facts, ({ uid }) =>
        factOf(facts, 'data-saver')?.denied.includes(uid) === false
          ? cannot('Nothing forbids Google Photos data in the background.')
          : reversible(
              change(
                'Take it off the list of those that may not use data in the background',
                { kind: 'data-saver-list', list: 'blacklist', uid },
                'not-listed',
              ),
            ),
      ),
  },
  {
    code: 'unmetered-wifi',
    title: 'Count this Wi-Fi as unmetered',
    explain:
      'Apps wait with large uploads on a network that may cost by the byte. Do this only where it does not. Undoing sets it back.',
    asks: 'ssid',
    recipe: (facts, { ssid }) =>
      sdkOr(facts, (sdk) => {
        const network = factOf(facts, 'network');
        if (network?.kind === 'network' && !network.isMetered)
          return cannot('The network in use is not metered.');
        if (sdk >= 30 && ssid !== undefined)
          return reversible(change('Count this Wi-Fi as unmetered', { kind: 'metered-wifi', ssid }, 'false'));
        return guided(
          settingsScreen('WIFI_SETTINGS'),
          'Tap the network in use, then "Network usage" or "Metered", and choose "Treat as unmetered".',
        );
      }),
  },
  {
    code: 'sign-in-to-network',
    title: 'Sign in to this Wi-Fi',
    explain: 'The network lets nobody through who has not signed in on its page, as hotels have it.',
    recipe: (facts) => {
      const network = factOf(facts, 'network');
      if (network?.kind === 'network' && !network.isCaptive)
        return cannot('The network in use asks nobody to sign in.');
      return guided(
        settingsScreen('WIFI_SETTINGS'),
        'Tap the network in use and sign in on its page, or choose another network.',
      );
    },
  },
  {
    code: 'allow-mobile-data',
    title: 'Let Google Photos use mobile data',
    explain: 'This may cost. Only the app itself can change it.',
    recipe: (facts) =>
      appOr(facts, () =>
        guided(
          OPEN_PHOTOS,
          'Tap your picture at the top right, then "Photos settings", "Backup", "Mobile data usage".',
          'Choose how much a day it may use, or connect the phone to a Wi-Fi.',
        ),
      ),
  },
  {
    code: 'vpn-off',
    title: 'Turn the VPN off for a while',
    explain: 'Some VPNs let large uploads through slowly or not at all, or count as metered.',
    recipe: (facts) => {
      const network = factOf(facts, 'network');
      if (network?.kind === 'network' && !network.isVpn) return cannot('No VPN is on.');
      return guided(
        settingsScreen('VPN_SETTINGS'),
        'Tap the VPN that is connected and disconnect it; turn it on again later.',
      );
    },
  },
  {
    code: 'automatic-clock',
    title: 'Let the network set the clock',
    explain:
      'With a wrong clock no encrypted connection can be made. Undoing leaves the time as the network set it.',
    recipe: (facts: PhotosFacts) =>
      factOf(facts, 'clock')?.isAutomatic === true
        ? cannot('The network sets the clock already.')
        : reversible(change('Let the network set the clock', { kind: 'setting', key: 'auto_time' }, '1')),
  },
  {
    code: 'auto-sync-on',
    title: 'Turn automatic sync on',
    explain: 'A computer cannot switch it: the right screen is opened, and you tap.',
    recipe: (facts) =>
      factOf(facts, 'auto-sync') === true
        ? cannot('Automatic sync is on already.')
        : guided(
            settingsScreen('SYNC_SETTINGS'),
            'Switch "Automatically sync app data" on; it may be in the menu at the top right.',
          ),
  },
];
