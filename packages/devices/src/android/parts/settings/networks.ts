import type { SavedNetwork } from '@holdfast/records';
import { type Told, told, unrecognised } from '../../facts/told.ts';

/** Widths of columns (AOSP `WifiShellCommand.java`): a number, the name, the kind of security. */
const ID_WIDTH = 12;
const NAME_WIDTH = 32;

/**
 * What `cmd wifi list-networks` says. A name may hold spaces, commas and leading dots, and fill its column; a network
 * that is kept in an older and a newer kind of security has a row for each, the newer marked with `^`: the first counts.
 */
export function parseNetworks(output: string): Told<readonly SavedNetwork[]> {
  if (output.trim() === 'No networks') return told([]);
  const lines = output.split(/\r?\n/);
  // Without a line end it is not known whether there is more of it.
  lines.pop();
  const [head = '', ...rows] = lines;
  if (!/^Network Id +SSID +Security type\s*$/.test(head)) return unrecognised(output);
  const networks = new Map<string, SavedNetwork>();
  for (const row of rows) {
    if (row.trim() === '') continue;
    const network = parseRow(row);
    if (network === undefined) return unrecognised(output);
    if (!networks.has(network.id)) networks.set(network.id, network.saved);
  }
  return told([...networks.values()]);
}

function parseRow(row: string): { readonly id: string; readonly saved: SavedNetwork } | undefined {
  const [, id] = /^(\d+) *$/.exec(row.slice(0, ID_WIDTH)) ?? [];
  const rest = row.slice(ID_WIDTH + 1).trimEnd();
  const security = /\S+$/.exec(rest.slice(NAME_WIDTH))?.[0];
  if (id === undefined || row[ID_WIDTH] !== ' ' || security === undefined) return undefined;
  const name = rest.slice(0, -security.length - 1).trimEnd();
  return { id, saved: { name, security: security.replace(/\^$/, '') } };
}
