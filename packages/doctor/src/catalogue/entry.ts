import type { ComplaintCode } from '../complaint-code.ts';
import type { ComplaintEntry } from './complaint-entry.ts';

/** What most entries need not say. */
type Usual = 'hiddenBehind' | 'visibleAfter';

/** At once. */
const AT_ONCE = Temporal.Duration.from({ seconds: 0 });

/** An entry of the catalogue; it hides behind nothing and shows at once where it does not say otherwise. */
export function entry<Seen>(
  given: Omit<ComplaintEntry<Seen>, Usual> & Partial<Pick<ComplaintEntry<Seen>, Usual>>,
): ComplaintEntry {
  const whole: ComplaintEntry<Seen> = { hiddenBehind: [], visibleAfter: AT_ONCE, ...given };
  // Only what an entry's own `seen` gives is ever handed to its texts.
  return whole as ComplaintEntry;
}

/** What was seen, where it is so; for entries that are about nothing but that. */
export const when = (isSo: boolean | undefined): true | undefined => (isSo === true ? true : undefined);

/** Without the app there is nothing else to say of it. */
export const APP_GONE: readonly ComplaintCode[] = ['app-missing', 'app-removed-for-user'];

/** While it is so the app does nothing at all. */
export const APP_ASLEEP: readonly ComplaintCode[] = [
  ...APP_GONE,
  'app-disabled',
  'app-hidden',
  'app-suspended',
  'app-stopped',
];

/** Why there may be no network for the app. */
export const NO_NETWORK: readonly ComplaintCode[] = [
  'airplane-mode',
  'offline',
  'captive-network',
  'clock-wrong',
  'network-not-working',
];

/** Why a network that works may not do. */
export const COSTLY_NETWORK: readonly ComplaintCode[] = [
  'background-data-denied',
  'roaming',
  'mobile-data-only',
  'metered-wifi',
  'data-saver',
];
