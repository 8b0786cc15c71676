/** Zones looked up before, by the name that was asked for. */
const known = new Map<string, string | undefined>();
/** A phone has a handful; a hostile file must not fill the memory. */
const MOST_KNOWN = 1000;

/**
 * The IANA name that a `TZID` can have for a phone's zone: absent for UTC, for offsets and for what this system does not know.
 */
export function ianaZone(zone: string): string | undefined {
  if (known.has(zone)) return known.get(zone);
  const name = lookUp(zone);
  if (known.size < MOST_KNOWN) known.set(zone, name);
  return name;
}

function lookUp(zone: string): string | undefined {
  if (
    !/^[A-Za-z][A-Za-z0-9_+/-]{0,99}$/.test(zone) ||
    /^(?:Etc\/)?(?:UTC|GMT|Zulu|Universal|UCT|Greenwich)$/i.test(zone)
  )
    return undefined;
  try {
    return new Temporal.ZonedDateTime(0n, zone).timeZoneId;
  } catch {
    return undefined;
  }
}

/** Transitions that a definition names: those of any event that a person plans or remembers. */
const FROM = Temporal.Instant.from('1970-01-01T00:00Z');
const UNTIL = Temporal.Instant.from('2101-01-01T00:00Z');

/** One change of a zone's clocks. */
interface Change {
  /** Minutes east of UTC before and after. */
  readonly from: number;
  readonly to: number;
  /** What the clocks showed when they were changed: `20260329T020000`. */
  readonly at: string;
}

/**
 * The lines of a `VTIMEZONE`, unfolded and without line ends (RFC 5545 section 3.6.5): each change of the clocks from 1970
 * to 2100 by its date, as this system's zone data has it.
 */
export function zoneDefinition(name: string): readonly string[] {
  const lines = ['BEGIN:VTIMEZONE', `TZID:${name}`];
  const first = FROM.toZonedDateTimeISO(name);
  const offset = first.offsetNanoseconds / 60e9;
  lines.push(...observance({ from: offset, to: offset, at: '19700101T000000' }, []));
  const changes = new Map<string, Change[]>();
  for (const change of changesOf(first)) {
    const key = `${change.from} ${change.to}`;
    changes.set(key, [...(changes.get(key) ?? []), change]);
  }
  for (const [earliest, ...others] of changes.values()) {
    if (earliest !== undefined) lines.push(...observance(earliest, others));
  }
  lines.push('END:VTIMEZONE');
  return lines;
}

function* changesOf(first: Temporal.ZonedDateTime): Generator<Change> {
  let from = first.offsetNanoseconds / 60e9;
  for (
    let next = first.getTimeZoneTransition('next');
    next !== null && Temporal.Instant.compare(next.toInstant(), UNTIL) < 0;
    next = next.getTimeZoneTransition('next')
  ) {
    const to = next.offsetNanoseconds / 60e9;
    const shown = next.toInstant().toZonedDateTimeISO('UTC').add({ minutes: from });
    if (to !== from) yield { from, to, at: compact(shown.toPlainDateTime()) };
    from = to;
  }
}

function observance({ from, to, at }: Change, others: readonly Change[]): string[] {
  const name = to > from ? 'DAYLIGHT' : 'STANDARD';
  const dates = others.length === 0 ? [] : [`RDATE:${others.map((change) => change.at).join(',')}`];
  return [
    `BEGIN:${name}`,
    `DTSTART:${at}`,
    `TZOFFSETFROM:${formatOffset(from)}`,
    `TZOFFSETTO:${formatOffset(to)}`,
    ...dates,
    `END:${name}`,
  ];
}

function formatOffset(minutes: number): string {
  const whole = Math.trunc(Math.abs(minutes));
  const digits = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${digits(Math.trunc(whole / 60))}${digits(whole % 60)}`;
}

/** `20260329T020000` */
export function compact(time: Temporal.PlainDateTime): string {
  return time.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');
}
