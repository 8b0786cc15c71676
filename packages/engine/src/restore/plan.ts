import { type ReasonCode, reasonEntry } from '@holdfast/contract';
import type { FolderSink } from '@holdfast/devices';
import { isFailure } from '@holdfast/kernel';
import { type IndexedRepository, proveContents } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import { damageOf } from '../saved/damage.ts';
import { attachedNodes, type Excerpt, PARTS, readExcerpt } from './excerpts.ts';
import { HardLinks } from './hard-links.ts';
import { ItemCounts } from './item-counts.ts';
import { lostExcerpt, planExcerpts } from './plan-excerpts.ts';
import { PlannedFiles, stageKey } from './planned-files.ts';
import {
  type Conflict,
  type PlannedExcerpt,
  type PlannedFolder,
  type PlannedLink,
  type RestorePlan,
  type RestoreSelection,
  refusalOf,
  type SettledItem,
} from './restore-plan.ts';
import { type Chosen, type LostFolder, select } from './select.ts';
import { traitsOf } from './traits-of.ts';
import { wantedOf } from './wanted.ts';

/**
 * Looks at the target and decides item by item. A file with the name and size of one there is compared by content: equal
 * ones need nothing. Fails with `engine/no-such-path`.
 */
export async function planRestore(
  repository: IndexedRepository,
  selection: RestoreSelection,
  sink: FolderSink,
  signal?: AbortSignal,
): Promise<RestorePlan> {
  const { tree, conflict = 'skip', keepsFolders = false } = selection;
  const partOf = selection.partOf && wantedOf({ paths: selection.partOf }).paths;
  const wanted = wantedOf(selection);
  const counts = new ItemCounts();
  const planner = new Planner(repository, sink, { conflict, counts });
  const excerpts: Excerpt[] = [];
  for await (const chosen of select(repository.blobs, tree, wanted.paths, { keepsFolders, partOf, signal })) {
    const only = 'damage' in chosen ? undefined : wanted.recordsOf(chosen);
    if (only === undefined || 'damage' in chosen) {
      wanted.count(chosen, counts);
      planner.add(chosen);
      continue;
    }
    try {
      excerpts.push(await readExcerpt(repository, chosen, only, signal));
    } catch (error) {
      if (isFailure(error, 'engine/no-such-path')) throw error;
      const { path, to } = placesOf(chosen);
      planner.settle(lostExcerpt(path, to, only.size, damageOf(error)));
    }
  }
  for (const excerpt of excerpts) await planner.attach(excerpt, tree, signal);
  const { compared } = planner;
  const pathOf = (file: number): string => `${sink.root}/${compared.at(file).to.join('/')}`;
  for await (const { file, proof } of proveContents(repository, compared.contents, pathOf, signal))
    planner.settleCompared(file, proof === 'proved');
  return planner.plan(excerpts, signal);
}

const placesOf = ({ folder, node }: Chosen): { readonly path: string; readonly to: readonly string[] } => ({
  path: [...folder.path, node.name].join('/'),
  to: [...folder.to, node.name],
});

class Planner {
  /** Files whose name and size are there already. */
  readonly compared: PlannedFiles;
  readonly #comparedNodes: Chosen[] = [];
  readonly #sink: FolderSink;
  readonly #conflict: Conflict;
  readonly #folders: PlannedFolder[] = [];
  readonly #files: PlannedFiles;
  readonly #hardLinks = new HardLinks();
  readonly #links: PlannedLink[] = [];
  readonly #settled: SettledItem[] = [];
  readonly #leftOver: RestorePlan['leftOver'][number][] = [];
  readonly #repository: IndexedRepository;
  readonly #counts: ItemCounts;
  /** Where files go that may belong to messages. */
  readonly #besideMessages = new Set<string>();
  #replaced = 0;

