import type { ByteSource } from '@holdfast/kernel';
import type { ContentLine } from '../lines/content-line.ts';
import { contentLines } from '../lines/content-lines.ts';
import { MAX_RECORD_BYTES } from '../lines/raw-lines.ts';
import { unescapeText } from '../lines/text-value.ts';
import type { Unreadable } from '../unreadable.ts';
import { columnsIn } from './columns-in.ts';
import type { Calendar, CalendarEvent } from './event.ts';
import * as ours from './names.ts';
import { parseEvent } from './parse-event.ts';

/**
 * The calendar of an iCalendar file, and its events in their order; a damaged property costs only itself.
 *
 * The calendar comes first, and once a file as a rule; files put together may have several. Zones are this system's, by
 * name, not the file's definitions of them; of others' files, to-dos, journals and what an event has no place for are left out.
 */
export async function* parseCalendar(
  source: ByteSource,
): AsyncGenerator<Calendar | CalendarEvent | Unreadable> {
  const reader = new CalendarReader();
  for await (const item of contentLines(source)) {
    if (item.kind === 'unreadable') yield item;
    else yield* reader.take(item.line, item.number);
  }
  yield* reader.finish();
}

/** Components inside each other that are counted: a calendar, an event, a reminder, and some to spare. */
const DEEPEST = 20;

class CalendarReader {
  /** Names of the components that are open, outermost first. */
  #open: string[] = [];
  #head: ContentLine[] | undefined;
  #event: ContentLine[] | undefined;
  #eventLine = 0;
  /** Of what is kept. */
  #size = 0;

  *take(line: ContentLine, number: number): Generator<Calendar | CalendarEvent | Unreadable> {
    if (line.name === 'BEGIN') yield* this.#begin(line, number);
    else if (line.name === 'END') yield* this.#end(line, number);
    else if (this.#open.length === 0) yield unreadable(number, 'a property outside of any calendar');
    else yield* this.#keep(line, number);
  }

  *finish(): Generator<Unreadable> {
    if (this.#event !== undefined) yield unreadable(this.#eventLine, 'an event has no end');
    this.#event = undefined;
  }

  *#begin(line: ContentLine, number: number): Generator<Calendar | Unreadable> {
    const component = line.value.toUpperCase();
    if (component === 'VCALENDAR') {
      this.#open = [];
      this.#head = [];
      this.#size = 0;
    } else {
      yield* this.#finishHead();
    }
    if (component === 'VEVENT' || component === 'VCALENDAR') yield* this.finish();
    if (component === 'VEVENT') {
      this.#event = [];
      this.#eventLine = number;
      this.#size = 0;
    } else {
      yield* this.#keep(line, number);
    }
    if (this.#open.length < DEEPEST) this.#open.push(component);
  }

  *#end(line: ContentLine, number: number): Generator<Calendar | CalendarEvent | Unreadable> {
    const component = line.value.toUpperCase();
    const at = this.#open.lastIndexOf(component);
    if (at < 0) {
      yield unreadable(number, 'an end without its beginning');
      return;
    }
    this.#open.length = at;
    if (component === 'VEVENT' && this.#event !== undefined) {
      yield parseEvent(this.#event, this.#eventLine);
      this.#event = undefined;
    } else if (component === 'VCALENDAR') {
      yield* this.finish();
      yield* this.#finishHead();
    } else {
      yield* this.#keep(line, number);
    }
  }

  *#keep(line: ContentLine, number: number): Generator<Unreadable> {
    const lines = this.#event ?? (this.#open.length === 1 ? this.#head : undefined);
    if (lines === undefined) return;
    // Counted as what it costs at least: many short lines take more than their characters.
    this.#size += line.value.length + 100;
    if (this.#size <= MAX_RECORD_BYTES * 2) {
      lines.push(line);
    } else {
      yield unreadable(number, 'an event, or what a calendar says of itself, is too long');
      this.#event = undefined;
      this.#head = undefined;
    }
  }

  *#finishHead(): Generator<Calendar> {
    if (this.#head !== undefined) yield parseHead(this.#head);
    this.#head = undefined;
  }
}

function unreadable(line: number, detail: string): Unreadable {
  return { kind: 'unreadable', line, detail };
}

function parseHead(lines: readonly ContentLine[]): Calendar {
  const text = (name: string): string => {
    const line = lines.find((one) => one.name === name);
    return line === undefined ? '' : unescapeText(line.value);
  };
  const color = text(ours.CALENDAR_COLOR);
  const zone = text(ours.CALENDAR_ZONE);
  return {
    kind: 'calendar',
    name: text(ours.CALENDAR_NAME),
    ...(color === '' ? {} : { color }),
    ...(zone === '' ? {} : { zone }),
    extras: columnsIn(lines),
  };
}
