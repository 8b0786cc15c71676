import type { Clock } from '@holdfast/kernel';

/** So many at once, and one more every so often. */
interface Allowance {
  readonly burst: number;
  readonly everyMs: number;
}

/** A person mistypes a few times; 8 + 4 an hour leaves 100 tries a day. */
const EACH: Allowance = { burst: 8, everyMs: 15 * 60_000 };
/** Of all addresses together that never came in: a home network has few of them, an attacker may have many. */
const ALL: Allowance = { burst: 40, everyMs: 30_000 };
/** Addresses that are remembered; those whose allowance is full again are forgotten first. */
const MOST = 10_000;

/**
 * What is left of an allowance: `full` is the time at which it is whole again. A try moves that on; there is none left when it is a
 * whole burst ahead.
 */
function tried(full: number, now: number, { burst, everyMs }: Allowance): { full: number; waitMs: number } {
  // No try leaves more than a whole burst to wait for: more than that was counted by a clock that has been set back since.
  const next = Math.min(Math.max(full, now), now + burst * everyMs) + everyMs;
  const waitMs = next - now - burst * everyMs;
  return waitMs > 0 ? { full: Math.min(full, now + burst * everyMs), waitMs } : { full: next, waitMs: 0 };
}

/** Counts tries to come in, for each address and for all of them. */
export class Tries {
  readonly #clock: Clock;
  readonly #full = new Map<string, number>();
  /** Addresses from which somebody once came in: strangers cannot use up what they have. */
  readonly #known = new Set<string>();
  #allFull = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a try of an address: 0, or how many milliseconds it has to wait, and then nothing was taken. */
  take(address: string): number {
    const now = this.#clock.now().epochMilliseconds;
    const each = tried(this.#full.get(address) ?? 0, now, EACH);
    if (each.waitMs > 0) {
      this.#full.set(address, each.full);
      return each.waitMs;
    }
    if (!this.#known.has(address)) {
      const all = tried(this.#allFull, now, ALL);
      this.#allFull = all.full;
      if (all.waitMs > 0) return all.waitMs;
    }
    this.#full.set(address, each.full);
    if (this.#full.size > MOST) this.#forget(now);
    return 0;
  }

  /** Somebody came in from there: the address starts anew. */
  succeeded(address: string): void {
    this.#full.delete(address);
    if (this.#known.size < MOST) this.#known.add(address);
  }

  #forget(now: number): void {
    for (const [address, full] of this.#full) if (full <= now) this.#full.delete(address);
    for (const address of this.#full.keys()) {
      if (this.#full.size <= MOST) return;
      this.#full.delete(address);
    }
  }
}