  constructor(
    repository: IndexedRepository,
    sink: FolderSink,
    { conflict, counts }: { readonly conflict: Conflict; readonly counts: ItemCounts },
  ) {
    this.#repository = repository;
    this.#sink = sink;
    this.#conflict = conflict;
    this.#counts = counts;
    this.#files = new PlannedFiles(repository.index);
    this.compared = new PlannedFiles(repository.index);
  }

  add(chosen: Chosen | LostFolder): void {
    if ('damage' in chosen) {
      const { path, to, damage: detail } = chosen;
      const lost = { path: path.join('/'), to, reason: 'damaged-in-backup', bytes: 0 } as const;
      this.#settled.push({ ...lost, detail });
      return;
    }
    const { folder, node } = chosen;
    if (folder.path.at(-1) === PARTS) this.#besideMessages.add([...folder.to, node.name].join('/'));
    this.#trying(chosen, () => this.#place(chosen));
  }

  settle(item: SettledItem): void {
    this.#settled.push(item);
  }

  /** What belongs to an excerpt's records goes where they say it is, unless it goes there already. */
  async attach(excerpt: Excerpt, tree: Id, signal?: AbortSignal): Promise<void> {
    const { chosen, path, items, attached } = excerpt;
    this.#counts.addMade(path, items);
    const folder = { path: [...chosen.folder.path, PARTS], to: [...chosen.folder.to, PARTS] };
    try {
      for (const node of await attachedNodes(this.#repository, tree, excerpt, signal)) {
        if (this.#besideMessages.has([...folder.to, node.name].join('/'))) continue;
        this.#counts.addBelonging([...folder.path, node.name].join('/'), path, attached.get(node.name));
        this.add({ folder, node });
      }
    } catch (error) {
      this.add({ ...folder, damage: damageOf(error) });
    }
  }

  /** The file is there already, or something else has its name. */
  settleCompared(file: number, isThere: boolean): void {
    const chosen = this.#comparedNodes[file];
    if (chosen === undefined) throw new RangeError(`no file ${file} was compared`);
    if (!isThere) return this.#trying(chosen, () => this.#resolve(chosen));
    const { to } = this.compared.at(file);
    this.#hardLinks.addThere(chosen.node, to);
    const key = stageKey(to, this.compared.contents, file);
    if (this.#sink.hasStage(to, key)) this.#leftOver.push({ to, key });
    this.#settle(chosen, 'already-there');
  }

  async plan(wanted: readonly Excerpt[], signal?: AbortSignal): Promise<RestorePlan> {
    const { isPlain } = this.#counts;
    const files = isPlain ? this.#settled : countedItems(this.#settled, this.#counts);
    const planning = { sink: this.#sink, conflict: this.#conflict, counts: this.#counts };
    const { excerpts, ...found } = await planExcerpts(wanted, planning, signal);
    const settled = [...files, ...found.settled];
    const hardLinks = this.#hardLinks.planned();
    let writeBytes = 0;
    for (let file = 0; file < this.#files.length; file++) writeBytes += this.#files.bytesOf(file);
    for (const { sizeBytes } of excerpts) writeBytes += sizeBytes;
    const settledBytes = settled.reduce((sum, { bytes }) => sum + bytes, 0);
    const linkedBytes = hardLinks.reduce((sum, { file }) => sum + this.#files.bytesOf(file), 0);
    return {
      folders: this.#folders,
      files: this.#files,
      hardLinks,
      links: this.#links,
      excerpts,
      settled,
      counts: this.#counts,
      items: this.#items(excerpts) + settled.reduce((sum, { items = 1 }) => sum + items, 0),
      leftOver: [...this.#leftOver, ...found.leftOver],
      replaced: this.#replaced + found.replaced,
      writeBytes: writeBytes - linkedBytes,
      totalBytes: writeBytes + settledBytes,
    };
  }

  /** Of what is to be written. */
  #items(excerpts: readonly PlannedExcerpt[]): number {
    const counts = this.#counts;
    let items = this.#links.length + excerpts.reduce((sum, { path }) => sum + counts.of(path), 0);
    if (counts.isPlain) return items + this.#files.length;
    for (let file = 0; file < this.#files.length; file++) items += counts.of(this.#files.at(file).path);
    return items;
  }

  #place(chosen: Chosen): void {
    const { folder, node } = chosen;
    const to = [...folder.to, node.name];
    const place = this.#sink.look(to);
    if (place.kind === 'blocked') {
      if (node.type !== 'dir') this.#settle(chosen, 'conflict', 'not a folder above it');
      return;
    }
    const isFree = place.kind === 'absent';
    switch (node.type) {
      case 'dir':
        // Its items find the way blocked, and say so; a folder by itself is no item.
        if (isFree || place.kind === 'folder') this.#folders.push({ to, traits: traitsOf(node) });
        return;
      case 'file':
        if (isFree) this.#plan(chosen);
        else if (place.kind === 'file' && place.sizeBytes === (node.size ?? 0)) this.#compare(chosen);
        else if (place.kind === 'folder') this.#settle(chosen, 'conflict', 'a folder');
        else this.#resolve(chosen);
        return;
      case 'symlink':
        if (isFree) this.#plan(chosen);
        else if (place.kind === 'symlink' && place.target === node.linkTarget)
          this.#settle(chosen, 'already-there');
        else if (place.kind === 'folder') this.#settle(chosen, 'conflict', 'a folder');
        else this.#resolve(chosen);
        return;
      default:
        this.#settle(chosen, 'special-file', node.type);
    }
  }

  #compare(chosen: Chosen): void {
    this.compared.add(chosen.folder, chosen.node);
    this.#comparedNodes.push(chosen);
  }

  /** Something else has the name. */
  #resolve(chosen: Chosen): void {
    if (this.#conflict === 'skip') return this.#settle(chosen, 'conflict');
    if (this.#conflict === 'overwrite') return this.#plan(chosen, { replaces: true });
    const free = this.#sink.freePath([...chosen.folder.to, chosen.node.name]);
    this.#plan(chosen, { to: free.at(-1) ?? '' });
  }

  #plan({ folder, node }: Chosen, how: { replaces?: boolean; to?: string } = {}): void {
    const { replaces = false, to = node.name } = how;
    if (replaces) this.#replaced += 1;
    if (node.type === 'file') {
      this.#hardLinks.addPlanned(node, this.#files.add(folder, node, { replaces, to }));
      return;
    }
    this.#links.push({
      path: [...folder.path, node.name].join('/'),
      to: [...folder.to, to],
      target: node.linkTarget ?? '',
      mtimeNs: traitsOf(node).mtimeNs,
      replaces,
    });
  }

  #settle({ folder, node }: Chosen, reason: ReasonCode, detail?: string): void {
    this.#settled.push({
      path: [...folder.path, node.name].join('/'),
      to: [...folder.to, node.name],
      reason,
      ...(detail !== undefined && { detail }),
      bytes: node.type === 'symlink' ? 0 : (node.size ?? 0),
    });
  }

  #trying(chosen: Chosen, call: () => void): void {
    try {
      call();
    } catch (error) {
      if (!isFailure(error)) throw error;
      this.#settle(chosen, refusalOf(error), error.message);
    }
  }
}

/** With how many items each is: made files last, since what belongs to them counts first. */
function countedItems(settled: readonly SettledItem[], counts: ItemCounts): SettledItem[] {
  const { made = [], others = [] } = Object.groupBy(settled, ({ path, items }) =>
    items === undefined && counts.isMade(path) ? 'made' : 'others',
  );
  return [...others, ...made].map((item) => {
    if (item.items !== undefined || !counts.knows(item.path)) return item;
    const isThere = reasonEntry(item.reason).state === 'verified';
    return { ...item, items: counts.settle(item.path, isThere) };
  });
}
