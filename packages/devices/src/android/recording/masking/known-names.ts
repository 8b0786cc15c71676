/** Words of a list, one space or more between them. */
export const wordsIn = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Names of files and folders that every phone, or an app that very many people have, makes: they say nothing of a person. */
export const KNOWN_NAMES: ReadonlySet<string> = new Set([
  '',
  '.',
  '..',
  '0',
  'WhatsApp Images',
  'WhatsApp Video',
  'WhatsApp Audio',
  'WhatsApp Documents',
  'WhatsApp Voice Notes',
  ...wordsIn(`
    storage emulated self primary sdcard mnt media_rw data user user_de local tmp system product vendor system_ext odm apex dev
    proc etc bin app priv-app base.apk lib oat android
    Alarms Android Audiobooks DCIM Documents Download Movies Music Notifications Pictures Podcasts Recordings Ringtones
    Camera Screenshots Facebook 100ANDRO 100MEDIA OpenCamera Restored obb media files cache
    .thumbnails .nomedia .trashed .Trash .pending .database_uuid LOST.DIR
    WhatsApp com.whatsapp com.whatsapp.w4b Media Databases Backups .Statuses Sent Private Telegram org.telegram.messenger
    Signal org.thoughtcrime.securesms MIUI ColorOS Samsung`),
]);

/** How names of apps and of their parts begin that come with a phone. */
export const KNOWN_PREFIXES: readonly string[] = [
  'android.',
  'androidx.',
  'com.android.',
  'com.google.android.',
  'com.samsung.android.',
  'com.sec.android.',
  'com.miui.',
  'com.xiaomi.',
  'com.coloros.',
  'com.oplus.',
  'com.oneplus.',
  'com.huawei.',
  'com.vivo.',
  'com.motorola.',
  'com.sonymobile.',
  'com.qualcomm.',
  'com.mediatek.',
  'java.',
  'javax.',
  'dalvik.',
  'libcore.',
];

/** Beginnings of names that cameras and messengers give, and the dot of what is hidden. */
export const NAME_BEGINNINGS: RegExp =
  /^(?:IMG|VID|PXL|DSC|AUD|PTT|DOC|PANO|MVIMG|Screenshot)[-_](?:WA)?|^\.?/;

/** Endings that say what a file is. */
export const FILE_ENDINGS: ReadonlySet<string> = wordsIn(`
  jpg jpeg png gif webp heic heif avif bmp tif tiff svg dng raw arw cr2 nef orf rw2
  mp4 m4v mov 3gp 3g2 mkv webm avi mpg mpeg ts mts m2ts wmv flv
  mp3 m4a aac ogg oga opus flac wav wma amr mid midi
  pdf txt doc docx xls xlsx ppt pptx odt ods odp rtf csv md html htm xml json epub
  zip rar 7z tar gz tgz apk apks xapk obb jar bin db sqlite crypt12 crypt14 crypt15 vcf ics ndjson log tmp bak nomedia thm lrv`);
