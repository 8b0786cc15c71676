import type { EntryTraits } from '@holdfast/local-files';
import { type Node, parseTime, unixMode } from '@holdfast/restic-format';

/** Mode and time of a node, as a sink sets them. */
export function traitsOf(node: Node): EntryTraits {
  // setuid, setgid and sticky are not given back: what they would allow is not what a backup is asked for.
  return { mode: unixMode(node.mode) & 0o777, mtimeNs: parseTime(node.mtime) ?? 0n };
}
