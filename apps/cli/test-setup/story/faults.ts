import { type Android, contentBytes, type PhoneFile, type PhoneFolder } from '@holdfast/testkit/phone';
import { chanceOf } from './chance.ts';
import { changePhone } from './changes.ts';
import { filesBelow, foldersBelow, storageOf } from './storage.ts';
import type { Fault } from './story.ts';
import { trapped } from './truth.ts';

/** What was set up on a phone for one run. */
export interface SetTraps extends Disposable {
  /** Paths in a snapshot at or below which this run may fail to read. */
  readonly disturbed: readonly string[];
  /** Folders that are closed for this run only. */
  readonly closed: ReadonlySet<PhoneFolder>;
}

interface Target {
  readonly path: string;
  readonly parent: PhoneFolder;
  readonly name: string;
}

/**
 * Sets up on the phone what a run's faults say of files and folders; disposing heals what can be healed. `onChange` hears of
 * each change of what the phone has, when it is done.
 */
export function setTraps(android: Android, faults: readonly Fault[], onChange: () => void): SetTraps {
  const undo: ((android: Android) => void)[] = [];
  const disturbed: string[] = [];
  const closed = new Set<PhoneFolder>();
  let isOver = false;
  const changed: Changed = (change) => {
    if (isOver) return false;
    change();
    onChange();
    return true;
  };
  for (const fault of faults) {
    if (fault.fault === 'closed') {
      const target = pick(targets(android, 'folders'), fault.folder);
      const folder = target?.parent.entries.get(target.name);
      if (target === undefined || folder?.kind !== 'folder' || folder.listing !== undefined) continue;
      disturbed.push(target.path);
      const shut = { ...folder, listing: 'closed' } as const;
      closed.add(shut);
      replace(target, shut, folder, undo);
    }
    if (!('file' in fault)) continue;
    const target = pick(targets(android, 'files'), fault.file);
    const file = target?.parent.entries.get(target.name);
    // One trap a file: setting another one up would spring it.
    if (target === undefined || file?.kind !== 'file' || disturbed.includes(target.path)) continue;
    disturbed.push(target.path);
    replace(target, trapOf(fault, file, target, android, changed), file, undo);
  }
  return {
    disturbed,
    closed,
    [Symbol.dispose]() {
      isOver = true;
      for (const each of undo.toReversed()) each(android);
    },
  };
}

/** Changes the phone, unless the run is over; says whether it did. */
type Changed = (change: () => void) => boolean;

type OfFile = Extract<Fault, { readonly file: number }>;

function trapOf(
  fault: OfFile,
  file: PhoneFile,
  target: Target,
  android: Android,
  changed: Changed,
): PhoneFile {
  switch (fault.fault) {
    case 'refuse':
      return fault.at === undefined
        ? { ...file, refusal: 'open failed: Permission denied' }
        : { ...file, failAfterBytes: Math.floor(contentBytes(file.content) * fault.at) };
    case 'meanwhile': {
      let left = 1;
      const content = trapped(file.content, () => {
        if (left-- > 0) changed(() => changePhone(android, fault.seed, fault.times, 'files'));
        return undefined;
      });
      return { ...file, content };
    }
    case 'shrinks':
      return { ...file, content: shrinking(file, target, changed) };
    case 'rewritten':
      return { ...file, content: rewritten(file, target, fault.times, fault.seed, changed) };
  }
}

/** Half of it comes; then the file is that long. */
function shrinking(file: PhoneFile, { parent, name }: Target, changed: Changed): PhoneFile['content'] {
  const whole = bytesOf(file);
  const half = whole.slice(0, Math.floor(whole.length / 2));
  const content = trapped(whole, () => {
    if (!isStill(parent, name, content)) return undefined;
    const isDone = changed(() =>
      parent.entries.set(name, { ...file, content: half, mtime: (file.mtime ?? 0) + 1 }),
    );
    return isDone ? half : undefined;
  });
  return content;
}

function rewritten(
  file: PhoneFile,
  target: Target,
  times: number,
  seed: number,
  changed: Changed,
): PhoneFile['content'] {
  const { parent, name } = target;
  const content = trapped(file.content, () => {
    if (times > 0 && isStill(parent, name, content)) {
      const chance = chanceOf(seed);
      const next = { ...file, content: chance.bytes(chance.ofAnySize(50_000)), mtime: (file.mtime ?? 0) + 1 };
      const again = rewritten(next, target, times - 1, chance.seed(), changed);
      changed(() => parent.entries.set(name, { ...next, content: again }));
    }
    return undefined;
  });
  return content;
}

const isStill = (parent: PhoneFolder, name: string, content: PhoneFile['content']): boolean => {
  const there = parent.entries.get(name);
  return there?.kind === 'file' && there.content === content;
};

const bytesOf = ({ content }: PhoneFile): Uint8Array =>
  content instanceof Uint8Array ? content : content.read(0, content.sizeBytes);

/** The trap in the place of what is there; later what was there again, wherever the trap is by then. */
function replace<T extends PhoneFile | PhoneFolder>(
  { parent, name }: Target,
  trap: T,
  before: T,
  undo: ((android: Android) => void)[],
): void {
  parent.entries.set(name, trap);
  undo.push((android) => {
    for (const [, root] of storageOf(android))
      for (const place of [...filesBelow(root), ...foldersBelow(root)])
        if (place.parent.entries.get(place.name) === trap) place.parent.entries.set(place.name, before);
  });
}

function pick(all: readonly Target[], number: number): Target | undefined {
  return all[number % all.length];
}

function targets(android: Android, kind: 'files' | 'folders'): Target[] {
  return storageOf(android).flatMap(([volume, root]) => below(root, `files/${volume}`, kind));
}

function below(folder: PhoneFolder, path: string, kind: 'files' | 'folders'): Target[] {
  return [...folder.entries].flatMap(([name, node]) => {
    const at = `${path}/${name}`;
    const itself = { path: at, parent: folder, name };
    if (node.kind === 'folder') return [...(kind === 'folders' ? [itself] : []), ...below(node, at, kind)];
    return node.kind === 'file' && kind === 'files' && node.lstatError === undefined ? [itself] : [];
  });
}
