import type { ItemKind, ReasonCode } from '@holdfast/contract';
import type { ByteSource } from '@holdfast/kernel';
import type { PhoneRecord, Unreadable } from '@holdfast/records';
import type { RecordFile, SinkRefusal } from '#device-sink.ts';
import type { UndoNotes } from '#undo-note.ts';
import type { PartOptions, SourcePart } from '../../parts/part.ts';
import type { BindDialect } from '../script/bind.ts';

/** A record of a backup, by its number in its file. */
export interface Numbered<R> {
  readonly number: number;
  readonly record: R;
}

/** What went wrong with records, by their numbers. Only why: whether they are there is known from reading them back. */
export type Complaints = Map<number, SinkRefusal>;

/** What records are given with. */
export interface GiveContext extends PartOptions {
  readonly dialect: BindDialect;
  readonly file: RecordFile;
  readonly undoNotes: UndoNotes;
}

/** Gives records of one kind; disposing of it puts back what was changed for that, and never fails. */
export interface Giver<R> extends AsyncDisposable {
  give(batch: readonly Numbered<R>[], signal?: AbortSignal): Promise<Complaints>;
}

/** What is particular about records of one kind. */
export interface RecordKind<R> {
  readonly kind: ItemKind;
  /** Reads those that are on a phone, as for a backup. */
  readonly part: (options: PartOptions) => SourcePart;
  /** Whether a file of that part has records. */
  readonly isMade: (path: string) => boolean;
  readonly parse: (bytes: ByteSource) => AsyncIterable<R | Unreadable>;
  readonly recordOf: (record: R) => PhoneRecord;
  /** True for what an interrupted run left half: it does not count as there. */
  readonly isLeftOver?: (record: R) => boolean;
  /** Why it cannot be given to any phone; `undefined` when it can. */
  readonly refuse: (record: R) => SinkRefusal | undefined;
  /** Makes ready, and takes away what an interrupted run left half. Fails with `devices/refused-query` where the phone refuses. */
  readonly begin: (context: GiveContext, signal?: AbortSignal) => Promise<Giver<R>>;
}

const REFUSED = /SecurityException|Permission Denial|not allowed/;
const FULL = /SQLiteFullException|ENOSPC|No space left/;

/** What the tool said of a write, as a reason: the exception's line, where there is one. */
export function complaintOf(said: string): SinkRefusal {
  const line =
    /[\w.]+(?:Exception|Error): .*|\[ERROR\].*/.exec(said)?.[0] ?? said.trim().split('\n', 1)[0] ?? '';
  const reason: ReasonCode = REFUSED.test(said)
    ? 'phone-refuses-writing'
    : FULL.test(said)
      ? 'no-room-there'
      : 'target-refused';
  return { reason, detail: line.slice(0, 300) };
}

/** The same for what all commands said. */
export const complaintsOf = (said: ReadonlyMap<number, string>): Complaints =>
  new Map([...said].map(([number, text]) => [number, complaintOf(text)]));
