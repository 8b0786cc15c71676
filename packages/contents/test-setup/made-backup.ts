import { Contents, type Reading } from '@holdfast/contents';
import { type Clock, encodeName } from '@holdfast/kernel';
import { BlobSaver, type IndexedRepository, loadIndex, saveSnapshot } from '@holdfast/repository';
import { cheapRepository } from '@holdfast/repository/testing';
import { formatTimeOf, formatTree, goMode, type Id, type Node } from '@holdfast/restic-format';
import { MemoryStore } from '@holdfast/store';
import { hurriedClock, seededRandom, temporaryFolder } from '@holdfast/testkit';

/** A folder of a made backup: folders, texts, and nodes as they are. */
export interface MadeFolder {
  readonly [name: string]: MadeFolder | string | { readonly node: Partial<Node> };
}

/** A repository and what is in its backups. */
export interface MadeBackups extends AsyncDisposable {
  readonly contents: Contents;
  readonly repository: IndexedRepository;
  readonly folder: string;
  readonly clock: Clock;
  /** How often the repository was read. */
  readonly reads: () => number;
  /** Saves a backup; its files are of 2023-11-14T22:13:20Z. */
  save(root: MadeFolder, tags?: readonly string[]): Promise<Id>;
  /** Contents of the same repository that begin anew, in the same folder or another. */
  reopen(options?: { readonly timeZone?: string; readonly folder?: string }): Contents;
}

/** Tags of a phone's backup. */
export const PHONE = ['holdfast', 'device:phone-1', 'kind:android'];

const SECONDS = 1_700_000_000;

/** An empty repository in memory. */
export async function madeBackups(): Promise<MadeBackups> {
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await temporaryFolder());
  const clock = hurriedClock();
  const opened = await cheapRepository(new MemoryStore(), { clock, random: seededRandom(3) });
  const repository = stack.use(await loadIndex(opened, { threads: 0 }));
  let reads = 0;
  const read = async (signal: AbortSignal): Promise<Reading> => {
    reads += 1;
    return { repository, signal, [Symbol.asyncDispose]: async () => {} };
  };
  const open = (options = {}): Contents =>
    new Contents({ folder, read, clock, timeZone: 'Europe/Berlin', ...options });
  const contents = stack.use(open());
  const moved = stack.move();
  return {
    contents,
    repository,
    folder,
    clock,
    reads: () => reads,
    reopen: (options) => moved.use(open(options)),
    async save(root, tags = PHONE) {
      const saver = new BlobSaver(repository, {});
      const tree = await saveFolder(saver, root);
      await saver.finish();
      const time = formatTimeOf(SECONDS, 0);
      return await saveSnapshot(repository, { time, tree, paths: ['/'], hostname: 'Phone', tags });
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

async function saveFolder(saver: BlobSaver, folder: MadeFolder): Promise<Id> {
  const nodes: Node[] = [];
  for (const [name, made] of Object.entries(folder)) {
    const time = formatTimeOf(SECONDS, 0);
    const common = { name, mode: 0o644, mtime: time, atime: time, ctime: time, uid: 0, gid: 0 };
    if (typeof made === 'string') {
      const bytes = encodeName(made);
      const content = bytes.length === 0 ? [] : [await saver.saveBlob('data', bytes)];
      nodes.push({ ...common, type: 'file', size: bytes.length, content });
    } else if (isNode(made)) nodes.push({ ...common, type: 'file', ...made.node });
    else
      nodes.push({ ...common, type: 'dir', mode: goMode(0o40755), subtree: await saveFolder(saver, made) });
  }
  return await saver.saveBlob('tree', formatTree(nodes));
}

const isNode = (
  made: MadeFolder | { readonly node: Partial<Node> },
): made is { readonly node: Partial<Node> } =>
  'node' in made &&
  typeof made.node === 'object' &&
  ('type' in made.node || 'content' in made.node || 'mtime' in made.node);

/** Lines of JSON. */
export const lines = (...objects: readonly object[]): string =>
  objects.map((object) => `${JSON.stringify(object)}\n`).join('');
