import { type Android, SDK } from '../android.ts';
import { blockedBy, GOOGLE_PHOTOS, photosPackage, stateOf } from './app.ts';
import { catchUp, itemsLeft } from './queue.ts';
import { SAID_IN_NOTIFICATION, wordsOf } from './words.ts';

/** Lines of `dumpsys notification`; texts of extras are there with `--noredact` only (AOSP NotificationRecord.java). */
export function notificationLines(android: Android, isRedacted: boolean): string[] {
  catchUp(android, blockedBy(android) !== undefined);
  return [
    'Current Notification Manager state:',
    '  Notification attention state:',
    '    mNotificationList:',
    '  Notification List:',
    ...record(android, 'android', 1000, 26, 'alert', isRedacted, [
      ['android.title', 'USB debugging connected'],
      ['android.text', 'Tap to turn off USB debugging'],
    ]),
    ...ofPhotos(android, isRedacted),
    '  ',
    '  mArchive=Archive (2 notifications)',
    '  Snoozed notifications:',
    '  Ranking Config:',
    `    AppSettings: ${GOOGLE_PHOTOS} (${android.packages.get(GOOGLE_PHOTOS)?.appId ?? 0}) importance=NONE userSet=false`,
  ];
}

function ofPhotos(android: Android, isRedacted: boolean): string[] {
  const found = photosPackage(android);
  const state = stateOf(android);
  const isSilenced =
    SDK[android.release] >= 33 && found?.permissions.get('android.permission.POST_NOTIFICATIONS') === false;
  if (found === undefined || isSilenced || !SAID_IN_NOTIFICATION.has(state)) return [];
  const left = itemsLeft(android).length;
  const [title, text] = wordsOf(android, state, left) ?? ['', ''];
  const done = android.photos.uploaded.size;
  return record(android, GOOGLE_PHOTOS, found.appId, 2131, 'backup', isRedacted, [
    ['android.title', title],
    ['android.subText', undefined],
    ['android.text', text === '' ? undefined : text],
    ['android.progress', state === 'backing_up' ? done : 0],
    ['android.progressMax', state === 'backing_up' ? done + left : 0],
    ['android.progressIndeterminate', false],
  ]);
}

type Extra = readonly [key: string, value: string | number | boolean | undefined];

function record(
  { release, vendor }: Android,
  name: string,
  uid: number,
  id: number,
  channel: string,
  isRedacted: boolean,
  extras: readonly Extra[],
): string[] {
  const key = `0|${name}|${id}|null|${uid}`;
  const body =
    release <= 10
      ? `channel=${channel} pri=-1 contentView=null vibrate=null sound=null defaults=0x0 flags=0x2a color=0xff4285f4 vis=PRIVATE`
      : `channel=${channel} shortcut=null contentView=null vibrate=null sound=null defaults=0x0 flags=0x2a color=0xff4285f4 category=progress vis=PRIVATE`;
  return [
    `    NotificationRecord(0x0${(id * 7919).toString(16)}: pkg=${name} user=UserHandle{0} id=${id} tag=null importance=2 key=${key}: Notification(${body}))`,
    `      uid=${uid} userId=0`,
    `      opPkg=${name}`,
    `      icon=Icon(typ=RESOURCE pkg=${name} id=0x7f08034f)`,
    '      flags=0x2a',
    '      pri=-1',
    `      key=${key}`,
    '      seen=true',
    ...(vendor === 'xiaomi' ? ['      mMiuiNotification: targetPkg=null, floatTime=5000'] : []),
    ...(vendor === 'samsung' ? ['      semFlags=0x0', '      semPriority=0'] : []),
    '      extras={',
    ...extras.map(([extra, value]) => `          ${extra}=${valueText(value, isRedacted)}`),
    '          android.showWhen=Boolean (false)',
    '      }',
    '      stats=SingleNotificationStats{posttimeElapsedMs=81237, firstExpansion=-1}',
  ];
}

function valueText(value: Extra[1], isRedacted: boolean): string {
  if (value === undefined) return 'null';
  if (typeof value === 'number') return `Integer (${value})`;
  if (typeof value === 'boolean') return `Boolean (${value})`;
  return isRedacted ? `String [length=${value.length}]` : `String (${value})`;
}
