import type { Clock } from '@holdfast/kernel';
import { below, reach, split } from '@holdfast/local-files';
import type { SourceEntry, SourceFolder, SourceProblem, SourceSubfolder } from '#source.ts';
import { totalsOf } from '#totals.ts';
import { Breath } from './breath.ts';
import { type Found, foundAt, problem } from './entry.ts';
import type { LeftOut } from './left-out.ts';
import { list } from './list.ts';
import { notAFolder, rootFailure } from './root.ts';

/** What a walk needs to know. */
export interface WalkOptions {
  /** Absolute, without symbolic links. */
  readonly root: string;
  readonly clock: Clock;
  readonly leftOut: LeftOut;
}

/** A folder we are inside of, and which of its subfolders comes next. */
interface Level {
  readonly path: string;
  readonly key: string | undefined;
  readonly subfolders: readonly SourceSubfolder[];
  next: number;
}

/** See `Source.walk`. */
export async function* walk(options: WalkOptions, signal?: AbortSignal): AsyncGenerator<SourceFolder> {
  signal?.throwIfAborted();
  const descent = new Descent(options, signal);
  yield await descent.root();
  for (let next = descent.next(); next !== undefined; next = descent.next()) {
    signal?.throwIfAborted();
    yield await descent.visit(next.path, next.listed);
  }
}

/** Where a walk is. */
class Descent {
  readonly #options: WalkOptions;
  readonly #signal: AbortSignal | undefined;
  readonly #breath: Breath;
  readonly #levels: Level[] = [];
  /** Keys of the levels. */
  readonly #above = new Set<string>();

  constructor(options: WalkOptions, signal: AbortSignal | undefined) {
    this.#options = options;
    this.#signal = signal;
    this.#breath = new Breath(options.clock);
  }

  async root(): Promise<SourceFolder> {
    const { root } = this.#options;
    try {
      const facts = foundAt(root, split(root).name);
      if (facts?.kind !== 'folder') throw notAFolder(root);
      return await this.#enter('', facts);
    } catch (error) {
      throw rootFailure(error, root);
    }
  }

  /** The next subfolder to visit, back up through the levels. */
  next(): { path: string; listed: SourceSubfolder } | undefined {
    for (let level = this.#levels.at(-1); level !== undefined; level = this.#levels.at(-1)) {
      const listed = level.subfolders[level.next++];
      if (listed !== undefined) return { path: childOf(level.path, listed.name), listed };
      this.#levels.pop();
      if (level.key !== undefined) this.#above.delete(level.key);
    }
    return undefined;
  }

  async visit(path: string, listed: SourceSubfolder): Promise<SourceFolder> {
    try {
      // Again, because much may have happened since its parent was listed: a link there would be followed.
      const facts = lookAt(this.#options.root, path, listed.name);
      if (isSame(facts, listed)) return await this.#enter(path, facts);
      return unlisted(path, listed, { kind: 'problem', name: listed.name, reason: 'vanished', detail: '' });
    } catch (error) {
      return unlisted(path, listed, problem(listed.name, error));
    }
  }

  async #enter(path: string, facts: SourceSubfolder): Promise<SourceFolder> {
    const { root, leftOut } = this.#options;
    const key = keyOf(facts);
    const judge = {
      byName: leftOut.within(path),
      byFacts: (entry: SourceEntry) => leftOut.byFacts(entry) ?? this.#loop(entry, key),
    };
    const entries = await list(below(root, path), judge, this.#breath, this.#signal);
    if (key !== undefined) this.#above.add(key);
    const subfolders = entries.filter((entry) => entry.kind === 'folder');
    this.#levels.push({ path, key, subfolders, next: 0 });
    return { path, facts, entries, totals: totalsOf(entries) };
  }

  /** A bind mount can show a folder again below itself. */
  #loop(entry: SourceEntry, parentKey: string | undefined): SourceProblem | undefined {
    if (entry.kind !== 'folder') return undefined;
    const key = keyOf(entry);
    if (key === undefined || (key !== parentKey && !this.#above.has(key))) return undefined;
    return { kind: 'problem', name: entry.name, reason: 'folder-loop', detail: '' };
  }
}

const childOf = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

function lookAt(root: string, path: string, name: string): Found | undefined {
  using parent = reach(below(root, split(path).folder));
  return foundAt(below(parent.path, name), name);
}

const isSame = (facts: Found | undefined, listed: SourceSubfolder): facts is SourceSubfolder =>
  facts?.kind === 'folder' && facts.inode === listed.inode && facts.deviceId === listed.deviceId;

/** Tells folders apart; `undefined` where the file system numbers nothing. */
const keyOf = ({ deviceId, inode }: SourceSubfolder): string | undefined =>
  inode === undefined || inode === 0n ? undefined : `${deviceId}:${inode}`;

const unlisted = (path: string, facts: SourceSubfolder, why: SourceProblem): SourceFolder => ({
  path,
  facts,
  entries: [],
  totals: totalsOf([], why),
  problem: why,
});
