import type { EntryTraits } from '@holdfast/local-files';
import { ContentTable, type IndexedRepository } from '@holdfast/repository';
import { idOf, type Node } from '@holdfast/restic-format';
import type { ChosenFolder } from './select.ts';
import { traitsOf } from './traits-of.ts';

/** A file to be given back, as it is looked at. */
export interface PlannedFile {
  /** In the backup. */
  readonly path: string;
  /** Names below the target. */
  readonly to: readonly string[];
  readonly bytes: number;
  readonly traits: EntryTraits;
  /** What has its name may be replaced. */
  readonly replaces: boolean;
}

const FIRST_CAPACITY = 256;
const SECOND_NS = 1_000_000_000n;

/**
 * Files to be given back, by number: about a hundred bytes each, where objects would take a kilobyte. What is asked for is
 * made when it is asked for.
 */
export class PlannedFiles {
  readonly contents: ContentTable;
  readonly #folders: ChosenFolder[] = [];
  readonly #names: string[] = [];
  /** Other names below the target than in the backup. */
  readonly #renamed = new Map<number, string>();
  #folder = new Uint32Array(FIRST_CAPACITY);
  #bytes = new Float64Array(FIRST_CAPACITY);
  #mode = new Uint16Array(FIRST_CAPACITY);
  /** Whole seconds and the rest of each time: 64 bits of nanoseconds would end in 2262. */
  #seconds = new Float64Array(FIRST_CAPACITY);
  #nanoseconds = new Uint32Array(FIRST_CAPACITY);
  #replaces = new Uint8Array(FIRST_CAPACITY);

  constructor(index: IndexedRepository['index']) {
    this.contents = new ContentTable(index);
  }

  get length(): number {
    return this.#names.length;
  }

  /** Adds a file and gives its number. `to`: its name below the target, where that is another. */
  add(
    folder: ChosenFolder,
    node: Node,
    { replaces = false, to = node.name }: { replaces?: boolean; to?: string } = {},
  ): number {
    const file = this.contents.add(node.content ?? []);
    if (file === this.#folder.length) this.#grow(file * 2);
    if (this.#folders.at(-1) !== folder) this.#folders.push(folder);
    const { mode, mtimeNs } = traitsOf(node);
    this.#names.push(node.name);
    this.#folder[file] = this.#folders.length - 1;
    this.#bytes[file] = node.size ?? 0;
    this.#mode[file] = mode;
    this.#nanoseconds[file] = Number(((mtimeNs % SECOND_NS) + SECOND_NS) % SECOND_NS);
    this.#seconds[file] = Number((mtimeNs - BigInt(this.#nanoseconds[file] ?? 0)) / SECOND_NS);
    this.#replaces[file] = replaces ? 1 : 0;
    if (to !== node.name) this.#renamed.set(file, to);
    return file;
  }

  at(file: number): PlannedFile {
    const name = this.#names[file] ?? '';
    const { path = [], to = [] } = this.#folders[this.#folder[file] ?? 0] ?? {};
    return {
      path: [...path, name].join('/'),
      to: [...to, this.#renamed.get(file) ?? name],
      bytes: this.bytesOf(file),
      traits: { mode: this.#mode[file] ?? 0, mtimeNs: this.#mtimeNsOf(file) },
      replaces: this.#replaces[file] === 1,
    };
  }

  bytesOf(file: number): number {
    return this.#bytes[file] ?? 0;
  }

  replaces(file: number): boolean {
    return this.#replaces[file] === 1;
  }

  #mtimeNsOf(file: number): bigint {
    return BigInt(this.#seconds[file] ?? 0) * SECOND_NS + BigInt(this.#nanoseconds[file] ?? 0);
  }

  #grow(capacity: number): void {
    this.#folder = enlarged(this.#folder, new Uint32Array(capacity));
    this.#bytes = enlarged(this.#bytes, new Float64Array(capacity));
    this.#mode = enlarged(this.#mode, new Uint16Array(capacity));
    this.#seconds = enlarged(this.#seconds, new Float64Array(capacity));
    this.#nanoseconds = enlarged(this.#nanoseconds, new Uint32Array(capacity));
    this.#replaces = enlarged(this.#replaces, new Uint8Array(capacity));
  }
}

const ENCODER = new TextEncoder();

/** Names the stage of an item: the same again when the same content is to be given back to the same place. */
export function stageKey(to: readonly string[], contents: ContentTable, file: number): string {
  let text = to.join('/');
  for (let at = contents.startOf(file); at < contents.endOf(file); at++)
    text += `\0${contents.index.idAt(contents.blobAt(at))}`;
  return idOf(ENCODER.encode(text)).slice(0, 16);
}

type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

function enlarged<A extends Column>(column: A, larger: A): A {
  larger.set(column);
  return larger;
}
