/** One server-sent event, as it came over the wire. */
export interface StreamEvent {
  /** Of this event, or of the last that had one: from after it the stream goes on. */
  readonly id: string | undefined;
  /** Empty where nothing is told but where the stream is. */
  readonly data: string;
}

/**
 * Takes pieces of a stream of server-sent events and gives the events that are whole by now (HTML standard, "Parsing an event stream"). An id alone
 * gives an event without data; comments and what is not `data` or `id` give nothing. Pieces may end anywhere, inside a line too.
 */
export function eventReader(): (piece: string) => StreamEvent[] {
  let rest = '';
  let id: string | undefined;
  let told: string | undefined;
  let data: string[] = [];
  return (piece) => {
    const events: StreamEvent[] = [];
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0 || id !== told) events.push({ id, data: data.join('\n') });
        told = id;
        data = [];
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon === -1 ? line : line.slice(0, colon);
      const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'data') data.push(value);
      else if (field === 'id' && !value.includes('\0')) id = value;
    }
    return events;
  };
}
