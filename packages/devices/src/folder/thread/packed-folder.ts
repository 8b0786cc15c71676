import type {
  EntryColumns,
  FolderTotals,
  SourceEntry,
  SourceFile,
  SourceFolder,
  SourceLink,
  SourceProblem,
  SourceSpecial,
  SourceSubfolder,
} from '#source.ts';

/** A folder's listing in columns: it crosses threads without being copied, and waits in a tenth of the memory. */
export interface PackedFolder extends EntryColumns {
  readonly path: string;
  readonly facts: SourceSubfolder;
  readonly problem: SourceProblem | undefined;
  readonly totals: FolderTotals;
  /** All that are neither files nor subfolders and stand in no column, each with its place among all entries; in order. */
  readonly others: readonly (readonly [number, SourceLink | SourceSpecial | SourceProblem])[];
}

const WIDE = 5;
const NARROW = 4;

/** Bits of a mode that say what kind of thing it is, and a folder's value (inode(7)). */
const KIND_BITS = 0o170000;
const FOLDER = 0o040000;

/** The folder in columns. Its files and subfolders have every fact there is, as all on Unix have. */
export function packFolder({ path, facts, problem, totals, entries }: SourceFolder): PackedFolder {
  const wide = new BigInt64Array(totals.entries * WIDE);
  const narrow = new Uint32Array(totals.entries * NARROW);
  const others: [number, SourceLink | SourceSpecial | SourceProblem][] = [];
  const names: string[] = [];
  let packed = 0;
  let place = 0;
  for (const entry of entries) {
    if (entry.kind === 'file' || entry.kind === 'folder') {
      names.push(entry.name);
      const wideAt = packed * WIDE;
      wide[wideAt] = entry.mtimeNs;
      wide[wideAt + 1] = entry.ctimeNs ?? 0n;
      wide[wideAt + 2] = entry.inode ?? 0n;
      wide[wideAt + 3] = entry.deviceId ?? 0n;
      wide[wideAt + 4] = entry.kind === 'file' ? BigInt(entry.sizeBytes) : 0n;
      const narrowAt = packed * NARROW;
      narrow[narrowAt] = entry.mode;
      narrow[narrowAt + 1] = entry.uid;
      narrow[narrowAt + 2] = entry.gid;
      narrow[narrowAt + 3] = entry.links ?? 1;
      packed += 1;
    } else {
      others.push([place, entry]);
    }
    place += 1;
  }
  return {
    path,
    facts,
    problem,
    totals,
    names: names.map((name) => `${name}\0`).join(''),
    wide: packed === totals.entries ? wide : wide.slice(0, packed * WIDE),
    narrow: packed === totals.entries ? narrow : narrow.slice(0, packed * NARROW),
    others,
  };
}

/** The folder again; its entries are made anew each time they are gone through. */
export function unpackFolder(packed: PackedFolder): SourceFolder {
  const { path, facts, problem, totals, others } = packed;
  const entries = { [Symbol.iterator]: () => entriesOf(packed) };
  return {
    path,
    facts,
    totals,
    entries,
    ...(others.length === 0 && { columns: packed }),
    ...(problem !== undefined && { problem }),
  };
}

function* entriesOf({ names, wide, narrow, others, totals }: PackedFolder): Generator<SourceEntry> {
  let nextOther = 0;
  let packed = 0;
  let from = 0;
  for (let place = 0; place < totals.entries; place++) {
    const other = others[nextOther];
    if (other?.[0] === place) {
      nextOther += 1;
      yield other[1];
      continue;
    }
    const to = names.indexOf('\0', from);
    const name = names.slice(from, to);
    from = to + 1;
    yield entryAt(name, wide, packed * WIDE, narrow, packed * NARROW);
    packed += 1;
  }
}

function entryAt(
  name: string,
  wide: BigInt64Array,
  wideAt: number,
  narrow: Uint32Array,
  narrowAt: number,
): SourceEntry {
  // In one object, not made from another: most entries are files.
  const file: SourceFile = {
    kind: 'file',
    name,
    mode: narrow[narrowAt] ?? 0,
    mtimeNs: wide[wideAt] ?? 0n,
    ctimeNs: wide[wideAt + 1] ?? 0n,
    uid: narrow[narrowAt + 1] ?? 0,
    gid: narrow[narrowAt + 2] ?? 0,
    inode: wide[wideAt + 2] ?? 0n,
    deviceId: wide[wideAt + 3] ?? 0n,
    links: narrow[narrowAt + 3] ?? 1,
    sizeBytes: Number(wide[wideAt + 4] ?? 0n),
  };
  if ((file.mode & KIND_BITS) !== FOLDER) return file;
  const { sizeBytes: _sizeBytes, ...facts } = file;
  return { ...facts, kind: 'folder' };
}
