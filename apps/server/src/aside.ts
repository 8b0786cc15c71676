/** Work that nobody waits for, until the end. */
export interface Aside {
  /** Takes a piece of work on; that it failed is told. */
  (work: Promise<unknown>): void;
  /** Resolves when all of it is over. */
  over(): Promise<void>;
}

/** Keeps work that follows from something else, so that the program does not close beneath it. */
export function aside(onTrouble: (error: unknown) => void): Aside {
  const under = new Set<Promise<void>>();
  const take = (work: Promise<unknown>): void => {
    const done: Promise<void> = work.then(() => {}, onTrouble).finally(() => under.delete(done));
    under.add(done);
  };
  return Object.assign(take, {
    async over() {
      while (under.size > 0) await Promise.all(under);
    },
  });
}
