import { DNS_TYPE, type DnsMessage, type DnsName, type DnsQuestion, type DnsRecord } from '#wire/dns.ts';

/** A phone that says where it can be reached. */
export interface WirelessService {
  /** `connect`: it takes links of computers that it is paired with. `pairing`: its pairing dialog is open. */
  readonly kind: 'connect' | 'pairing';
  /** What it calls itself; for connecting that is the GUID which pairing gives. Text from outside. */
  readonly name: string;
  /** An IPv4 address. */
  readonly host: string;
  readonly port: number;
}

/** That one can be reached now, or no longer. One whose address changed is lost, then found. */
export interface WirelessEvent {
  readonly kind: 'found' | 'lost';
  readonly service: WirelessService;
}

/** Under which names phones announce themselves (AOSP adb `adb_mdns.h`). */
export const SERVICE_NAMES: Readonly<Record<WirelessService['kind'], DnsName>> = {
  connect: ['_adb-tls-connect', '_tcp', 'local'],
  pairing: ['_adb-tls-pairing', '_tcp', 'local'],
};

/** More phones than anybody has; what somebody announces beyond them drives out the oldest. */
const MOST_NAMES = 64;

type Kept<Kind extends DnsRecord['kind']> = Extract<DnsRecord, { kind: Kind }> & { readonly untilMs: number };

/** What was heard of the phones in the network, and which of them that makes reachable. Time is the caller's to tell. */
export class ServiceTable {
  readonly #pointers = new Map<string, Kept<'pointer'> & { readonly of: WirelessService['kind'] }>();
  readonly #servers = new Map<string, Kept<'server'>>();
  readonly #addresses = new Map<string, Kept<'address'>>();
  #known = new Map<string, WirelessService>();

  /** Notes what a message says. */
  hear({ isAnswer, records }: DnsMessage, now: Temporal.Instant): void {
    // The records of a query are what the one who asks knows already.
    if (!isAnswer) return;
    const ofKind = Map.groupBy(records, ({ kind }) => kind);
    for (const kind of ['pointer', 'server', 'address'] as const) {
      // Of several addresses the first counts, and is kept last.
      for (const record of ofKind.get(kind)?.toReversed() ?? []) this.#note(record, now.epochMilliseconds);
    }
  }

  /** What has changed since the last call, by what was heard or by what has run out since. */
  changes(now: Temporal.Instant): WirelessEvent[] {
    for (const kept of [this.#pointers, this.#servers, this.#addresses]) {
      for (const [key, { untilMs }] of kept) if (untilMs <= now.epochMilliseconds) kept.delete(key);
    }
    const reachable = new Map(this.#reachable());
    const events: WirelessEvent[] = [];
    for (const [key, service] of this.#known) {
      if (!isSame(reachable.get(key), service)) events.push({ kind: 'lost', service });
    }
    for (const [key, service] of reachable) {
      if (!isSame(this.#known.get(key), service)) events.push({ kind: 'found', service });
    }
    this.#known = reachable;
    return events;
  }

  /** What to ask again from time to time. */
  questions(): DnsQuestion[] {
    return [
      ...Object.values(SERVICE_NAMES).map((name) => ({ name, type: DNS_TYPE.pointer })),
      ...this.#details(),
    ];
  }

  /** What to ask at once: of phones that have only said that they are there. */
  missing(): DnsQuestion[] {
    return this.#details().filter(
      ({ name, type }) => !(type === DNS_TYPE.server ? this.#servers : this.#addresses).has(keyOf(name)),
    );
  }

  #details(): DnsQuestion[] {
    return this.#pointers
      .values()
      .flatMap(({ target }): DnsQuestion[] => {
        const server = this.#servers.get(keyOf(target));
        const where = server === undefined ? [] : [{ name: server.target, type: DNS_TYPE.address }];
        return [{ name: target, type: DNS_TYPE.server }, ...where];
      })
      .toArray();
  }

  #note(record: DnsRecord, nowMs: number): void {
    const untilMs = nowMs + record.ttlSeconds * 1000;
    switch (record.kind) {
      case 'pointer': {
        const of = kindOf(record.name);
        if (of !== undefined) keep(this.#pointers, keyOf(record.target), { ...record, untilMs, of });
        return;
      }
      case 'server':
        if (kindOf(record.name.slice(1)) === undefined) return;
        keep(this.#servers, keyOf(record.name), { ...record, untilMs });
        return;
      case 'address':
        // Everything else in the network has an address too.
        if (!this.#servers.values().some(({ target }) => keyOf(target) === keyOf(record.name))) return;
        keep(this.#addresses, keyOf(record.name), { ...record, untilMs });
        return;
      default:
        record satisfies never;
    }
  }

  *#reachable(): Generator<[key: string, service: WirelessService]> {
    for (const [key, { target, of }] of this.#pointers) {
      const server = this.#servers.get(key);
      const address = server && this.#addresses.get(keyOf(server.target));
      if (address === undefined || server === undefined || server.port === 0) continue;
      const [name = ''] = target;
      yield [key, { kind: of, name, host: address.address, port: server.port }];
    }
  }
}

/** Names are the same whatever the case of their ASCII letters; no label holds what stands between them here. */
const keyOf = (name: DnsName): string =>
  JSON.stringify(name.map((label) => label.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())));

function kindOf(name: DnsName): WirelessService['kind'] | undefined {
  const key = keyOf(name);
  if (key === keyOf(SERVICE_NAMES.connect)) return 'connect';
  return key === keyOf(SERVICE_NAMES.pairing) ? 'pairing' : undefined;
}

function keep<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  const [oldest] = kept.keys();
  if (kept.size >= MOST_NAMES && !kept.has(key) && oldest !== undefined) kept.delete(oldest);
  kept.set(key, value);
}

const isSame = (one: WirelessService | undefined, other: WirelessService): boolean =>
  one?.host === other.host && one.port === other.port;
