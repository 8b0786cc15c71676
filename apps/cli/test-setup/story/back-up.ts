import type { BackupSummary } from '@holdfast/engine';
import { expect } from './expect.ts';
import { type SetTraps, setTraps } from './faults.ts';
import { Run } from './run.ts';
import type { Fault } from './story.ts';
import { Had, thingsOn } from './truth.ts';
import type { World } from './world.ts';

/** How a backup of a story ended. */
export interface Ran {
  readonly began: Temporal.Instant;
  readonly summary: BackupSummary | undefined;
  /** `done`, `died`, or the code of the failure. */
  readonly ended: string;
  /** Paths of files that were read. */
  readonly reads: readonly string[];
  readonly had: Had;
  readonly disturbed: readonly string[];
  /** Folders that could not be listed, or not to the end. */
  readonly closed: readonly string[];
  /** The phone refused to say what some of its records are: those that are known stay in the ledger. */
  readonly isRefused: boolean;
}

/** A phone that says nothing is given up after so long, and a person is told. */
const GIVEN_UP_AFTER_SECONDS = 60;

/** Backs the phone up as the command does, with what goes wrong. */
export async function backUp(world: World, faults: readonly Fault[]): Promise<Ran> {
  const had = new Had();
  let traps: SetTraps | undefined;
  const note = (): void => {
    const things = thingsOn(world.android, traps?.closed);
    had.note(things);
    for (const [path, { is, sizeBytes, mtime }] of things)
      world.versions.set(`${path}|${sizeBytes}|${BigInt(mtime) * 1_000_000_000n}`, is);
  };
  note();
  const untouched = stateOf(world);
  const process = world.process();
  const run = new Run(world, process, faults);
  traps = setTraps(world.android, faults, note);
  try {
    const began = world.clock.now();
    const ended = await world.clock.passing(() => run.work(faults));
    const lasted = began.until(world.clock.now()).total('seconds');
    expect(lasted < GIVEN_UP_AFTER_SECONDS, `the backup took ${lasted} seconds`);
    process.die();
    await keepOrigin(world, run, had, traps.disturbed);
    return {
      began,
      summary: run.summary,
      ended,
      reads: run.reads,
      had,
      disturbed: traps.disturbed,
      closed: run.closed,
      isRefused: run.texts === undefined,
    };
  } finally {
    traps[Symbol.dispose]();
    const things = thingsOn(world.android);
    const changed = [...had.last.keys(), ...things.keys()].filter(
      (path) => things.get(path)?.is !== had.last.get(path)?.is,
    );
    expect(changed.length === 0, `the backup changed ${JSON.stringify(changed)}`);
    expect(stateOf(world) === untouched, 'the backup changed the phone');
  }
}

/** All of a phone but its files, as a text. */
function stateOf({ android: { database, settings, appOps, packages, happened } }: World): string {
  const [changes] = database.prepare('SELECT total_changes() AS count').all();
  const maps = [settings.global, settings.secure, settings.system, appOps].map((map) => [...map]);
  return JSON.stringify([changes, maps, [...packages.keys()], happened]);
}

async function keepOrigin(world: World, run: Run, had: Had, disturbed: readonly string[]): Promise<void> {
  for (const [path, is] of run.given) world.givenEver.getOrInsertComputed(path, () => new Set()).add(is);
  const { given, records, texts } = run;
  for (const { id } of await world.snapshots())
    if (!world.origins.has(id)) world.origins.set(id, { had, given, records, texts, disturbed });
}
