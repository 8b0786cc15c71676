import type { PhotosState, StatusFacts } from '../photos-facts.ts';

/** Words that the app shows for a state, English and German; the first row that fits counts. */
const WORDS: readonly (readonly [words: RegExp, state: PhotosState])[] = [
  [/preview quality|vorschauqualität/i, 'preview-only'],
  [
    /back-?\s?up is off|backup stopped|turn on back-?\s?up|sicherung (?:ist )?(?:aus|deaktiviert|beendet)|sicherung aktivieren/i,
    'backup-off',
  ],
  [/signed out|sign in to back up|abgemeldet|anmelden, um .*sichern/i, 'signed-out'],
  [/waiting for wi-?fi|waiting to connect to wi-?fi|warte[nt]? auf (?:ein )?wlan/i, 'waiting-for-wifi'],
  [/daily (?:data )?limit|data cap|tageslimit|tägliches (?:daten)?limit/i, 'daily-limit'],
  [
    /waiting for (?:a )?(?:network|connection)|no connection|offline|warte[nt]? auf (?:eine )?(?:netzwerk|verbindung)|keine verbindung/i,
    'waiting-for-connection',
  ],
  [
    /waiting to charge|waiting for power|wird beim aufladen|warte[nt]? (?:auf das|aufs) (?:auf)?laden|warte[nt]? auf strom/i,
    'waiting-to-charge',
  ],
  [
    /low battery|battery (?:is )?low|battery saver|akku (?:ist )?(?:fast leer|schwach)|akkustand (?:zu )?niedrig|niedriger akkustand/i,
    'battery-low',
  ],
  [/too hot|too warm|zu heiß|zu warm/i, 'too-hot'],
  [
    /storage (?:is )?(?:almost )?full|out of storage|speicher(?:platz)? (?:ist )?(?:fast )?voll|kein speicherplatz/i,
    'account-full',
  ],
  [/recalculating|wird neu berechnet/i, 'quota-recalculating'],
  [/compressing|komprimier/i, 'compressing'],
  [/waiting for sync|warte[nt]? auf (?:die )?synchronisierung/i, 'waiting-for-sync'],
  [/getting ready|preparing (?:to )?back-?\s?up|sicherung wird vorbereitet|vorbereitung/i, 'getting-ready'],
  [/back-?\s?up (?:is )?complete|all (?:photos )?backed up|sicherung abgeschlossen|alles gesichert/i, 'done'],
  [/backing up|wird gesichert|werden gesichert|sicherung läuft/i, 'backing-up'],
];

const LEFT = [
  /(\d[\d.,\u00a0\u202f ]*?) (?:items? |photos? |photos? and videos? )?(?:left|remaining|waiting)\b/i,
  /noch (\d[\d.,\u00a0\u202f ]*)/i,
  /(\d[\d.,\u00a0\u202f ]*?) (?:elemente? |fotos? )?(?:verbleib|übrig|ausstehend|warten)/i,
];

/** What the app's own words say: a state that we know, and how many are left. */
export function statusIn(texts: readonly string[]): StatusFacts {
  const text = texts.join('\n');
  const state = WORDS.find(([words]) => words.test(text))?.[1];
  const digits = LEFT.map((pattern) => pattern.exec(text)?.[1]?.replace(/\D/g, '')).find(Boolean);
  return {
    ...(state !== undefined && { state }),
    ...(digits !== undefined && digits.length < 10 && { left: Number(digits) }),
  };
}
