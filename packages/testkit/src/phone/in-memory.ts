import type { AdbStream } from '@holdfast/adb';
import { DeviceLink, type LinkFaults, type PhoneSocket } from './device-link.ts';
import { type PhoneOptions, serveLink, servicesOf } from './phone.ts';
import { phoneFolder } from './tree.ts';

/** A phone that no port leads to. */
export interface PhoneInMemory {
  /** Services opened so far, in order. */
  readonly services: readonly string[];
  /** The host's end of a new cable; closing it hangs up. */
  plug(faults?: LinkFaults): AdbStream;
  /** Pulls every cable there is. */
  unplug(): void;
}

/**
 * A phone with cables of memory: nothing in it waits for the system, so a conversation goes the same way each time.
 * A phone that restarts hangs up on nobody.
 */
export function phoneInMemory(options: PhoneOptions): PhoneInMemory {
  const root = options.root ?? phoneFolder();
  const services: string[] = [];
  const cables = new Set<Cable>();
  const serviceFor = servicesOf(options, root, services, () => undefined);
  return {
    services,
    plug(faults = {}) {
      const cable = new Cable();
      cables.add(cable);
      const link = new DeviceLink(cable.phoneEnd, faults);
      serveLink(link, options, serviceFor).then(
        () => cable.pull(),
        () => cable.pull(),
      );
      return cable.hostEnd;
    },
    unplug() {
      for (const cable of cables) cable.pull();
      cables.clear();
    },
  };
}

/** Two ends; what goes in at one comes out at the other, a moment later and in order. */
class Cable {
  readonly #toPhone: ((chunk: Uint8Array) => void)[] = [];
  readonly #onPulled: (() => void)[] = [];
  #toHost: Uint8Array[] = [];
  #reader: PromiseWithResolvers<Uint8Array | undefined> | undefined;
  #isPulled = false;
  #reason: unknown;

  readonly phoneEnd: PhoneSocket = this.#phoneEnd();

  readonly hostEnd: AdbStream = {
    read: () => this.#read(),
    write: async (bytes) => {
      if (this.#reason !== undefined) throw this.#reason as Error;
      if (this.#isPulled) return;
      // The phone's to keep.
      const copy = bytes.slice();
      queueMicrotask(() => {
        for (const listener of this.#toPhone) listener(copy);
      });
    },
    close: (reason) => {
      this.#reason ??= reason;
      this.pull();
      if (reason !== undefined) this.#reader?.reject(reason);
      else this.#reader?.resolve(undefined);
      this.#reader = undefined;
    },
  };

  /** Both ends see the end of it; what was on its way to the host still comes. */
  pull(): void {
    if (this.#isPulled) return;
    this.#isPulled = true;
    queueMicrotask(() => {
      for (const listener of this.#onPulled) listener();
      this.#reader?.resolve(undefined);
      this.#reader = undefined;
    });
  }

  #phoneEnd(): PhoneSocket {
    const isPulled = (): boolean => this.#isPulled;
    return {
      get destroyed() {
        return isPulled();
      },
      on: (event: 'data' | 'close' | 'error', listener: (chunk: Uint8Array) => void) => {
        if (event === 'data') this.#toPhone.push(listener);
        if (event === 'close') this.#onPulled.push(listener as () => void);
      },
      write: (bytes) => this.#write(bytes),
      pause: () => undefined,
      destroy: () => this.pull(),
      destroySoon: () => this.pull(),
    };
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.#reason !== undefined) return;
    const copy = bytes.slice();
    if (this.#reader === undefined) this.#toHost.push(copy);
    else this.#reader.resolve(copy);
    this.#reader = undefined;
  }

  async #read(): Promise<Uint8Array | undefined> {
    if (this.#reason !== undefined) throw this.#reason as Error;
    const chunk = this.#toHost.shift();
    if (chunk !== undefined) return chunk;
    if (this.#isPulled) return undefined;
    this.#reader = Promise.withResolvers();
    return this.#reader.promise;
  }
}
