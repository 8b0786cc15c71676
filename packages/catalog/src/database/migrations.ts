/**
 * What brings a catalog from each version to the next: the first makes an empty file one of version 1.
 *
 * A released one is never changed; what is needed later is a new one at the end.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE devices (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    facts TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    device INTEGER NOT NULL,
    kind TEXT NOT NULL,
    began INTEGER NOT NULL,
    ended INTEGER,
    state TEXT NOT NULL,
    snapshot TEXT,
    proved TEXT,
    counts TEXT,
    before TEXT NOT NULL,
    failure TEXT
  ) STRICT;
  CREATE INDEX runs_by_device ON runs (device, began, number);
  CREATE INDEX runs_by_snapshot ON runs (snapshot) WHERE snapshot IS NOT NULL;

  CREATE TABLE folders (
    number INTEGER PRIMARY KEY,
    device INTEGER NOT NULL,
    path TEXT NOT NULL,
    parent INTEGER,
    is_made INTEGER NOT NULL,
    fingerprint TEXT,
    seen_in INTEGER NOT NULL,
    UNIQUE (device, path)
  ) STRICT;
  CREATE INDEX folders_by_parent ON folders (parent);

  -- Every item has exactly one standing: so it is in one state, for one reason, and is counted once.
  CREATE TABLE standings (
    number INTEGER PRIMARY KEY,
    device INTEGER NOT NULL,
    kind TEXT NOT NULL,
    is_gone INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    items INTEGER NOT NULL DEFAULT 0,
    UNIQUE (device, kind, is_gone, state, reason)
  ) STRICT;

  CREATE TABLE items (
    number INTEGER PRIMARY KEY,
    device INTEGER NOT NULL,
    folder INTEGER NOT NULL,
    path TEXT NOT NULL,
    standing INTEGER NOT NULL,
    title TEXT,
    size INTEGER,
    mtime_ns INTEGER,
    detail TEXT,
    since INTEGER NOT NULL,
    gone_since INTEGER,
    content BLOB,
    sha256 BLOB,
    receipt INTEGER,
    on_its_way_in INTEGER,
    UNIQUE (device, path)
  ) STRICT;
  CREATE INDEX items_by_standing ON items (standing, path);
  CREATE INDEX items_by_folder ON items (folder);
  CREATE INDEX items_on_their_way ON items (on_its_way_in, standing) WHERE on_its_way_in IS NOT NULL;

  CREATE TRIGGER item_came AFTER INSERT ON items BEGIN
    UPDATE standings SET items = items + 1 WHERE number = NEW.standing;
  END;
  CREATE TRIGGER item_moved AFTER UPDATE OF standing ON items WHEN OLD.standing <> NEW.standing BEGIN
    UPDATE standings SET items = items - 1 WHERE number = OLD.standing;
    UPDATE standings SET items = items + 1 WHERE number = NEW.standing;
  END;
  CREATE TRIGGER item_went AFTER DELETE ON items BEGIN
    UPDATE standings SET items = items - 1 WHERE number = OLD.standing;
  END;

  CREATE TABLE alarms (
    device INTEGER NOT NULL,
    kind TEXT NOT NULL,
    before INTEGER NOT NULL,
    run INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (device, kind)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
