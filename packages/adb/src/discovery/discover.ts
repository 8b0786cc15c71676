import { type Clock, isFailure, systemClock } from '@holdfast/kernel';
import { type DnsMessage, type DnsQuestion, decodeDns, encodeDns } from '#wire/dns.ts';
import { MULTICAST_PORT, Multicast, networkAddresses } from './multicast.ts';
import { ServiceTable, type WirelessEvent } from './service-table.ts';

/** Where and how often to look. */
export interface DiscoverOptions {
  readonly clock?: Clock;
  /** Addresses (IPv4) of this computer in the networks to look in; asked for again each time. Default: all but loopback. */
  readonly addresses?: () => readonly string[];
  /** Default 5353. */
  readonly port?: number;
  /** How often to ask, after the first few times. Default 20 s. */
  readonly askEvery?: Temporal.Duration;
}

/** More questions of detail than phones in a house give rise to. */
const MOST_ASKED = 100;

const FIRST_WAIT = Temporal.Duration.from({ seconds: 1 });
const ASK_EVERY = Temporal.Duration.from({ seconds: 20 });

/**
 * Phones in the network whose wireless debugging is on, as they come and go: where to connect to, and where a pairing dialog
 * is open. Goes on until the loop is left, or `signal` aborts. Without a network, or where networks keep such messages to
 * themselves, it finds nothing, and goes on looking.
 *
 * Anybody in the network can announce anything: what is found is a place to knock at, not a phone one knows.
 */
export async function* discoverWireless(
  {
    clock = systemClock,
    addresses = networkAddresses,
    port = MULTICAST_PORT,
    askEvery = ASK_EVERY,
  }: DiscoverOptions = {},
  signal?: AbortSignal,
): AsyncGenerator<WirelessEvent, void, undefined> {
  signal?.throwIfAborted();
  const table = new ServiceTable();
  let news = Promise.withResolvers<void>();
  /** What was asked since the last time around: what gets no answer is not asked again with every message that comes. */
  const asked = new Set<string>();
  using network = new Multicast(port, (bytes) => {
    const message = tryDecode(bytes);
    if (message === undefined) return;
    table.hear(message, clock.now());
    news.resolve();
    const missing = table.missing().filter((question) => !asked.has(JSON.stringify(question)));
    if (missing.length === 0 || asked.size >= MOST_ASKED) return;
    for (const question of missing) asked.add(JSON.stringify(question));
    network.send(query(missing));
  });

  const stopper = new AbortController();
  const ask = async (): Promise<void> => {
    for (let wait = FIRST_WAIT; ; wait = shorter(askEvery, wait.add(wait))) {
      asked.clear();
      network.use(addresses());
      network.send(query(table.questions()));
      // What has run out shows only when somebody looks.
      news.resolve();
      await clock.sleep(wait, stopper.signal);
    }
  };
  const onAbort = (): void => news.resolve();
  signal?.addEventListener('abort', onAbort, { once: true });
  // Only the end of the loop ends it.
  const asking = ask().catch(() => undefined);
  try {
    for (;;) {
      for (const event of table.changes(clock.now())) {
        yield event;
        signal?.throwIfAborted();
      }
      await news.promise;
      news = Promise.withResolvers();
      signal?.throwIfAborted();
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    stopper.abort();
    await asking;
  }
}

const query = (questions: readonly DnsQuestion[]): Uint8Array =>
  encodeDns({ isAnswer: false, questions, records: [] });

/** Whatever is said on that port that is no DNS is not for us. */
function tryDecode(bytes: Uint8Array): DnsMessage | undefined {
  try {
    return decodeDns(bytes);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}

const shorter = (one: Temporal.Duration, other: Temporal.Duration): Temporal.Duration =>
  Temporal.Duration.compare(one, other) < 0 ? one : other;
