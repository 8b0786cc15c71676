import type { ServerEvent } from '@holdfast/contract/api';
import type { Connection, FollowParts } from './connection.ts';

/** What a page is told by whoever holds the stream of events. */
export type Told =
  | { readonly kind: 'event'; readonly event: ServerEvent; readonly id: string | undefined }
  | { readonly kind: 'position'; readonly id: string }
  | { readonly kind: 'connection'; readonly connection: Connection }
  /** The browser must come in first; the stream has ended. */
  | { readonly kind: 'shut-out' };

/** What a page asks of it: to be told from now on, after the last event it has seen; or no more. */
export type Asked = { readonly kind: 'join'; readonly last: string | undefined } | { readonly kind: 'leave' };

/** Who is told. */
export type Tell = (told: Told) => void;

type Follow = (
  parts: Pick<FollowParts, 'onEvent' | 'onPosition' | 'onConnection'> & { onShutOut(): void },
  from: string | undefined,
  signal: AbortSignal,
) => Promise<void>;

/**
 * One stream of the server's events for any number of pages: it is open while one of them listens, and goes on from where it was. Who comes back
 * and missed something while others listened is told to ask for everything again.
 */
export class SharedEvents {
  readonly #follow: Follow;
  readonly #pages = new Set<Tell>();
  #stream: AbortController | undefined;
  #connection: Connection = 'connecting';
  #last: string | undefined;

  constructor(follow: Follow) {
    this.#follow = follow;
  }

  /** Tells a page what happens from now on. `last` is the last event it has seen, if it has seen one. */
  join(tell: Tell, last: string | undefined): void {
    // Nobody else is told: it goes on where this page is.
    if (this.#stream === undefined) this.#last = last ?? this.#last;
    this.#pages.add(tell);
    tell({ kind: 'connection', connection: this.#connection });
    if (last !== undefined && last !== this.#last)
      tell({ kind: 'event', event: { kind: 'reset' }, id: this.#last });
    else if (this.#last !== undefined) tell({ kind: 'position', id: this.#last });
    if (this.#stream === undefined) this.#open();
  }

  /** Tells it nothing more. */
  leave(tell: Tell): void {
    this.#pages.delete(tell);
    if (this.#pages.size === 0) this.#close();
  }

  #open(): void {
    const stream = new AbortController();
    this.#stream = stream;
    const isOpen = (): boolean => this.#stream === stream;
    const parts: Parameters<Follow>[0] = {
      onEvent: (event, id) => {
        if (!isOpen()) return;
        this.#last = id;
        this.#tellAll({ kind: 'event', event, id });
      },
      onPosition: (id) => {
        if (!isOpen()) return;
        this.#last = id;
        this.#tellAll({ kind: 'position', id });
      },
      onConnection: (connection) => {
        if (!isOpen()) return;
        this.#connection = connection;
        this.#tellAll({ kind: 'connection', connection });
      },
      onShutOut: () => {
        if (!isOpen()) return;
        this.#close();
        this.#tellAll({ kind: 'shut-out' });
      },
    };
    void this.#follow(parts, this.#last, stream.signal);
  }

  #close(): void {
    this.#stream?.abort();
    this.#stream = undefined;
    this.#connection = 'connecting';
  }

  #tellAll(told: Told): void {
    for (const tell of this.#pages) tell(told);
  }
}
