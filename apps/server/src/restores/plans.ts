import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ITEM_TYPES } from '@holdfast/contract';
import type { RestorePlan, RunItem } from '@holdfast/contract/api';
import { makePrivateFolder, putPrivateFile, readPrivateFile, removeFile } from '@holdfast/home';
import { type Clock, type RandomBytes, toHex } from '@holdfast/kernel';
import { z } from 'zod';
import { noLonger } from '../failures.ts';
import type { PackedList } from './packed-list.ts';

/** What a plan is of: all that is needed to make it again. */
const asked = z.strictObject({
  backup: z.string(),
  paths: z.array(z.string()),
  types: z.array(z.enum(ITEM_TYPES)).optional(),
  /** What `paths` are some of, when they are to go where all of it went. */
  partOf: z.array(z.string()).optional(),
  /** How many records there are in files with records, by path. */
  recordsIn: z.array(z.tuple([z.string(), z.int().nonnegative()])).optional(),
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('device'), device: z.string() }),
    z.strictObject({ kind: z.literal('folder'), path: z.string() }),
  ]),
  conflict: z.enum(['skip', 'rename', 'overwrite']),
  /** The name of the device, or the folder. */
  target: z.string(),
  /** So many a person has agreed to have replaced. */
  replaces: z.int().nonnegative(),
});

/** What a run of it needs to go on: also how many items were there when it first looked. */
const begun = asked.extend({ thereBefore: z.int().nonnegative().optional() });
type Begun = z.infer<typeof begun>;

/** What a plan is of. */
export type Asked = z.infer<typeof asked>;

/** What a planned item comes to. */
type Planned = keyof RestorePlan['counts'];

/** An item of a plan. */
export type PlannedItem = Partial<RunItem> & Pick<RunItem, 'path'>;

/** The items of a plan, by what they come to. */
export type PlannedItems = Readonly<Record<Planned, PackedList<PlannedItem>>>;

interface Kept {
  readonly asked: Asked;
  readonly items: PlannedItems;
  readonly until: Temporal.Instant;
}

const KEPT_FOR = Temporal.Duration.from({ hours: 1 });
const MOST_KEPT = 20;
/** Of all their items. */
const MOST_BYTES = 48 * 1024 * 1024;

/** What plans are kept with. */
export interface PlansOptions {
  /** A folder of its own, for what runs are doing. */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

/** Plans of the last hour, the twenty newest of them; and, in files, what runs that are not over were begun with: those outlive this program. */
export class Plans {
  readonly #options: PlansOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: PlansOptions) {
    this.#options = options;
  }

  /** Keeps a plan, and gives its name. */
  keep(plan: Asked, items: PlannedItems): string {
    const { clock, random } = this.#options;
    const id = toHex(random(16));
    this.#kept.set(id, { asked: plan, items, until: clock.now().add(KEPT_FOR) });
    this.#forgetOld();
    return id;
  }

  /** The items of a plan. Fails with `server/gone`. */
  items(id: string): PlannedItems {
    return this.#get(id).items;
  }

  /** What a plan, or a run of one, is of. Fails with `server/gone`. */
  async asked(id: string): Promise<Asked> {
    return (await this.#stored(id)) ?? this.#get(id).asked;
  }

  /** The same, kept until {@link over} is called: for a run, which may go on when this program was started again. */
  async begin(id: string): Promise<Asked> {
    const plan = await this.asked(id);
    await this.#store(id, plan);
    return plan;
  }

  /** How many of a begun plan's items were there when its run first looked: so many as now, if it never did. */
  async thereBefore(id: string, thereNow: number): Promise<number> {
    const stored = await this.#stored(id);
    if (stored?.thereBefore !== undefined) return stored.thereBefore;
    if (stored !== undefined) await this.#store(id, { ...stored, thereBefore: thereNow });
    return thereNow;
  }

  /** Keeps a plan for a run that nobody has begun yet, however long that takes, and gives its name. */
  async keepForAgain(plan: Asked): Promise<string> {
    const id = toHex(this.#options.random(16));
    await this.#store(id, plan);
    return id;
  }

  /** Removes what was kept for runs, but for these plans. */
  async tidy(inUse: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.#options.folder).catch(() => []);
    for (const name of names) {
      const id = name.replace(/\.json$/, '');
      if (!inUse.has(id)) await removeFile(join(this.#options.folder, name));
    }
  }

  /** Nobody will go on with it. */
  async over(id: string): Promise<void> {
    await removeFile(this.#file(id));
  }

  #get(id: string): Kept {
    this.#forgetOld();
    const kept = this.#kept.get(id);
    if (kept === undefined) throw noLonger('plan');
    return kept;
  }

  async #store(id: string, plan: Begun): Promise<void> {
    await makePrivateFolder(this.#options.folder);
    await putPrivateFile(this.#file(id), `${JSON.stringify(plan)}\n`);
  }

  async #stored(id: string): Promise<Begun | undefined> {
    // It comes from outside, and is about to be a file's name.
    if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
    const text = await readPrivateFile(this.#file(id));
    if (text === undefined) return undefined;
    try {
      return begun.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  #file(id: string): string {
    return join(this.#options.folder, `${id}.json`);
  }

  #forgetOld(): void {
    const now = this.#options.clock.now();
    for (const [id, { until }] of this.#kept)
      if (Temporal.Instant.compare(until, now) <= 0) this.#kept.delete(id);
    let bytes = this.#kept.values().reduce((sum, { items }) => sum + bytesOf(items), 0);
    for (const [id, { items }] of this.#kept) {
      if (this.#kept.size <= 1 || (this.#kept.size <= MOST_KEPT && bytes <= MOST_BYTES)) break;
      bytes -= bytesOf(items);
      this.#kept.delete(id);
    }
  }
}

const bytesOf = (items: PlannedItems): number =>
  Object.values(items).reduce((sum, list) => sum + list.bytes, 0);
