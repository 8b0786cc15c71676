import { generatedContent } from '../../content.ts';
import { nodeAt, type PhoneFile, phoneFile } from '../../tree.ts';
import { type Android, SDK } from '../android.ts';
import { makeFolder } from '../files.ts';
import { scan } from '../provider/media.ts';

const hex4 = (value: number): string => value.toString(16).padStart(4, '0');

/** A JPEG of noise with a frame of this size (ITU T.81, B.2.2), of so many bytes. */
function jpeg(width: number, height: number, sizeBytes: number): PhoneFile {
  const head = `ffd8ffe000104a46494600010100000100010000ffc0000b08${hex4(height)}${hex4(width)}01011100`;
  return phoneFile(generatedContent(width + height, sizeBytes, Uint8Array.fromHex(head)), {
    mtime: 1_773_000_000,
  });
}

const SHARED = '/storage/emulated/0';

/** Puts a file on shared storage; unless it is `hidden`, the index of media hears of it. */
function put(android: Android, path: string, file: PhoneFile, hidden?: 'hidden'): void {
  const slash = path.lastIndexOf('/');
  const root =
    android.closedStorage === undefined
      ? makeFolder(android.root, `${SHARED}/${path.slice(0, slash)}`)
      : makeFolder(android.closedStorage, `/${path.slice(0, slash)}`);
  root.entries.set(path.slice(slash + 1), file);
  if (hidden === undefined && nodeAt(android.root, SHARED) !== undefined)
    scan(android, 'external_primary', `${SHARED}/${path}`);
}

/** Files that Google Photos does not take, or does not see, each on shared storage as a person has them. */
export const ODD_FILES = {
  empty: (android: Android) => put(android, 'DCIM/Camera/IMG_20260301_100000.jpg', phoneFile('')),
  tooLarge: (android: Android) =>
    put(android, 'DCIM/Camera/IMG_20260301_100001.jpg', jpeg(12_000, 9000, 201 * 10 ** 6)),
  tooManyPixels: (android: Android) =>
    put(android, 'DCIM/Camera/PANO_20260301_100002.jpg', jpeg(24_000, 10_000, 30_000)),
  tooSmall: (android: Android) => put(android, 'DCIM/Camera/IMG_20260301_100003.jpg', jpeg(200, 180, 900)),
  otherType: (android: Android) =>
    put(android, 'DCIM/Camera/layers.psd', phoneFile(generatedContent(7, 40_000, new Uint8Array(0)))),
  broken: (android: Android) =>
    put(
      android,
      'DCIM/Camera/IMG_20260301_100004.jpg',
      phoneFile(generatedContent(8, 5000, new Uint8Array(0))),
    ),
  /** What an app has not finished writing: from Android 11 on it has another name until then. */
  pending: (android: Android) => {
    const name = 'IMG_20260301_100005.jpg';
    const isRenamed = SDK[android.release] >= 30;
    const path = `DCIM/Camera/${isRenamed ? `.pending-1774000000-${name}` : name}`;
    put(android, path, jpeg(4080, 3072, 8000), 'hidden');
    const columns =
      '_data, _size, _display_name, mime_type, media_type, width, height, relative_path, is_pending';
    android.database
      .prepare(
        `INSERT INTO files(${columns}) VALUES (?, 8000, ?, 'image/jpeg', 1, 4080, 3072, 'DCIM/Camera/', 1)`,
      )
      .run(`${SHARED}/${path}`, name);
  },
  unseen: (android: Android) => {
    android.hearsOfFiles = false;
    scan(android, 'external_primary');
    for (const at of [6, 7, 8])
      put(android, `DCIM/Camera/IMG_20260301_10000${at}.jpg`, jpeg(4080, 3072, 9000 + at), 'hidden');
  },
  /** Pictures that the phone does not count as such. */
  unlisted: (android: Android) => {
    for (const name of ['a.jxl', 'b.jp2', 'c.jfif', 'd.svg', 'e.avi.x3f'])
      put(android, `DCIM/Camera/${name}`, phoneFile(generatedContent(9, 4000, new Uint8Array(0))));
  },
  otherFolder: (android: Android) =>
    put(android, 'Pictures/Trips/IMG_20260301_100009.jpg', jpeg(4080, 3072, 9100)),
} as const;
