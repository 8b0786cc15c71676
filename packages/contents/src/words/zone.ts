const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A time that RFC 3339 can spell: the years 0 to 9999. */
const EARLIEST = -62_167_219_200_000;
const LATEST = 253_402_300_799_999;

/** A stretch of time in which a zone's clocks differ from UTC by the same. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** Clocks of a time zone, in milliseconds: asked a hundred thousand times, mostly about the same few years. */
export class Zone {
  readonly name: string;
  #stretches: Stretch[] = [];

  /** `name`: IANA's. */
  constructor(name: string) {
    this.name = name;
  }

  /** What its clocks are ahead of UTC at that moment. */
  offsetAt(ms: number): number {
    const known = this.#stretches.find(({ from, to }) => ms >= from && ms < to);
    return (known ?? this.#learn(ms)).offset;
  }

  /** The moment at which its clocks show `wall`, which is counted as if it were UTC. */
  instantOf(wall: number): number {
    const near = wall - this.offsetAt(wall);
    return wall - this.offsetAt(near);
  }

  /** `2024-06-12` */
  dayOf(ms: number): string {
    const day = Math.floor((ms + this.offsetAt(ms)) / DAY_MS);
    return new Date(day * DAY_MS).toISOString().slice(0, 10);
  }

  /** RFC 3339 of what its clocks show at that moment: `2024-06-12T10:10:10.000+02:00` */
  clockOf(ms: number): string {
    const ahead = Math.trunc(this.offsetAt(ms) / MINUTE_MS);
    return clockText(inRange(ms + ahead * MINUTE_MS), ahead);
  }

  #learn(ms: number): Stretch {
    const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(this.name);
    const before = at.getTimeZoneTransition('previous')?.epochMilliseconds;
    const after = at.getTimeZoneTransition('next')?.epochMilliseconds;
    const stretch = {
      // A transition at the very moment is the beginning, and no previous one.
      from: Math.min(before ?? Number.NEGATIVE_INFINITY, ms),
      to: after ?? Number.POSITIVE_INFINITY,
      offset: at.offsetNanoseconds / 1e6,
    };
    if (before !== undefined && before < ms && this.#isTransition(at)) this.#keep({ ...stretch, from: ms });
    else this.#keep(stretch);
    return stretch;
  }

  #isTransition(at: Temporal.ZonedDateTime): boolean {
    return at.subtract({ milliseconds: 1 }).offsetNanoseconds !== at.offsetNanoseconds;
  }

  #keep(stretch: Stretch): void {
    // Few years are asked about; whoever asks about all of them gets no more room for it.
    this.#stretches = [stretch, ...this.#stretches].slice(0, 64);
  }
}

/** Milliseconds since 1970 within the years that have four digits. */
export function inRange(ms: number): number {
  if (!Number.isFinite(ms)) return 0;
  return Math.trunc(Math.min(LATEST, Math.max(EARLIEST, ms)));
}

/** RFC 3339, in UTC. */
export const timeText = (ms: number): string => new Date(ms).toISOString();

/** RFC 3339 of what clocks showed, and by how many minutes they were ahead of UTC. */
export function clockText(wall: number, ahead: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60];
  const offset = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
  return `${timeText(wall).slice(0, -1)}${ahead < 0 ? '-' : '+'}${offset}`;
}
