import { isNothing, NOTHING, type Thing, type Ticked, type Weight } from './selection.ts';

/** What is ticked in one backup, for all of its screens. */
export interface TickedStore {
  readonly now: () => Ticked;
  /** Calls back after every change, until the answer is called. */
  readonly listen: (heard: () => void) => () => void;
  readonly change: (next: (ticked: Ticked) => Ticked) => void;
  /** Takes all ticks away; `undo` brings the last ones back as long as nothing was ticked since. */
  readonly clear: () => void;
  readonly undo: () => void;
  readonly canUndo: () => boolean;
}

/** A place for text that outlives the page: the browser's own for this tab. */
export interface Keep {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
  readonly removeItem: (key: string) => void;
}

/** Above this, ticks live only as long as the page: the browser gives a page about 5 MB. */
const KEPT_THINGS = 8000;

/** Gives a store of ticks under a key, with those from before the page was loaded again. */
export function tickedStore(key: string, keep?: Keep): TickedStore {
  let ticked = thawed(read(keep, key));
  let cleared: Ticked | undefined;
  const listeners = new Set<() => void>();
  const set = (next: Ticked) => {
    if (next === ticked) return;
    ticked = next;
    write(keep, key, ticked);
    for (const heard of listeners) heard();
  };
  return {
    now: () => ticked,
    listen: (heard) => {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    change: (next) => {
      cleared = undefined;
      set(next(ticked));
    },
    clear: () => {
      if (isNothing(ticked)) return;
      cleared = ticked;
      set(NOTHING);
    },
    undo: () => {
      const before = cleared;
      cleared = undefined;
      if (before !== undefined) set(before);
    },
    canUndo: () => cleared !== undefined,
  };
}

function read(keep: Keep | undefined, key: string): unknown {
  try {
    return JSON.parse(keep?.getItem(key) ?? 'null');
  } catch {
    return undefined;
  }
}

function write(keep: Keep | undefined, key: string, ticked: Ticked): void {
  try {
    const isMuch = ticked.entries.size + ticked.except.size > KEPT_THINGS;
    if (isMuch || isNothing(ticked)) keep?.removeItem(key);
    else keep?.setItem(key, JSON.stringify(frozen(ticked)));
  } catch {
    // The browser keeps nothing for this page: the ticks last until it is loaded again.
  }
}

function frozen(ticked: Ticked): unknown {
  return {
    types: [...ticked.types],
    days: [...ticked.days],
    threads: [...ticked.threads],
    entries: [...ticked.entries.values()],
    except: [...ticked.except.values()],
  };
}

/** What this module wrote; anything else is nothing ticked. */
function thawed(value: unknown): Ticked {
  try {
    const text = value as {
      types: [never, Weight][];
      days: [string, Weight][];
      threads: [number, Weight][];
      entries: Thing[];
      except: Thing[];
    };
    return {
      types: new Map(text.types),
      days: new Map(text.days),
      threads: new Map(text.threads),
      entries: new Map(text.entries.map((thing) => [thing.entry, thing])),
      except: new Map(text.except.map((thing) => [thing.entry, thing])),
    };
  } catch {
    return NOTHING;
  }
}
