import type { Selection } from '@holdfast/contract/api';
import { type Clock, type RandomBytes, toHex } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';
import { noLonger } from '../failures.ts';

/** What a download is of. */
export interface Ticket {
  readonly backup: Id;
  readonly selection: Selection;
}

interface Issued extends Ticket {
  readonly until: Temporal.Instant;
  readonly weight: number;
}

const GOOD_FOR = Temporal.Duration.from({ hours: 1 });

const MOST_TICKETS = 100;

/** Most numbers that all selections together hold: 16 MB. */
const MOST_WEIGHT = 2_000_000;

/** Downloads that were asked for: each can be fetched for an hour, by who knows its name, which cannot be guessed. */
export class Tickets {
  readonly #clock: Clock;
  readonly #random: RandomBytes;
  /** The oldest first. */
  readonly #issued = new Map<string, Issued>();

  constructor(clock: Clock, random: RandomBytes) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Keeps it and gives its name. The oldest go when there are too many. */
  issue({ backup, selection }: Ticket): string {
    const { entries = [], threads = [], days = [] } = selection;
    const name = toHex(this.#random(16));
    this.#issued.set(name, {
      backup,
      selection,
      until: this.#clock.now().add(GOOD_FOR),
      weight: entries.length + threads.length + days.length,
    });
    this.#removeOld();
    return name;
  }

  /** What a name stands for. Fails with `server/gone`, also where there was never such a name. */
  find(name: string): Ticket {
    this.#removeOld();
    const found = this.#issued.get(name);
    if (found === undefined) throw noLonger('download');
    return found;
  }

  #removeOld(): void {
    const now = this.#clock.now();
    let weight = this.#issued.values().reduce((sum, issued) => sum + issued.weight, 0);
    for (const [name, issued] of this.#issued) {
      const isOver = Temporal.Instant.compare(issued.until, now) <= 0;
      if (!isOver && this.#issued.size <= MOST_TICKETS && weight <= MOST_WEIGHT) return;
      this.#issued.delete(name);
      weight -= issued.weight;
    }
  }
}
