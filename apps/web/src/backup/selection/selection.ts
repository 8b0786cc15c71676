import type { ItemType } from '@holdfast/contract';
import type { Selection } from '@holdfast/contract/api';

/** How much something is. The size is absent where nobody has said it yet. */
export interface Weight {
  readonly items: number;
  readonly bytes?: number;
}

/** One thing that can be ticked, with all that is known of what it is in. */
export interface Thing extends Weight {
  readonly entry: number;
  readonly type?: ItemType;
  /** Of files and folders. */
  readonly path?: string;
  /** A folder, which takes what is in it along. */
  readonly isFolder?: true;
  /** Of photos and videos. */
  readonly day?: string;
  /** Of messages. */
  readonly thread?: number;
}

/** What of a backup is ticked, across all its tabs. */
export interface Ticked {
  readonly types: ReadonlyMap<ItemType, Weight>;
  readonly days: ReadonlyMap<string, Weight>;
  readonly threads: ReadonlyMap<number, Weight>;
  /** Ticked one by one. */
  readonly entries: ReadonlyMap<number, Thing>;
  /** Left out again of what was ticked whole. */
  readonly except: ReadonlyMap<number, Thing>;
}

/** Nothing ticked. */
export const NOTHING: Ticked = {
  types: new Map(),
  days: new Map(),
  threads: new Map(),
  entries: new Map(),
  except: new Map(),
};

/** How much of something that holds others is ticked. */
export type Tickedness = 'all' | 'some' | 'none';

/** Says whether a thing is ticked: itself, or with what it is in. */
export function isTicked(ticked: Ticked, thing: Thing): boolean {
  if (ticked.entries.has(thing.entry)) return true;
  return !ticked.except.has(thing.entry) && isInTicked(ticked, thing);
}

/** Whether what a thing is in is ticked, whatever is said of the thing itself: the nearest folder decides, else type, day and thread. */
function isInTicked(ticked: Ticked, thing: Thing): boolean {
  const folder = thing.path === undefined ? undefined : nearestFolder(ticked, thing.path);
  if (folder !== undefined) return folder === 'in';
  if (thing.type !== undefined && ticked.types.has(thing.type)) return true;
  if (thing.day !== undefined && ticked.days.has(thing.day)) return true;
  return thing.thread !== undefined && ticked.threads.has(thing.thread);
}

function nearestFolder(ticked: Ticked, path: string): 'in' | 'out' | undefined {
  let best = -1;
  let answer: 'in' | 'out' | undefined;
  for (const word of ['in', 'out'] as const) {
    for (const folder of foldersOf(word === 'in' ? ticked.entries : ticked.except)) {
      if (folder.length <= best || !path.startsWith(`${folder}/`)) continue;
      best = folder.length;
      answer = word;
    }
  }
  return answer;
}

/** Paths of the folders in a map, found once: a grid asks for every tile, and a hundred thousand files may be ticked. */
const folderPaths = new WeakMap<ReadonlyMap<number, Thing>, readonly string[]>();
function foldersOf(things: ReadonlyMap<number, Thing>): readonly string[] {
  let paths = folderPaths.get(things);
  if (paths === undefined) {
    paths = [...things.values()].flatMap(({ path, isFolder }) =>
      isFolder && path !== undefined ? [path] : [],
    );
    folderPaths.set(things, paths);
  }
  return paths;
}

/** Ticks things, or takes their ticks away; of what they are in nothing changes. */
export function setThings(ticked: Ticked, things: readonly Thing[], isOn: boolean): Ticked {
  const entries = new Map(ticked.entries);
  const except = new Map(ticked.except);
  for (const thing of things) {
    entries.delete(thing.entry);
    except.delete(thing.entry);
    const isIn = isInTicked(ticked, thing);
    if (isOn && !isIn) entries.set(thing.entry, thing);
    if (!isOn && isIn) except.set(thing.entry, thing);
  }
  return { ...ticked, entries, except };
}

/** Ticks a folder with all that is in it, or leaves it out with all that is in it. */
export function setFolder(ticked: Ticked, folder: Thing & { path: string }, isOn: boolean): Ticked {
  const isOutside = (thing: Thing) =>
    thing.entry !== folder.entry && !(thing.path?.startsWith(`${folder.path}/`) ?? false);
  const rest: Ticked = {
    ...ticked,
    entries: keep(ticked.entries, isOutside),
    except: keep(ticked.except, isOutside),
  };
  const whole: Thing & { path: string } = { ...folder, isFolder: true };
  const isIn = isInTicked(rest, whole);
  // Types and days may hold what is in a folder that is itself in none of them: then only naming it leaves it out.
  const mayHold = ticked.types.size > 0 || ticked.days.size > 0;
  if (isOn && !isIn) return { ...rest, entries: new Map(rest.entries).set(folder.entry, whole) };
  if (!isOn && (isIn || mayHold)) {
    return {
      ...rest,
      except: new Map(rest.except).set(folder.entry, isIn ? whole : { ...whole, items: 0, bytes: 0 }),
    };
  }
  return rest;
}

/** Says how much of a folder is ticked, as far as the ticks themselves say. */
export function folderState(ticked: Ticked, folder: Thing & { path: string }): Tickedness {
  return stateOf(
    ticked,
    isTicked(ticked, folder),
    (thing) => thing.path?.startsWith(`${folder.path}/`) ?? false,
  );
}

