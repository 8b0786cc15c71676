import { type ListedFolder, RemoteFiles } from '@holdfast/adb';
import type { SourceEntry, SourceFolder } from '#source.ts';
import { finish, folderOf, isUnfinished, listingOf, type Place, type WalkOptions } from './listing.ts';

/** A folder of the walk: known from its parent's listing on, given once it is listed and everything before it was given. */
interface Step extends Place {
  /** In the order of the walk. */
  next: Step | undefined;
  isAsked: boolean;
  folder: SourceFolder | Promise<SourceFolder> | undefined;
}

/**
 * A folder and its whole branch, depth first as sources are walked. Many listings are on their way at once: always of the
 * folders whose turn comes next, so that few wait for those before them.
 */
export async function* walkBranch(
  place: Place,
  options: WalkOptions,
  signal?: AbortSignal,
): AsyncGenerator<SourceFolder, void, undefined> {
  const branch = new Branch(place, options, signal);
  const files = new RemoteFiles(options.transport, options.files);
  for await (const listed of files.listMany(() => branch.nextToList(), signal)) {
    branch.listed(listed);
    for (let folder = branch.take(); folder !== undefined; folder = branch.take()) yield await folder;
  }
}

class Branch {
  readonly #options: WalkOptions;
  readonly #signal: AbortSignal | undefined;
  /** The first that was not given. */
  #current: Step | undefined;
  readonly #asked = new Map<string, Step>();
  /** What listings leave open is asked for one folder at a time: that is many questions already. */
  #asking: Promise<unknown> = Promise.resolve();

  constructor(place: Place, options: WalkOptions, signal: AbortSignal | undefined) {
    this.#options = options;
    this.#signal = signal;
    this.#current = { ...place, next: undefined, isAsked: false, folder: undefined };
  }

  nextToList(): string | undefined {
    let step = this.#current;
    while (step?.isAsked === true) step = step.next;
    if (step === undefined) return undefined;
    step.isAsked = true;
    this.#asked.set(step.remotePath, step);
    return step.remotePath;
  }

  listed(listed: ListedFolder): void {
    const step = this.#asked.get(listed.path);
    if (step === undefined) return;
    this.#asked.delete(listed.path);
    const listing = listingOf(listed, step, this.#options);
    insertAfter(step, listing.entries);
    if (!isUnfinished(listing)) {
      step.folder = folderOf(listing);
      return;
    }
    const finished = this.#asking.then(() => finish(listing, this.#options, this.#signal));
    const folder = finished.then(() => folderOf(listing));
    // Awaited when its turn comes, possibly much later; until then its failure is nobody's.
    this.#asking = folder.catch(() => undefined);
    step.folder = folder;
  }

  /** The next folder of the walk, if it is here. */
  take(): SourceFolder | Promise<SourceFolder> | undefined {
    const folder = this.#current?.folder;
    if (folder !== undefined) this.#current = this.#current?.next;
    return folder;
  }
}

function insertAfter(step: Step, entries: readonly SourceEntry[]): void {
  const after = step.next;
  let last = step;
  for (const entry of entries) {
    if (entry.kind !== 'folder') continue;
    last.next = {
      remotePath: `${step.remotePath}/${entry.name}`,
      path: `${step.path}/${entry.name}`,
      facts: entry,
      next: undefined,
      isAsked: false,
      folder: undefined,
    };
    last = last.next;
  }
  last.next = after;
}
