import type { Android } from '../android.ts';
import type { PhotosState } from './app.ts';

type Language = 'en' | 'de';
type Pair = readonly [title: string, description: string];

/** What the app shows of a state; what it has no words for is not here. Of `#` in them, how many items are left. */
const WORDS: Readonly<Partial<Record<PhotosState, Readonly<Record<Language, Pair>>>>> = {
  backup_off: {
    en: ['Backup is off', 'Turn on backup to keep photos safe'],
    de: ['Sicherung ist deaktiviert', 'Sicherung aktivieren, damit Fotos sicher sind'],
  },
  signed_out: {
    en: ['Sign in to back up', 'No account'],
    de: ['Anmelden, um Fotos zu sichern', 'Kein Konto'],
  },
  permission: {
    en: ['Backup paused', 'Allow access to photos and videos'],
    de: ['Sicherung pausiert', 'Zugriff auf Fotos und Videos erlauben'],
  },
  getting_ready: {
    en: ['Getting ready to back up', ''],
    de: ['Sicherung wird vorbereitet', ''],
  },
  cloud_sync_pending: {
    en: ['Waiting for sync', ''],
    de: ['Warten auf Synchronisierung', ''],
  },
  video_compression: {
    en: ['Backup paused', 'Compressing videos · # left'],
    de: ['Sicherung pausiert', 'Videos werden komprimiert · Noch #'],
  },
  wifi_wait: {
    en: ['Waiting for Wi-Fi', '# left'],
    de: ['Warten auf WLAN', 'Noch #'],
  },
  data_cap: {
    en: ['Daily limit reached', '# left'],
    de: ['Tageslimit erreicht', 'Noch #'],
  },
  network_wait: {
    en: ['Waiting for connection', '# left'],
    de: ['Warten auf Verbindung', 'Noch #'],
  },
  offline: {
    en: ['Waiting for connection', '# left'],
    de: ['Warten auf Verbindung', 'Noch #'],
  },
  power_wait: {
    en: ['Waiting to charge', '# left'],
    de: ['Wartet auf das Aufladen', 'Noch #'],
  },
  battery_low: {
    en: ['Backup paused', 'Battery is low'],
    de: ['Sicherung pausiert', 'Akku ist fast leer'],
  },
  too_hot: {
    en: ['Backup paused', 'Phone is too hot'],
    de: ['Sicherung pausiert', 'Smartphone ist zu heiß'],
  },
  account_full: {
    en: ['Account storage is full', 'Backup has stopped'],
    de: ['Kontospeicher ist voll', 'Sicherung wurde gestoppt'],
  },
  quota_recalculating: {
    en: ['Backup paused', 'Recalculating storage'],
    de: ['Sicherung pausiert', 'Speicherplatz wird neu berechnet'],
  },
  preview_quality: {
    en: ['Backed up in preview quality', '# waiting for Wi-Fi'],
    de: ['In Vorschauqualität gesichert', '# warten auf WLAN'],
  },
  backing_up: {
    en: ['Backing up', '# left'],
    de: ['Wird gesichert', 'Noch #'],
  },
  done: {
    en: ['Backup complete', ''],
    de: ['Sicherung abgeschlossen', ''],
  },
};

/** States that put a message among the notifications; the others say nothing there. */
export const SAID_IN_NOTIFICATION: ReadonlySet<PhotosState> = new Set<PhotosState>([
  'backup_off',
  'permission',
  'video_compression',
  'wifi_wait',
  'data_cap',
  'network_wait',
  'offline',
  'power_wait',
  'battery_low',
  'too_hot',
  'account_full',
  'quota_recalculating',
  'preview_quality',
  'backing_up',
]);

/** The language of its screens: German, or English for everyone else. */
export const languageOf = ({ properties }: Android): Language =>
  properties.get('persist.sys.locale')?.startsWith('de') === true ? 'de' : 'en';

/** Title and description of a state, as this phone shows them. */
export function wordsOf(android: Android, state: PhotosState, left: number): Pair | undefined {
  const language = languageOf(android);
  // Older versions of the app have another title for it.
  if (state === 'getting_ready' && android.release <= 10 && language === 'en')
    return ['Preparing backup', ''];
  const found = WORDS[state]?.[language];
  return found === undefined ? undefined : [found[0], found[1].replace('#', String(left))];
}
