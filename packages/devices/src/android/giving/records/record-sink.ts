import { type Failure, isFailure, systemClock } from '@holdfast/kernel';
import { recordKey, recordTitle } from '@holdfast/records';
import type {
  GiveRecordsOptions,
  RecordFile,
  RecordOutcome,
  RecordSink,
  RecordVerdict,
  SinkRefusal,
} from '#device-sink.ts';
import { DEVICE_FAILURES } from '#failures.ts';
import { refusalOf } from '../../content/content-query.ts';
import type { PartOptions } from '../../parts/part.ts';
import { bindDialect } from '../script/bind.ts';
import type { Complaints, Giver, Numbered, RecordKind } from './record-kind.ts';
import { givenKey, isUnreadable, KeyCounts, recordsThere } from './there.ts';

/** Records in one script, and records after which all are read back: each reading takes as long as a backup of them. */
const GIVEN_AT_ONCE = 100;
const PROVED_AT_ONCE = 1000;

/** What a plan found there is read anew after this: it asks for each file it has, and calendars are many. */
const GOOD_FOR = Temporal.Duration.from({ seconds: 30 });

/** Records of one file that are looked at, each a few hundred bytes of a plan: more than any phone has. */
const MOST_RECORDS = 1_000_000;

/** A record and the verdict on it. */
interface Decided<R> {
  readonly verdict: RecordVerdict;
  /** Of those to be given. */
  readonly record?: R;
  readonly count: string;
}

/** Gives a phone as a sink for records of one kind. */
export function recordSink<R>(kind: RecordKind<R>, options: PartOptions): RecordSink {
  const { clock = systemClock } = options;
  let known: { readonly until: Temporal.Instant; readonly there: KeyCounts | SinkRefusal } | undefined;
  return {
    async *plan(file, { isChosen }, signal) {
      const now = clock.now();
      if (known === undefined || Temporal.Instant.compare(now, known.until) > 0)
        known = { until: now.add(GOOD_FOR), there: await recordsThere(kind, options, signal) };
      const { there } = known;
      for await (const { verdict } of decide(kind, file, there, isChosen, signal)) yield verdict;
    },
    give(file, giving, signal) {
      known = undefined;
      return give(kind, options, file, giving, signal);
    },
  };
}

