import type { Finding } from './finding.ts';

const REPAIR_INDEX = 'holdfast repair index';
const REPAIR_PACKS = 'holdfast repair packs';
const REPAIR_SNAPSHOTS = 'holdfast repair snapshots --forget';
const PRUNE = 'holdfast prune';

/** True for damage; false for a note: something left behind that does no harm. */
export function isDamage({ kind }: Finding): boolean {
  return !NOTES.has(kind);
}

const NOTES: ReadonlySet<Finding['kind']> = new Set<Finding['kind']>([
  'pack-listed-twice',
  'pack-unlisted',
  'pack-mixed',
  'lock-stale',
]);

/**
 * The commands that undo what was found, to be run in this order; none where no command can.
 *
 * Before anything is given up (`repair snapshots --forget`) comes what may still find it.
 */
export function repairsFor(finding: Finding): readonly string[] {
  switch (finding.kind) {
    case 'index-damaged':
    case 'pack-listed-twice':
    case 'pack-listed-differently':
    case 'pack-gaps':
      return [REPAIR_INDEX];
    case 'pack-missing':
    case 'pack-size':
    case 'tree-missing':
    case 'blobs-missing':
      return [REPAIR_INDEX, REPAIR_SNAPSHOTS];
    case 'blobs-damaged':
    case 'header-damaged':
    case 'pack-misnamed':
    case 'pack-unreadable':
      return [`${REPAIR_PACKS} ${finding.pack}`, REPAIR_SNAPSHOTS];
    case 'tree-damaged':
      return [`${REPAIR_PACKS} ${finding.packs.join(' ')}`, REPAIR_SNAPSHOTS];
    case 'file-damaged':
    case 'file-size':
    case 'entry-incomplete':
    case 'snapshot-damaged':
      return [REPAIR_SNAPSHOTS];
    case 'pack-unlisted':
    case 'pack-mixed':
      return [PRUNE];
    case 'key-damaged':
      return [finding.isCurrent ? 'holdfast keys passwd' : `holdfast keys remove ${finding.key}`];
    case 'lock-stale':
      return ['holdfast unlock'];
    case 'lock-damaged':
      return ['holdfast unlock --all'];
    case 'config-damaged':
    case 'pack-unsteady':
      return [];
  }
}

/**
 * The commands that undo all damage among the findings: each once, in the order they have to be run; packs together in one.
 * Notes ask for nothing.
 */
export function repairsForAll(findings: Iterable<Finding>): string[] {
  const others = new Set<string>();
  const packs = new Set<string>();
  for (const finding of findings) {
    if (!isDamage(finding)) continue;
    for (const command of repairsFor(finding)) {
      if (!command.startsWith(REPAIR_PACKS)) others.add(command);
      else for (const pack of command.slice(REPAIR_PACKS.length + 1).split(' ')) packs.add(pack);
    }
  }
  const ofPacks = packs.size === 0 ? [] : [`${REPAIR_PACKS} ${[...packs].join(' ')}`];
  const first = others.has(REPAIR_INDEX) ? [REPAIR_INDEX] : [];
  const last = others.has(REPAIR_SNAPSHOTS) ? [REPAIR_SNAPSHOTS] : [];
  const rest = [...others].filter((command) => command !== REPAIR_INDEX && command !== REPAIR_SNAPSHOTS);
  return [...rest, ...first, ...ofPacks, ...last];
}
