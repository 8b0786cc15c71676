import {
  type Host,
  lookAtRepository,
  type Opened,
  openHere,
  type RepositoryFacts,
  storeSigns,
} from '@holdfast/home';

/** Listing all of a large repository takes a while. */
const GOOD_FOR = Temporal.Duration.from({ minutes: 5 });

/** A repository at a look, and whether it was there at this look or one before: only then it can be missed. */
export interface SeenRepository extends RepositoryFacts {
  readonly wasThere: boolean;
}

/** Opens the repository once, and looks at it when asked: anew after five minutes, after something was done to it, or when its drive is away. */
export class RepositoryLook {
  readonly #host: Host;
  #opening: Promise<Opened> | undefined;
  #wasThere = false;
  #kept: { readonly facts: Promise<RepositoryFacts>; readonly at: Temporal.Instant } | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The repository, opened: deriving its key takes a second. */
  open(): Promise<Opened> {
    if (this.#opening === undefined) {
      const opening = openHere(this.#host);
      this.#opening = opening;
      // What failed is tried again.
      opening.catch(() => {
        if (this.#opening === opening) this.#opening = undefined;
      });
    }
    return this.#opening;
  }

  async facts(): Promise<SeenRepository> {
    const now = this.#host.clock.now();
    const kept = this.#kept;
    const signs = await storeSigns(this.#host);
    this.#wasThere ||= signs.isThere;
    // A drive that was pulled is missed at once. Whoever asked meanwhile may have looked anew.
    if (kept !== undefined && !signs.isThere && this.#kept === kept) this.#kept = undefined;
    if (this.#kept === undefined || !isGood(this.#kept.at, now)) {
      const facts = lookAtRepository(this.#host, () => this.open());
      const last = { facts, at: now };
      this.#kept = last;
      const forget = (): void => {
        if (this.#kept === last) this.#kept = undefined;
      };
      // A repository that is not there yet, or whose drive is away, may be there in a moment.
      facts.then(({ isThere }) => {
        if (!isThere) forget();
      }, forget);
    }
    const facts = await this.#kept.facts;
    // Others fill drives too, and make room on them.
    return {
      ...facts,
      wasThere: this.#wasThere,
      ...(signs.freeBytes !== undefined && { freeBytes: signs.freeBytes }),
    };
  }

  /** Something was added or removed: the next look is a new one. */
  stale(): void {
    this.#kept = undefined;
  }

  /** Its password is another one. */
  reopen(): void {
    this.#opening = undefined;
    this.#kept = undefined;
  }
}

/** What was seen in a time that is yet to come was seen before the clock was set back. */
const isGood = (at: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(at, now) <= 0 && Temporal.Instant.compare(now, at.add(GOOD_FOR)) <= 0;
