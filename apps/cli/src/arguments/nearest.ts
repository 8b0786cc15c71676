/** More wrong letters than this are another word, not a slip. */
const MOST_SLIPS = 3;

/** The word that `typed` was most likely meant to be, when one is near enough. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.min(MOST_SLIPS, Math.ceil(typed.length / 3)) + 1;
  for (const word of words) {
    const away = distance(typed, word);
    if (away < bestDistance) {
      best = word;
      bestDistance = away;
    }
  }
  // Cut short: `--read-subset` is nearer to nothing, `check` may be typed `che`.
  return best ?? (typed.length >= 3 ? words.find((word) => word.startsWith(typed)) : undefined);
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment distance). */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const next = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      let cost = Math.min(
        at(last, column) + 1,
        at(next, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
      );
      const isSwap =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (isSwap) cost = Math.min(cost, at(before, column - 2) + 1);
      next.push(cost);
    }
    before = last;
    last = next;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
