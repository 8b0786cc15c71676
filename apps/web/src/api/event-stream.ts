/** One server-sent event, as it came over the wire. */
export interface StreamEvent {
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Takes pieces of a stream of server-sent events and gives the events that are whole by now (HTML standard, "Parsing an event stream"). Comments
 * and what is not `data` or `id` give nothing. Pieces may end anywhere, inside a line too.
 */
export function eventReader(): (piece: string) => StreamEvent[] {
  let rest = '';
  let id: string | undefined;
  let data: string[] = [];
  return (piece) => {
    const events: StreamEvent[] = [];
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) events.push({ id, data: data.join('\n') });
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
