import type { ServerEvent } from '@holdfast/contract/api';
import { type RandomBytes, toHex } from '@holdfast/kernel';

/** An event as it is sent: its id and its text. */
interface SentEvent {
  readonly id: string;
  readonly text: string;
}

/** Enough for a page that was hidden for some minutes. */
const MOST_EVENTS = 1000;
const MOST_CHARACTERS = 8_000_000;

/** Takes what is sent; false when it takes no more. */
type Take = (event: SentEvent) => void;

/** What has happened lately, for those who listen now and those who come back. */
export class EventHub {
  /** Ids of another start of the program are not ours. */
  readonly #start: string;
  readonly #takers = new Set<Take>();
  #events: SentEvent[] = [];
  #characters = 0;
  #last = 0;

  constructor(random: RandomBytes) {
    this.#start = toHex(random(4));
  }

  /** How many listen. */
  get listeners(): number {
    return this.#takers.size;
  }

  /** Tells everybody. */
  publish(event: ServerEvent): void {
    this.#last += 1;
    const sent = { id: `${this.#start}-${this.#last}`, text: JSON.stringify(event) };
    this.#events.push(sent);
    this.#characters += sent.text.length;
    while (
      this.#events.length > MOST_EVENTS ||
      (this.#characters > MOST_CHARACTERS && this.#events.length > 1)
    )
      this.#characters -= this.#events.shift()?.text.length ?? 0;
    for (const take of this.#takers) take(sent);
  }

  /** What was missed since an id; without one, nothing was. Where that is not known any more, one `reset`. */
  since(id: string | undefined): readonly SentEvent[] {
    if (id === undefined) return [];
    const last = { id: `${this.#start}-${this.#last}`, text: '' };
    if (id === last.id) return [];
    const at = this.#events.findIndex((event) => event.id === id);
    if (at >= 0) return this.#events.slice(at + 1);
    // All that was ever told is still there.
    if (id === `${this.#start}-0` && this.#events.length === this.#last) return this.#events;
    return [{ ...last, text: JSON.stringify({ kind: 'reset' } satisfies ServerEvent) }];
  }

  /** Where somebody who comes now begins. */
  get position(): string {
    return `${this.#start}-${this.#last}`;
  }

  /** From now on; the function given ends it. */
  listen(take: Take): () => void {
    this.#takers.add(take);
    return () => this.#takers.delete(take);
  }
}
