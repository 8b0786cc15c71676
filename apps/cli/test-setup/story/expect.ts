/** What a story found out that should not be. */
export class Broken extends Error {}

/** Ends the story unless it is so. */
export function expect(isSo: boolean, otherwise: string, cause?: unknown): asserts isSo {
  if (!isSo) throw new Broken(otherwise, { cause });
}