async function* decide<R>(
  kind: RecordKind<R>,
  file: RecordFile,
  there: KeyCounts | SinkRefusal,
  isChosen: (key: string) => boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Decided<R>, void, undefined> {
  const seen = new KeyCounts();
  let number = 0;
  for await (const record of kind.parse(file.read(signal))) {
    number += 1;
    if (number > MOST_RECORDS) {
      const detail = `only ${MOST_RECORDS} records of a file are looked at`;
      const verdict = { number, key: 'too-many', kind: kind.kind, title: 'all others' };
      yield { verdict: { ...verdict, reason: 'damaged-in-backup', detail }, count: 'too-many' };
      return;
    }
    if (isUnreadable(record)) {
      const { line, detail } = record as unknown as { line: number; detail: string };
      const key = `unreadable-${line}`;
      if (!isChosen(key)) continue;
      const verdict = { number, key, kind: kind.kind, title: `line ${line}` };
      yield { verdict: { ...verdict, reason: 'damaged-in-backup', detail }, count: key };
      continue;
    }
    const phoneRecord = kind.recordOf(record);
    const key = recordKey(phoneRecord);
    if (!isChosen(key)) continue;
    const verdict = { number, key, kind: kind.kind, title: recordTitle(phoneRecord) };
    const count = givenKey(phoneRecord);
    if (!(there instanceof KeyCounts)) {
      yield { verdict: { ...verdict, ...there }, count };
      continue;
    }
    seen.add(count);
    const refusal =
      seen.of(count) <= there.of(count) ? ({ reason: 'already-there' } as const) : kind.refuse(record);
    yield refusal === undefined ? { verdict, record, count } : { verdict: { ...verdict, ...refusal }, count };
  }
}

async function* give<R>(
  kind: RecordKind<R>,
  options: PartOptions,
  file: RecordFile,
  { isChosen, undoNotes }: GiveRecordsOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordOutcome, void, undefined> {
  const dialect = await bindDialect(options.phone.transport, options, signal);
  let giver: Giver<R> | SinkRefusal;
  if (dialect === undefined)
    giver = { reason: 'phone-refuses-writing', detail: 'the phone has no such command' };
  else {
    const context = { ...options, dialect, file, undoNotes };
    giver = await kind.begin(context, signal).catch(refused);
  }
  if (!('give' in giver)) {
    for await (const { verdict } of decide(
      kind,
      file,
      await recordsThere(kind, options, signal),
      isChosen,
      signal,
    ))
      yield outcomeOf({ ...giver, ...verdict });
    return;
  }
  await using giving = giver;
  const there = await recordsThere(kind, options, signal);
  const proving = new Proving(kind, options, there instanceof KeyCounts ? there : new KeyCounts());
  let batch: Numbered<R>[] = [];
  const giveBatch = async (): Promise<void> => {
    const given = batch;
    batch = [];
    if (given.length === 0 || proving.isHopeless) return;
    signal?.throwIfAborted();
    proving.complain(await giving.give(given, signal), given.length);
  };
  for await (const { verdict, record, count } of decide(kind, file, there, isChosen, signal)) {
    if (verdict.reason !== undefined || record === undefined) {
      yield outcomeOf(verdict);
      continue;
    }
    batch.push({ number: verdict.number, record });
    proving.add(verdict, count);
    if (batch.length >= GIVEN_AT_ONCE) await giveBatch();
    if (proving.length >= PROVED_AT_ONCE && batch.length === 0) yield* await proving.prove(signal);
  }
  await giveBatch();
  yield* await proving.prove(signal);
}

const outcomeOf = ({ reason = 'target-refused', ...verdict }: RecordVerdict): RecordOutcome => ({
  ...verdict,
  reason,
});

/** What a provider refused, as a reason; throws other errors. */
function refused(error: unknown): SinkRefusal {
  if (refusalOf(error) === undefined && !isFailure(error, DEVICE_FAILURES.refusedWriting)) throw error;
  const { details, message } = error as Failure;
  return { reason: 'phone-refuses-writing', detail: String(details['said'] ?? message).slice(0, 300) };
}

/** Reads back what was given: as many more of a key as there were before are ours. */
class Proving<R> {
  readonly #kind: RecordKind<R>;
  readonly #options: PartOptions;
  readonly #before: KeyCounts;
  readonly #given = new KeyCounts();
  #waiting: { readonly verdict: RecordVerdict; readonly count: string }[] = [];
  #complaints: Complaints = new Map();
  /** All of a batch was refused for good: so would be the others. */
  isHopeless = false;
  #why: SinkRefusal | undefined;

  constructor(kind: RecordKind<R>, options: PartOptions, before: KeyCounts) {
    this.#kind = kind;
    this.#options = options;
    this.#before = before;
  }

  get length(): number {
    return this.#waiting.length;
  }

  add(verdict: RecordVerdict, count: string): void {
    this.#waiting.push({ verdict, count });
  }

  complain(complaints: Complaints, given: number): void {
    for (const [number, complaint] of complaints) this.#complaints.set(number, complaint);
    const first = complaints.values().next().value;
    const isRefused = complaints.size === given && first?.reason === 'phone-refuses-writing';
    if (!isRefused) return;
    this.isHopeless = true;
    this.#why = first;
  }

  async prove(signal: AbortSignal | undefined): Promise<RecordOutcome[]> {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return [];
    const after = await recordsThere(this.#kind, this.#options, signal);
    return waiting.map(({ verdict, count }): RecordOutcome => {
      const complaint = this.#complaints.get(verdict.number) ?? this.#why;
      if (!(after instanceof KeyCounts)) return { ...verdict, ...after };
      const isThere = after.of(count) > this.#before.of(count) + this.#given.of(count);
      // What was said of a record that is there concerns something of it that its key does not say.
      if (!isThere) return { ...verdict, ...(complaint ?? { reason: 'differs-after-writing' }) };
      this.#given.add(count);
      return { ...verdict, ...(complaint ?? { reason: 'restored' }) };
    });
  }
}
