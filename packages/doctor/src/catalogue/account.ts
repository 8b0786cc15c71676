import { factOf } from '../photos-facts.ts';
import { entry, when } from './entry.ts';

/** About accounts. */
export const ACCOUNT_COMPLAINTS = [
  entry({
    code: 'no-account',
    severity: 'blocking',
    title: 'There is no Google account on the phone',
    seen: (facts) => when(factOf(facts, 'accounts')?.google === 0),
    explain: () => 'No Google account is signed in on this phone, so there is nowhere to back up to.',
    fix: () => 'Settings → Passwords & accounts → Add account → Google.',
    hiddenBehind: ['phone-sealed'],
    probes: ['accounts'],
    fixes: ['add-account'],
  }),
  entry({
    code: 'auto-sync-off',
    severity: 'warning',
    title: 'Syncing by itself is switched off',
    seen: (facts) => when(factOf(facts, 'auto-sync') === false),
    explain: () =>
      'The phone does not sync accounts by itself. Google Photos may then wait until it is opened, or say “Waiting for sync”.',
    fix: () =>
      'Settings → Passwords & accounts → Automatically sync app data. Only you can switch it; the page can be opened from here.',
    hiddenBehind: ['no-account'],
    probes: ['auto-sync'],
    fixes: ['auto-sync-on'],
  }),
];
