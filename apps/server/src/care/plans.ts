import { type Clock, type RandomBytes, toHex } from '@holdfast/kernel';
import type { ForgetPlan } from '@holdfast/repository';
import { noLonger } from '../failures.ts';

/** A plan is shown, thought about, confirmed: not longer than this. */
const KEPT = Temporal.Duration.from({ hours: 1 });

const MOST = 20;

/** Plans that were shown, by their names. */
export class ForgetPlans {
  readonly #clock: Clock;
  readonly #random: RandomBytes;
  readonly #plans = new Map<string, { readonly plan: ForgetPlan; readonly until: Temporal.Instant }>();

  constructor(clock: Clock, random: RandomBytes) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Keeps a plan for an hour, and gives its name. */
  keep(plan: ForgetPlan): string {
    const name = toHex(this.#random(16));
    this.#plans.set(name, { plan, until: this.#clock.now().add(KEPT) });
    for (const oldest of this.#plans.keys()) {
      if (this.#plans.size <= MOST) break;
      this.#plans.delete(oldest);
    }
    return name;
  }

  /** The plan of that name. Fails with `server/gone`. */
  get(name: string): ForgetPlan {
    const kept = this.#plans.get(name);
    if (kept === undefined || Temporal.Instant.compare(kept.until, this.#clock.now()) < 0)
      throw noLonger('plan');
    return kept.plan;
  }
}
