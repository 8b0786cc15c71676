/** Slots looked at before a search gives up: only names that were made to collide ever come near. */
const MOST_PROBES = 64;

/**
 * True when no name is there twice; may be false where none is, too. A Set would say it for certain and take eight times as long:
 * V8 keeps every string that is looked up in one.
 */
export function areDistinct(names: readonly string[]): boolean {
  const mask = 2 ** (33 - Math.clz32(names.length)) - 1;
  /** Place + 1, or 0 for a free slot; at least half of them are free. */
  const slots = new Uint32Array(mask + 1);
  for (let place = 0; place < names.length; place++) {
    const name = names[place] as string;
    let slot = hashOf(name) & mask;
    let probes = 0;
    for (let other = slots[slot] ?? 0; other !== 0; other = slots[slot] ?? 0) {
      probes += 1;
      if (names[other - 1] === name || probes === MOST_PROBES) return false;
      slot = (slot + 1) & mask;
    }
    slots[slot] = place + 1;
  }
  return true;
}

/** FNV-1a over UTF-16 units, its high bits mixed into the low ones. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
