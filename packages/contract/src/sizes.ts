const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/**
 * `1.5 GB`, `10 GB`, `53.6 MB`, `999 B`: a size as people read it, the same in the command, the app and its server. Decimal units, as drives are sold;
 * two digits at least and at most one behind the point. Rounded before the unit is chosen: never 1000 of one.
 */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let power = 0;
  while (Math.round(value) >= 1000 && power < UNITS.length - 1) {
    value /= 1000;
    power += 1;
  }
  return `${power === 0 ? Math.round(value) : inDigits(value)} ${UNITS[power]}`;
}

/** The same, never less than it is: who frees so much has room. */
export function formatBytesAtLeast(bytes: number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, bytes))) - 1);
  return formatBytes(Math.ceil(bytes / step) * step);
}

function inDigits(value: number): string {
  const tenths = Math.round(value * 10) / 10;
  if (tenths >= 100) return String(Math.round(value));
  return tenths < 10 ? tenths.toFixed(1) : String(tenths);
}
