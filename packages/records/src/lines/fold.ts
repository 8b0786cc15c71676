/** The most octets a line may have, its end not counted (RFC 2426 section 2.6, RFC 5545 section 3.1). */
const LINE_OCTETS = 75;

/** A logical line as lines of at most 75 octets with their ends; no character is cut in two. */
export function foldLine(line: string): string {
  const length = Buffer.byteLength(line, 'utf8');
  if (length <= LINE_OCTETS) return `${line}\r\n`;
  return length === line.length ? foldAscii(line) : foldAny(line);
}

function foldAscii(line: string): string {
  const lines = [line.slice(0, LINE_OCTETS)];
  for (let at = LINE_OCTETS; at < line.length; at += LINE_OCTETS - 1) {
    lines.push(line.slice(at, at + LINE_OCTETS - 1));
  }
  return `${lines.join('\r\n ')}\r\n`;
}

function foldAny(line: string): string {
  const lines: string[] = [];
  let room = LINE_OCTETS;
  let from = 0;
  let at = 0;
  while (at < line.length) {
    const point = line.codePointAt(at) ?? 0;
    const octets = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
    if (octets > room) {
      lines.push(line.slice(from, at));
      from = at;
      // One octet of the next line is the space it begins with.
      room = LINE_OCTETS - 1;
    }
    room -= octets;
    at += point < 0x1_0000 ? 1 : 2;
  }
  lines.push(line.slice(from));
  return `${lines.join('\r\n ')}\r\n`;
}
