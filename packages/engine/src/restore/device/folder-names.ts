import type { FileSink, TakenName } from '@holdfast/devices';

/** More files of one name than anyone has. */
const MOST_ATTEMPTS = 10_000;

/** What there is to know about a name in a folder. */
export interface FoundName {
  /** What has the name there, or another spelling of it. */
  readonly taken: TakenName | undefined;
  /** It is taken by another file of the same plan. */
  readonly isOurs: boolean;
  /** Files there of the same size that may be it: under its name, and under names it may have been given before. */
  readonly alike: readonly string[];
  /** A name that it can have; `undefined` when its own is taken and it may have no other. */
  readonly free: string | undefined;
}

/** The names of a folder of a device, those that are there and those that a plan is going to take. */
export class FolderNames {
  readonly #sink: FileSink;
  readonly #exact: ReadonlyMap<string, TakenName>;
  readonly #folded = new Map<string, TakenName>();
  readonly #planned: Set<string>;

  /** `planned`: folded names, to which others are added. */
  constructor(sink: FileSink, names: readonly TakenName[], planned: Set<string>) {
    this.#sink = sink;
    this.#exact = new Map(names.map((each) => [each.name, each]));
    for (const each of names) this.#folded.set(sink.fold(each.name), each);
    this.#planned = planned;
  }

  find(name: string, sizeBytes: number, mayRename: boolean): FoundName {
    const alike: string[] = [];
    let first: { taken: TakenName | undefined; isOurs: boolean } | undefined;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const tried = attempt === 0 ? name : this.#sink.otherName(name, attempt);
      const folded = this.#sink.fold(tried);
      const exact = this.#exact.get(tried);
      const taken = exact ?? this.#folded.get(folded);
      // Where two spellings are both there, the phone tells them apart.
      const isOurs = this.#planned.has(folded) && exact === undefined;
      if (taken === undefined && !isOurs)
        return { taken: first?.taken, isOurs: first?.isOurs ?? false, alike, free: tried };
      first ??= { taken, isOurs };
      if (taken?.kind === 'file' && taken.sizeBytes === sizeBytes) alike.push(taken.name);
      if (!mayRename) break;
    }
    return { taken: first?.taken, isOurs: first?.isOurs ?? false, alike, free: undefined };
  }

  reserve(name: string): void {
    this.#planned.add(this.#sink.fold(name));
  }
}
