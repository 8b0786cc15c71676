import type { ByteSource } from '@holdfast/kernel';
import {
  type Calendar,
  type CalendarEvent,
  type Call,
  type Contact,
  formatCalendar,
  formatCalls,
  formatContacts,
  formatMessages,
  formatSettings,
  type Message,
  type PhoneRecord,
  recordKey,
  type Setting,
} from '@holdfast/records';
import { type RecordFile, recordFileAt } from './record-files.ts';

/** What an excerpt is made of. */
export interface ExcerptOptions {
  /** Keys of the records that it is to have. */
  readonly only: ReadonlySet<string>;
  /** Told of each of them as it is come across. */
  readonly onRecord?: (record: PhoneRecord) => void;
}

/**
 * The bytes of a made file with some of its records, in the same open format: the same whenever they are asked for. A file that is not made
 * of records is given as it is. Records that cannot be read are left out; fails as `bytes` does.
 */
export function excerptOf(path: string, bytes: ByteSource, options: ExcerptOptions): ByteSource {
  const file = recordFileAt(path);
  return file === undefined ? bytes : written(file, bytes, options);
}

async function* written(file: RecordFile, bytes: ByteSource, options: ExcerptOptions): ByteSource {
  const parsed = file.parse(bytes);
  switch (file.kind) {
    case 'contact':
      return yield* formatContacts(chosenOf<Contact>(parsed, options));
    case 'message':
      return yield* formatMessages(chosenOf<Message>(parsed, options));
    case 'call':
      return yield* formatCalls(chosenOf<Call>(parsed, options));
    case 'event':
      return yield* writtenCalendar(parsed, options);
    default: {
      const settings = await Array.fromAsync(chosenOf<Setting>(parsed, options));
      yield formatSettings({ settings, networks: [] });
    }
  }
}

type Parsed = ReturnType<RecordFile['parse']>;

/** The records of a file that are wanted; what kind they are of follows from the file. */
async function* chosenOf<T extends PhoneRecord>(
  parsed: Parsed,
  { only, onRecord }: ExcerptOptions,
): AsyncGenerator<T> {
  for await (const each of parsed) {
    if (each.kind === 'unreadable' || each.kind === 'calendar' || !only.has(recordKey(each))) continue;
    onRecord?.(each);
    yield each as T;
  }
}

async function* writtenCalendar(parsed: Parsed, { only, onRecord }: ExcerptOptions): ByteSource {
  let calendar: Calendar = { kind: 'calendar', name: '', extras: {} };
  const events: CalendarEvent[] = [];
  for await (const each of parsed) {
    if (each.kind === 'calendar') calendar = each;
    else if (each.kind === 'event' && only.has(recordKey(each))) {
      onRecord?.(each);
      events.push(each);
    }
  }
  yield* formatCalendar(calendar, events);
}
