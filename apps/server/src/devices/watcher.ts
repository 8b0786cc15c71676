import type { Catalog } from '@holdfast/catalog';
import type { Stranger } from '@holdfast/contract/api';
import type { Device } from '@holdfast/devices';
import {
  type AndroidPhone,
  batteryOf,
  openPhone,
  type PhoneInSight,
  phonesInSight,
  valueOf,
} from '@holdfast/devices/android';
import { factsOf, type Host } from '@holdfast/home';
import { lookout, putBackLeftOver } from '@holdfast/home/phones';
import { type Failure, isFailure, plainText, visibleText } from '@holdfast/kernel';
import { notInSight } from '../failures.ts';

/** A phone that can be talked to. */
export interface PhoneHere {
  readonly device: Device;
  readonly seen: PhoneInSight;
  /** Since when it is in sight without a break. */
  readonly since: Temporal.Instant;
  /** When it was last asked how it is. */
  readonly asked: Temporal.Instant;
  readonly battery: { readonly isCharging: boolean | undefined; readonly batteryPercent: number | undefined };
  /** Room on its volumes, by their ids, where it says. */
  readonly freeBytes: ReadonlyMap<string, number>;
}

/** A phone of which is known which it is, and which cannot be talked to now. */
export interface Obstacle {
  readonly says: string;
  readonly hint: string;
}

/** What the watcher needs. */
export interface WatcherOptions {
  readonly host: Host;
  readonly catalog: Catalog;
  /** Devices that are being read or written: they are not asked anything meanwhile. */
  readonly busy: () => ReadonlySet<string>;
}

/** A battery changes slowly, and asking wakes a phone. */
const ASK_EVERY = Temporal.Duration.from({ minutes: 1 });

/** Looks which phones are there. Links are open only while a phone is asked something. */
export class Watcher {
  readonly #options: WatcherOptions;
  #phones = new Map<string, PhoneHere>();
  #strangers: readonly Stranger[] = [];
  #obstacles = new Map<string, Obstacle>();
  /** Which phone was at an address when it could last be talked to. */
  readonly #knownAt = new Map<string, string>();
  #looking: Promise<void> | undefined;

  constructor(options: WatcherOptions) {
    this.#options = options;
  }

  /** Phones that can be talked to, by their ids. */
  get phones(): ReadonlyMap<string, PhoneHere> {
    return this.#phones;
  }

  /** Phones in sight that are not known and cannot be used yet. */
  get strangers(): readonly Stranger[] {
    return this.#strangers;
  }

  /** What keeps known phones that are in sight from being used. */
  get obstacles(): ReadonlyMap<string, Obstacle> {
    return this.#obstacles;
  }

  /** Looks, or waits for the look that is under way. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** A phone with its link open, the caller's to dispose of. Fails with `server/not-in-sight`, and as `connect` and `openPhone` do. */
  async open(
    id: string,
    name: string,
    signal: AbortSignal,
  ): Promise<{ readonly phone: AndroidPhone } & AsyncDisposable> {
    const here = this.#phones.get(id);
    if (here === undefined) throw notInSight(name);
    await using stack = new AsyncDisposableStack();
    const link = stack.use(await here.seen.connect(signal));
    const phone = await openPhone(link, { clock: this.#options.host.clock, signal });
    // Another phone took its place.
    if (phone.device.id !== id) throw notInSight(name);
    const held = stack.move();
    return { phone, [Symbol.asyncDispose]: () => held.disposeAsync() };
  }

  async #look(): Promise<void> {
    const { host, busy } = this.#options;
    const { signal } = host;
    const busyNow = busy();
    const kept = [...this.#phones.values()].filter(({ device }) => busyNow.has(device.id));
    const keptAt = new Set(kept.map(({ seen }) => seen.address));
    const looking = await lookout(host);
    const addresses = looking.addresses.filter(({ host: at, port }) => !keptAt.has(`${at}:${port}`));
    const all = await phonesInSight({ ...looking, addresses }, signal);
    const found = new Map(kept.map((phone) => [phone.device.id, phone]));
    const strangers: Stranger[] = [];
    const obstacles = new Map<string, Obstacle>();
    const refused = (seen: PhoneInSight, { code, says, hint }: { code: string } & Obstacle): void => {
      const known = this.#knownAt.get(seen.address);
      if (known === undefined)
        strangers.push({ address: seen.address, model: visibleText(seen.model, 80), code, says, hint });
      else if (!found.has(known)) obstacles.set(known, { says, hint });
    };
    const looked = await Promise.all(
      all.filter(({ address }) => !keptAt.has(address)).map((seen) => this.#ask(seen, busyNow)),
    );
    for (const { seen, here, failure } of looked) {
      if (here !== undefined) {
        // The first way that leads to it.
        if (!found.has(here.device.id)) found.set(here.device.id, here);
        this.#knownAt.set(seen.address, here.device.id);
      } else if (failure !== undefined)
        refused(seen, {
          code: failure.code,
          says: plainText(failure.message, 200),
          hint: failure.hint ?? 'Unplug it and plug it in again.',
        });
      else refused(seen, seen.state);
    }
    for (const id of found.keys()) obstacles.delete(id);
    this.#phones = found;
    this.#strangers = strangers;
    this.#obstacles = obstacles;
  }

  async #ask(
    seen: PhoneInSight,
    busy: ReadonlySet<string>,
  ): Promise<{ seen: PhoneInSight; here?: PhoneHere; failure?: Failure }> {
    const { host, catalog } = this.#options;
    const { clock, signal } = host;
    if (seen.state.code !== 'ready') return { seen };
    const before = this.#phones.get(this.#knownAt.get(seen.address) ?? '');
    const now = clock.now();
    if (before !== undefined) {
      // Asked in a time that is yet to come: the clock was set back.
      const isFresh =
        Temporal.Instant.compare(before.asked.add(ASK_EVERY), now) > 0 &&
        Temporal.Instant.compare(before.asked, now) <= 0;
      if (isFresh || busy.has(before.device.id)) return { seen, here: { ...before, seen } };
    }
    try {
      await using link = await seen.connect(signal);
      const phone = await openPhone(link, { clock, signal });
      const { device } = phone;
      const battery = await batteryOf(link, { clock }, signal);
      if (before?.device.id !== device.id) await putBackLeftOver(phone, host);
      catalog.sawDevice({ ...device, facts: factsOf(phone) });
      return {
        seen,
        here: {
          device,
          seen,
          since: this.#phones.get(device.id)?.since ?? now,
          asked: now,
          battery: {
            isCharging: valueOf(battery.isCharging),
            batteryPercent: valueOf(battery.percent),
          },
          freeBytes: new Map(
            phone.volumes.flatMap(({ id, space }) => {
              const known = valueOf(space);
              return known === undefined ? [] : [[id, known.freeBytes]];
            }),
          ),
        },
      };
    } catch (failure) {
      if (!isFailure(failure)) throw failure;
      return { seen, failure };
    }
  }
}