/** Ticks all of some types, or takes all of them away, and with them every tick of a single thing, day or thread in them. */
export function setTypes(ticked: Ticked, types: ReadonlyMap<ItemType, Weight>, isOn: boolean): Ticked {
  const isOther = (thing: Thing) => thing.type === undefined || !types.has(thing.type);
  const isMedia = types.has('photos') || types.has('videos');
  return {
    types: new Map([...keep(ticked.types, (_, type) => !types.has(type)), ...(isOn ? types : [])]),
    days: isMedia ? NOTHING.days : ticked.days,
    threads: types.has('messages') ? NOTHING.threads : ticked.threads,
    entries: keep(ticked.entries, isOther),
    except: keep(ticked.except, isOther),
  };
}

/** Says how much of some types is ticked, as far as the ticks themselves say. */
export function typesState(ticked: Ticked, types: readonly ItemType[]): Tickedness {
  const isAll = types.every((type) => ticked.types.has(type));
  const hasDays = ticked.days.size > 0 && types.includes('photos');
  const hasThreads = ticked.threads.size > 0 && types.includes('messages');
  if (!isAll && (hasDays || hasThreads)) return 'some';
  return stateOf(ticked, isAll, (thing) => thing.type !== undefined && types.includes(thing.type));
}

/**
 * Ticks a day of photos and videos, or takes it away, and with it every tick of a single one in it. `days` are all days there are: where all
 * photos and videos are ticked, taking one day away leaves the others ticked.
 */
export function setDay(
  ticked: Ticked,
  day: string,
  days: ReadonlyMap<string, Weight>,
  isOn: boolean,
): Ticked {
  const isOther = (thing: Thing) => thing.day !== day;
  const isWhole = ticked.types.has('photos') && ticked.types.has('videos');
  const next = new Map(isWhole ? days : ticked.days);
  if (isOn) next.set(day, days.get(day) ?? { items: 0 });
  else next.delete(day);
  const rest = { ...ticked, entries: keep(ticked.entries, isOther), except: keep(ticked.except, isOther) };
  if (isWhole && isOn) return rest;
  return {
    ...rest,
    days: next,
    types: isWhole ? keep(ticked.types, (_, type) => type !== 'photos' && type !== 'videos') : ticked.types,
  };
}

/** Says how much of a day is ticked. */
export function dayState(ticked: Ticked, day: string): Tickedness {
  const isOn = ticked.days.has(day) || (ticked.types.has('photos') && ticked.types.has('videos'));
  return stateOf(ticked, isOn, (thing) => thing.day === day);
}

/** Ticks all messages of a thread, or takes the thread and every single one in it away. */
export function setThread(ticked: Ticked, thread: number, weight: Weight, isOn: boolean): Ticked {
  const isOther = (thing: Thing) => thing.thread !== thread;
  const threads = new Map(ticked.threads);
  if (isOn && !ticked.types.has('messages')) threads.set(thread, weight);
  else threads.delete(thread);
  return { ...ticked, threads, entries: keep(ticked.entries, isOther), except: keep(ticked.except, isOther) };
}

/** Says how much of a thread is ticked; `messages` are those in it, and all of them left out is nothing of it. */
export function threadState(ticked: Ticked, thread: number, messages: number): Tickedness {
  const isOn = ticked.threads.has(thread) || ticked.types.has('messages');
  const isIts = (thing: Thing) => thing.thread === thread;
  if (isOn && keep(ticked.except, isIts).size >= messages) return 'none';
  return stateOf(ticked, isOn, isIts);
}

function stateOf(ticked: Ticked, isOn: boolean, isInside: (thing: Thing) => boolean): Tickedness {
  for (const thing of (isOn ? ticked.except : ticked.entries).values()) {
    if (isInside(thing)) return 'some';
  }
  return isOn ? 'all' : 'none';
}

/** Says whether nothing is ticked. */
export function isNothing(ticked: Ticked): boolean {
  return [ticked.types, ticked.days, ticked.threads, ticked.entries].every((map) => map.size === 0);
}

/** Gives how much is ticked as far as the ticks themselves say; the server knows exactly. The size is absent where a part of it is unknown. */
export function weigh(ticked: Ticked): Weight {
  let items = 0;
  let bytes: number | undefined = 0;
  const add = (weight: Weight, sign: 1 | -1) => {
    items += sign * weight.items;
    bytes = bytes === undefined || weight.bytes === undefined ? undefined : bytes + sign * weight.bytes;
  };
  for (const map of [ticked.types, ticked.days, ticked.threads, ticked.entries]) {
    for (const weight of map.values()) add(weight, 1);
  }
  for (const weight of ticked.except.values()) add(weight, -1);
  return { items: Math.max(0, items), ...(bytes === undefined ? {} : { bytes: Math.max(0, bytes) }) };
}

/** Gives what the server is sent. */
export function selectionOf(ticked: Ticked): Selection {
  return {
    ...(ticked.types.size > 0 && { types: [...ticked.types.keys()] }),
    ...(ticked.entries.size > 0 && { entries: [...ticked.entries.keys()] }),
    ...(ticked.threads.size > 0 && { threads: [...ticked.threads.keys()] }),
    ...(ticked.days.size > 0 && { days: [...ticked.days.keys()] }),
    ...(ticked.except.size > 0 && { except: [...ticked.except.keys()] }),
  };
}

function keep<K, T>(map: ReadonlyMap<K, T>, stays: (value: T, key: K) => boolean): Map<K, T> {
  return new Map([...map].filter(([key, value]) => stays(value, key)));
}
