/**
 * Which of the server's events the page hears of: all after one. An answer as of an earlier one may lack what was told in between, which nobody tells
 * again: it has to be asked for once more.
 */
export class Coverage {
  #earliest: string | undefined;
  #begin: string | undefined;
  #onMissed = (): void => {};

  /** The earliest event that an answer was as of: who hears of all after that misses nothing. */
  get earliest(): string | undefined {
    return this.#earliest;
  }

  /** Notes an answer as of an event. */
  note(asOf: string | null): void {
    if (asOf === null) return;
    if (this.#begin === undefined) {
      if (this.#earliest === undefined || isBefore(asOf, this.#earliest)) this.#earliest = asOf;
    } else if (isBefore(asOf, this.#begin)) this.#onMissed();
  }

  /** From now on the page hears of all events after this one; only the first call counts. `onMissed` is told when an answer may lack something. */
  begin(after: string, onMissed: () => void): void {
    if (this.#begin !== undefined) return;
    this.#begin = after;
    this.#onMissed = onMissed;
    const earliest = this.#earliest;
    if (earliest !== undefined && (startOf(earliest) !== startOf(after) || isBefore(earliest, after)))
      onMissed();
  }

  /** Everything is asked for again: what counts is what the page hears after this event, or after the one it begins with next. */
  reset(after: string | undefined): void {
    this.#begin = after;
    this.#earliest = undefined;
  }
}

/** Of the page, from its first question on. */
export const coverage = new Coverage();

/** Only of ids of one start of the server: the stream tells by itself of another, and then everything is asked for again. */
function isBefore(one: string, other: string): boolean {
  return startOf(one) === startOf(other) && numberOf(one) < numberOf(other);
}

const startOf = (id: string): string => id.slice(0, id.lastIndexOf('-'));
const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('-') + 1));
