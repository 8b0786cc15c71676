import type { Android } from '../android.ts';
import { blockedBy, GOOGLE_PHOTOS, stateOf } from './app.ts';
import { catchUp, itemsLeft } from './queue.ts';
import { languageOf, wordsOf } from './words.ts';

/** Screens of the app, as `inFront` names them. */
export const SCREENS = {
  photos: GOOGLE_PHOTOS,
  /** What the account's picture opens: the status of backing up. */
  account: `${GOOGLE_PHOTOS} account`,
  settings: `${GOOGLE_PHOTOS} settings`,
  folders: `${GOOGLE_PHOTOS} folders`,
} as const;

const TEXTS = {
  en: {
    account: 'Signed in as',
    nobody: 'Account and settings.',
    backup: 'Backup',
    mobile: 'Use mobile data',
    folders: 'Back up device folders',
    photos: 'Photos',
    settings: 'Settings',
    locked: 'Swipe up to unlock',
  },
  de: {
    account: 'Angemeldet als',
    nobody: 'Konto und Einstellungen.',
    backup: 'Sicherung',
    mobile: 'Mobile Daten verwenden',
    folders: 'Geräteordner sichern',
    photos: 'Fotos',
    settings: 'Einstellungen',
    locked: 'Zum Entsperren nach oben wischen',
  },
} as const;

interface Node {
  readonly id?: string;
  readonly text?: string;
  readonly description?: string;
  readonly kind?: string;
  readonly isChecked?: boolean;
}

/** What `uiautomator dump` writes; `undefined` while the screen is dark. */
export function screenXml(android: Android): string | undefined {
  if (!android.isScreenOn) return undefined;
  catchUp(android, blockedBy(android) !== undefined);
  const name = android.isScreenLocked ? 'com.android.systemui' : (android.inFront.split(' ')[0] ?? '');
  const nodes = android.isScreenLocked
    ? [{ id: 'keyguard_indication_text', text: TEXTS[languageOf(android)].locked }]
    : nodesOf(android);
  const inner = nodes.map((node, at) => nodeXml(name, node, at)).join('');
  return `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="0"><node index="0" text="" resource-id="" class="android.widget.FrameLayout" package="${name}" content-desc="" checkable="false" checked="false" clickable="false" enabled="true" focusable="false" focused="false" scrollable="false" long-clickable="false" password="false" selected="false" bounds="[0,0][1080,2400]">${inner}</node></hierarchy>`;
}

function nodesOf(android: Android): Node[] {
  const { inFront, photos } = android;
  const texts = TEXTS[languageOf(android)];
  const state = stateOf(android);
  const [title = '', description = ''] = wordsOf(android, state, itemsLeft(android).length) ?? [];
  switch (inFront) {
    case SCREENS.photos: {
      const who = photos.account === undefined ? texts.nobody : `${texts.account} ${photos.account}`;
      return [
        { id: 'tab_photos', text: texts.photos },
        { id: 'selected_account_disc', description: title === '' ? who : `${who}\n${title}` },
      ];
    }
    case SCREENS.account:
      return [
        { id: 'selected_account_disc', description: photos.account ?? texts.nobody },
        ...(photos.account === undefined ? [] : [{ id: 'account_name', text: photos.account }]),
        ...(title === '' ? [] : [{ id: 'photos_autobackup_particle_status_title', text: title }]),
        ...(description === ''
          ? []
          : [{ id: 'photos_autobackup_particle_status_description', text: description }]),
      ];
    case SCREENS.settings:
      return [
        ...switchOf(texts.backup, photos.account ?? '', photos.isBackupOn),
        ...switchOf(texts.mobile, '', photos.usesMobileData),
        { id: 'title', text: texts.folders },
      ];
    case SCREENS.folders:
      return [...foldersOf(android)].flatMap(([name, isOn]) => switchOf(name, '', isOn));
    default:
      return [{ id: 'title', text: inFront === 'com.android.settings' ? texts.settings : 'Home' }];
  }
}

/** Folders with pictures, by the name that shows, and whether they are selected. The camera's own has no switch. */
function foldersOf({ database, photos }: Android): Map<string, boolean> {
  const rows = database
    .prepare(
      `SELECT DISTINCT bucket_display_name AS name, relative_path AS path FROM files
       WHERE media_type IN (1, 3) AND relative_path NOT LIKE 'DCIM/Camera/%' ORDER BY path`,
    )
    .all();
  return new Map(
    rows.map(({ name, path }) => [
      String(name),
      [...photos.folders].some((folder) => String(path).startsWith(folder)),
    ]),
  );
}

const switchOf = (title: string, summary: string, isChecked: boolean): Node[] => [
  { id: 'title', text: title },
  { id: 'summary', text: summary },
  { id: 'switchWidget', kind: 'android.widget.Switch', isChecked },
];

function nodeXml(name: string, { id, text, description, kind, isChecked }: Node, at: number): string {
  const y = 200 + at * 120;
  return `<node index="${at}" text="${escaped(text)}" resource-id="${id === undefined ? '' : `${name}:id/${id}`}" class="${kind ?? 'android.widget.TextView'}" package="${name}" content-desc="${escaped(description)}" checkable="${isChecked !== undefined}" checked="${isChecked === true}" clickable="true" enabled="true" focusable="true" focused="false" scrollable="false" long-clickable="false" password="false" selected="false" bounds="[40,${y}][1040,${y + 100}]" />`;
}

/** As Android's serializer writes attributes. */
const escaped = (text = ''): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
