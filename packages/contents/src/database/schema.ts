import { ITEM_TYPES } from '@holdfast/contract';

/** Version of the index: one of another version is made again. Numbers of entries are the same as long as it is. */
export const INDEX_VERSION = 4;

/** What an entry is, by its number in the column `what`. */
export const WHAT = { folder: 0, file: 1, link: 2, special: 3, record: 4 } as const;

/** Photos and videos together, photos, videos: each has places of its own in `place`. */
export const PLACES = { all: 0, photo: 1, video: 2 } as const;

/** The table that finds what is of a type, by its number. */
export const findTable = (type: number): string => `find_${ITEM_TYPES[type]}`;

/**
 * The tables. Texts are as `storedText` has them, times milliseconds since 1970, kinds, types and the like numbers of their lists.
 *
 * Entries are numbered folder by folder, the outer ones first, those of a folder in the order of its tree and one after another; then come the
 * records. `age` is what clocks showed when it was taken, negative: the newest first; `ahead`, by how many minutes
 * they were ahead of UTC; `named`, whether its name says on what day. `items` are files in a folder at any depth, `leaves` all that is no folder. `content` is a file's blobs, a folder's tree, a record's key.
 */
export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
  n INTEGER PRIMARY KEY, parent INTEGER NOT NULL, name TEXT NOT NULL, what INTEGER NOT NULL,
  kind INTEGER, type INTEGER, size INTEGER, mtime INTEGER, content BLOB
);
CREATE INDEX entry_listed ON entry (parent, (what > 0), name COLLATE NOCASE, n) WHERE what < 4;
CREATE TABLE folder (
  n INTEGER PRIMARY KEY, path TEXT NOT NULL, depth INTEGER NOT NULL,
  first INTEGER NOT NULL DEFAULT 0, count INTEGER NOT NULL DEFAULT 0, items INTEGER NOT NULL DEFAULT 0,
  leaves INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE made (n INTEGER PRIMARY KEY);
CREATE TABLE media (n INTEGER PRIMARY KEY, age INTEGER NOT NULL, ahead INTEGER NOT NULL, kind INTEGER NOT NULL, named INTEGER NOT NULL);
CREATE INDEX media_age ON media (age, n);
CREATE TABLE place (list INTEGER, place INTEGER, n INTEGER NOT NULL, PRIMARY KEY (list, place)) WITHOUT ROWID;
CREATE TABLE day (list INTEGER, day TEXT, start INTEGER NOT NULL, items INTEGER NOT NULL, PRIMARY KEY (list, start)) WITHOUT ROWID;
CREATE TABLE thread (
  t INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, people TEXT NOT NULL,
  messages INTEGER NOT NULL DEFAULT 0, last INTEGER NOT NULL DEFAULT 0, snippet TEXT NOT NULL DEFAULT ''
);
CREATE INDEX thread_last ON thread (last, t);
CREATE TABLE message (
  n INTEGER PRIMARY KEY, thread INTEGER NOT NULL, time INTEGER NOT NULL, own INTEGER NOT NULL,
  sender TEXT, note TEXT, text TEXT NOT NULL, attachments TEXT
);
CREATE INDEX message_thread ON message (thread, time, n);
CREATE TABLE record (
  n INTEGER PRIMARY KEY, type INTEGER NOT NULL, sort NOT NULL, subtitle TEXT NOT NULL, time INTEGER, number TEXT,
  fields TEXT NOT NULL
);
CREATE INDEX record_sort ON record (type, sort, n);
CREATE TABLE known_number (tail TEXT, digits TEXT, name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (tail, digits, n)) WITHOUT ROWID;
CREATE TABLE total (type INTEGER PRIMARY KEY, items INTEGER NOT NULL, bytes INTEGER NOT NULL);
${ITEM_TYPES.map((_, type) => `CREATE VIRTUAL TABLE ${findTable(type)} USING fts5(text, content='', tokenize="unicode61 remove_diacritics 0", prefix='1 2 3');`).join('\n')}
`;
