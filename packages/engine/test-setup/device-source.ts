import {
  type Source,
  type SourceEntry,
  type SourceFolder,
  type SourceRecord,
  totalsOf,
} from '@holdfast/devices';

/** What a device of tests has at a path: bytes, or what fails when it is read. */
export interface DeviceFile {
  readonly content: string | Error;
  /** Reading waits for it. */
  readonly after?: Promise<void>;
  readonly mtimeNs?: bigint;
  /** Makes it a file made of records; so many it is said to have. */
  readonly saysItems?: number;
  readonly records?: readonly SourceRecord[];
}

/** A phone-like source: its root is the snapshot's own, its files are read as streams. `reads` grows with each path read. */
export function deviceSource(
  files: Readonly<Record<string, DeviceFile>>,
): Source & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    reads,
    device: { id: 'phone-1', name: 'Phone', kind: 'android' },
    layout: 'device',
    walk: async function* () {
      yield* listed('', files);
    },
    localPath: () => undefined,
    read: async function* (path) {
      reads.push(path);
      const { content = '', after } = files[path] ?? {};
      await after;
      if (content instanceof Error) throw content;
      yield new TextEncoder().encode(content);
    },
    recordsOf: (path) => files[path]?.records ?? [],
  };
}

function* listed(
  path: string,
  files: Readonly<Record<string, DeviceFile>>,
): Generator<SourceFolder, void, undefined> {
  const facts = { mode: 0o40755, mtimeNs: 1n, uid: 0, gid: 0 };
  const inside = path === '' ? '' : `${path}/`;
  const entries = new Map<string, SourceEntry>();
  for (const [filePath, file] of Object.entries(files)) {
    if (!filePath.startsWith(inside)) continue;
    const [name = '', ...more] = filePath.slice(inside.length).split('/');
    const { content, mtimeNs = 1n, saysItems } = file;
    if (more.length > 0) entries.set(name, { kind: 'folder', name, ...facts });
    else
      entries.set(name, {
        kind: 'file',
        name,
        ...facts,
        mode: 0o100644,
        mtimeNs,
        sizeBytes: typeof content === 'string' ? new TextEncoder().encode(content).length : 1,
        ...(saysItems !== undefined && { made: { items: saysItems } }),
      });
  }
  const all = [...entries.values()];
  const name = path.split('/').at(-1) ?? '';
  yield { path, facts: { kind: 'folder', name, ...facts }, totals: totalsOf(all), entries: all };
  for (const entry of all) if (entry.kind === 'folder') yield* listed(`${inside}${entry.name}`, files);
}
