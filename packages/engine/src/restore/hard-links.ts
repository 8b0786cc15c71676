import type { Node } from '@holdfast/restic-format';

/** A planned file that is one file with another: the one that is planned, too, or the one that is there at a path. */
export interface PlannedHardLink {
  /** Number of the planned file. */
  readonly file: number;
  readonly with: { readonly file: number } | { readonly to: readonly string[] };
}

/** The names of one file. */
interface Group {
  /** There already, wholly and proved. */
  there: readonly string[] | undefined;
  readonly files: number[];
}

/** Sorts the files of a restore that had more than one name on their device. */
export class HardLinks {
  readonly #groups = new Map<string, Group>();

  /** A file with this node is planned, under this number. */
  addPlanned(node: Node, file: number): void {
    this.#groupOf(node)?.files.push(file);
  }

  /** A file with this node's content is there, at this path below the target. */
  addThere(node: Node, to: readonly string[]): void {
    const group = this.#groupOf(node);
    if (group !== undefined) group.there ??= to;
  }

  /** Every planned file but the first of its kind; that one, too, where the file is there already. */
  planned(): PlannedHardLink[] {
    return [...this.#groups.values()].flatMap(({ there, files }): PlannedHardLink[] => {
      const [first, ...others] = files;
      if (there !== undefined) return files.map((file) => ({ file, with: { to: there } }));
      return first === undefined ? [] : others.map((file) => ({ file, with: { file: first } }));
    });
  }

  #groupOf({ links = 0, deviceId, inode, content = [] }: Node): Group | undefined {
    if (links <= 1 || deviceId === undefined || inode === undefined) return undefined;
    // A file that changed while it was backed up has other content under its other name: then they are two.
    const key = `${deviceId} ${inode} ${content.join(' ')}`;
    let group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, (group = { there: undefined, files: [] }));
    return group;
  }
}
