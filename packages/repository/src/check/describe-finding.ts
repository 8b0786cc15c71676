import { plainText, visibleText } from '@holdfast/kernel';
import { type Id, shortId } from '@holdfast/restic-format';
import type { Finding, PackFinding } from './finding.ts';

/** What happened, in one sentence for a person. Everything from outside is made harmless. */
export function describeFinding(finding: Finding): string {
  switch (finding.kind) {
    case 'config-damaged':
      return `The config file is damaged: ${finding.reason}.`;
    case 'key-damaged':
      return `Key file ${shortId(finding.key)} is damaged${finding.isCurrent ? ', though it opened the repository' : ''}: ${finding.reason}.`;
    case 'lock-damaged':
      return `Lock ${shortId(finding.lock)} is damaged: ${finding.reason}.`;
    case 'lock-stale':
      return `Lock ${shortId(finding.lock)} of ${plainText(finding.hostname, 80)} has not been refreshed since ${finding.time}: the program that made it has probably died.`;
    case 'index-damaged':
      return `Index file ${shortId(finding.index)} is damaged: ${finding.reason}.`;
    case 'pack-listed-twice':
      return `Pack ${shortId(finding.pack)} is listed in ${finding.indexes.length} places of the index. That does no harm.`;
    case 'pack-listed-differently':
      return `The index says two different things about pack ${shortId(finding.pack)}.`;
    case 'snapshot-damaged':
      return `Snapshot file ${shortId(finding.snapshot)} is damaged: ${finding.reason}.`;
    case 'tree-missing':
      return `Folder ${inSnapshot(finding)} is lost with all that is in it: tree ${shortId(finding.tree)} is in no pack.`;
    case 'tree-damaged':
      return `Folder ${inSnapshot(finding)} cannot be read, nor what is in it: ${finding.reason}.`;
    case 'blobs-missing':
      return `File ${inSnapshot(finding)} has lost content: ${listed(finding.blobs)} in no pack.`;
    case 'file-damaged':
      return `File ${inSnapshot(finding)} has damaged content: no whole copy of ${finding.blobs.map(shortId).join(', ')} is left.`;
    case 'file-size':
      return `File ${inSnapshot(finding)} should have ${finding.sizeBytes} bytes, but its content has ${finding.contentBytes}.`;
    case 'entry-incomplete':
      return `Entry ${inSnapshot(finding)} ${INCOMPLETE[finding.problem]}.`;
    case 'pack-missing':
    case 'pack-size':
    case 'pack-gaps':
    case 'pack-mixed':
    case 'pack-unlisted':
    case 'pack-unreadable':
    case 'pack-unsteady':
    case 'blobs-damaged':
    case 'header-damaged':
    case 'pack-misnamed':
      return describePack(finding);
  }
}

const INCOMPLETE = {
  'no-content': 'is a file, but nothing says what its content is',
  'no-subtree': 'is a folder, but nothing says what is in it',
  'unknown-type': 'is of a kind this version does not know',
} as const;

function describePack(finding: PackFinding): string {
  const pack = `Pack ${shortId(finding.pack)}`;
  switch (finding.kind) {
    case 'pack-missing':
      return `${pack} is missing, and ${blobs(finding.blobs)} with it.`;
    case 'pack-size':
      return `${pack} has ${finding.sizeBytes} bytes where the index expects ${finding.expectedBytes}: ${
        finding.sizeBytes < finding.expectedBytes ? 'it was cut short' : 'something was added to it'
      }, or the index is wrong.`;
    case 'pack-gaps':
      return `${pack} has gaps or overlaps between its blobs by what the index lists.`;
    case 'pack-mixed':
      return `${pack} holds files and folders mixed, as restic did long ago. That does no harm.`;
    case 'pack-unlisted':
      return `${pack} (${finding.sizeBytes} bytes) is in no index file: it is of a backup that was interrupted, or that is running. That does no harm, unless damage is found, too.`;
    case 'pack-unreadable':
      return `${pack} cannot be read: ${finding.reason}.`;
    case 'pack-unsteady':
      return `${pack} was read damaged once and whole once: a cable, the drive or the memory of this computer is not reliable.`;
    case 'blobs-damaged':
      return `${pack} is damaged: ${finding.blobs.length} of its ${blobs(finding.of)} cannot be opened (${few(finding.blobs.map(({ id }) => id))}).`;
    case 'header-damaged':
      return finding.problem === 'unreadable'
        ? `${pack} has a damaged header. Its blobs are whole.`
        : `${pack} lists other blobs than the index lists for it.`;
    case 'pack-misnamed':
      return `${pack} does not match its name, though all its blobs are whole: it was renamed or exchanged.`;
  }
}

const inSnapshot = ({ path, snapshot }: { readonly path: string; readonly snapshot: Id }): string =>
  `"${visibleText(path === '' ? '/' : path)}" of snapshot ${shortId(snapshot)}`;

const blobs = (count: number): string => (count === 1 ? '1 blob' : `${count} blobs`);

const listed = (ids: readonly Id[]): string =>
  ids.length === 1 ? `blob ${few(ids)} is` : `${blobs(ids.length)} (${few(ids)}) are`;

/** Most ids a sentence names. */
const MOST_NAMED = 5;

const few = (ids: readonly Id[]): string =>
  ids.length > MOST_NAMED
    ? `${ids.slice(0, MOST_NAMED).map(shortId).join(', ')} and ${ids.length - MOST_NAMED} more`
    : ids.map(shortId).join(', ');
