import type { CareDone, CareHistory } from '@holdfast/engine';
import { putPrivateFile, readPrivateFile } from '@holdfast/home';
import { z } from 'zod';
import { NEVER_READ } from './parts.ts';

const ms = z.number().nonnegative();
const count = z.int().nonnegative();

const notes = z.strictObject({
  readAt: z.array(ms).length(NEVER_READ.length),
  /** Findings about packs, by the first byte of their names, until those are read again. */
  packDamage: z.record(z.string(), count),
  check: z.strictObject({ doneMs: ms, findings: count, readBytes: count }).optional(),
  /** Files of the repository that others than a check missed or could not read, until the next check. */
  missed: count.optional(),
  drill: z.strictObject({ doneMs: ms, isGood: z.boolean(), items: count, sentence: z.string() }).optional(),
  /** The last drill that was good. */
  provedMs: ms.optional(),
  prune: z.strictObject({ doneMs: ms, freedBytes: count }).optional(),
  retention: z.strictObject({ doneMs: ms }).optional(),
  /** When each was last begun by itself. */
  tried: z.strictObject({ check: ms.optional(), drill: ms.optional(), retention: ms.optional() }),
  sizes: z.array(z.strictObject({ day: z.iso.date(), usedBytes: count })),
});

/** What was done for the repository, and what came of it. */
export type Notes = z.infer<typeof notes>;

const NOTHING: Notes = { readAt: [...NEVER_READ], packDamage: {}, tried: {}, sizes: [] };

/** What was done for the repository, kept in a file. One that makes no sense begins anew: all of it is done again, earlier than need be. */
export class CareNotes {
  readonly #path: string;
  #notes: Notes;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(path: string, kept: Notes) {
    this.#path = path;
    this.#notes = kept;
  }

  static async load(path: string): Promise<CareNotes> {
    return new CareNotes(path, parse((await readPrivateFile(path)) ?? ''));
  }

  get now(): Notes {
    return this.#notes;
  }

  /** Changes are made one after the other, and are durable when resolved. */
  change(next: (before: Notes) => Notes): Promise<void> {
    const changed = this.#writing.then(async () => {
      const before = this.#notes;
      this.#notes = next(before);
      if (this.#notes !== before) await putPrivateFile(this.#path, `${JSON.stringify(this.#notes)}\n`);
    });
    this.#writing = changed.catch(() => {});
    return changed;
  }
}

function parse(text: string): Notes {
  try {
    return notes.parse(JSON.parse(text));
  } catch {
    return NOTHING;
  }
}

/** The notes once somebody who read the repository missed so many of its files. What was missed before is still missed: a check alone looks at all of it. */
export const noteMissed = (before: Notes, files: number): Notes =>
  files <= (before.missed ?? 0) ? before : { ...before, missed: files };

/** What the schedule goes by. */
export function historyOf(
  { check, drill, retention, tried }: Notes,
  firstBackup: Temporal.Instant | undefined,
): CareHistory {
  const done = (one: { doneMs: number } | undefined, triedMs: number | undefined): CareDone => ({
    done: one && Temporal.Instant.fromEpochMilliseconds(one.doneMs),
    tried: triedMs === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(triedMs),
  });
  return {
    firstBackup,
    check: done(check, tried.check),
    drill: done(drill, tried.drill),
    retention: done(retention, tried.retention),
  };
}
