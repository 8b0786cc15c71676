/** A line of `sha256sum`, of toybox, busybox or GNU: 64 digits, a space, a space or an asterisk, the name. */
const LINE = /^([0-9a-f]{64}) [ *](.*)$/s;

/** Hashes by path, of output about names without line feeds and backslashes. Lines that are none are left out. */
export function parseSums(stdout: string): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const [, digits, path] = LINE.exec(line) ?? [];
    if (digits !== undefined && path !== undefined) sums.set(path, digits);
  }
  return sums;
}

/** The hash of the only file that output is about, whatever its name; GNU puts a backslash before a line with an escape. */
export const parseOnlySum = (stdout: string): string | undefined =>
  /^\\?([0-9a-f]{64}) [ *]/.exec(stdout)?.[1];

/** What was complained of a path: the words behind it; `undefined` for nothing. */
export function complaintOf(stderr: string, path: string): string | undefined {
  const begins = `sha256sum: ${path}: `;
  const at = stderr.indexOf(begins);
  if (at < 0) return undefined;
  const rest = stderr.slice(at + begins.length);
  const end = rest.indexOf('\n');
  return end < 0 ? rest : rest.slice(0, end);
}
