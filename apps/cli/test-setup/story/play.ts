import { rebuild } from '@holdfast/engine';
import { isFailure } from '@holdfast/kernel';
import {
  acquireLock,
  forget,
  listSnapshots,
  loadIndex,
  type OpenRepository,
  planForget,
  planPrune,
  prune,
} from '@holdfast/repository';
import { listFiles } from '@holdfast/testkit/repository';
import { backUp } from './back-up.ts';
import { changePhone } from './changes.ts';
import { Checker } from './checks.ts';
import { isExplained } from './connection.ts';
import { expect } from './expect.ts';
import { giveBack, halfOn, watch } from './give.ts';
import { type MortalProcess, ProcessDied } from './process.ts';
import { restoreAll } from './restore.ts';
import type { Fault, Step, StoreFault, Story } from './story.ts';
import { World } from './world.ts';

/**
 * Plays a story to its end, and looks after each step whether all still holds. Then everything is backed up once more with nothing
 * going wrong, which leaves nothing to read for the backup after that, and is given back. Throws at the first thing that should not be.
 *
 * Gives what became of each step, and the names of all files of the repository at the end: the same for the same story.
 */
export async function play(story: Story): Promise<readonly string[]> {
  const world = new World(story);
  try {
    await world.create(story.phone.seed);
    const player = new Player(world);
    for (const step of story.steps) {
      await player.step(step);
      await player.checker.all();
    }
    await player.finale();
    return [...world.ended, ...(await listFiles(world.store)).map(({ kind, name }) => `${kind} ${name}`)];
  } finally {
    world.close();
  }
}

class Player {
  readonly checker: Checker;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.checker = new Checker(world);
  }

  async step(step: Step): Promise<void> {
    const world = this.#world;
    switch (step.does) {
      case 'backup': {
        const ran = await backUp(world, step.faults);
        world.ended.push(`${step.does}: ${ran.ended}`);
        if (ran.ended === 'done') await this.checker.settled(ran);
        return;
      }
      case 'change':
        return changePhone(world.android, step.seed, step.times);
      case 'clock':
        return world.clock.move(Temporal.Duration.from({ minutes: step.minutes }));
      case 'restore': {
        const snapshots = await world.snapshots();
        const chosen = snapshots[step.backup % snapshots.length];
        if (chosen === undefined) return;
        const held = this.checker.heldBy(chosen.id);
        await this.#faulty(step.does, step.faults, (repository, process) =>
          restoreAll(repository, process, chosen, held),
        );
        return;
      }
      case 'give':
        return this.#give(step);
      case 'rebuild':
        await this.#rebuild(step.faults);
        if (world.ended.at(-1) !== 'rebuild: done') await this.#rebuild([]);
        return;
      case 'forget':
        await this.#faulty(step.does, step.faults, async (repository, process) => {
          await using lock = await acquireLock(repository, this.#exclusive(process));
          const entries = await world.snapshots(process);
          const plan = planForget(entries, { keepLast: step.keepLast }, process.clock.now());
          await forget(repository, plan, lock.signal);
        });
        return;
      case 'prune': {
        const { maxUnusedPercent: percent } = step;
        await this.#faulty(step.does, step.faults, async (repository, process) => {
          await using lock = await acquireLock(repository, this.#exclusive(process));
          await using indexed = await loadIndex(repository, { threads: 0, signal: lock.signal });
          const plan = await planPrune(indexed, { maxUnused: { percent } }, lock.signal);
          for await (const _ of prune(indexed, plan, lock.signal));
        });
        return;
      }
      default:
        step satisfies never;
    }
  }

  async finale(): Promise<void> {
    const world = this.#world;
    for (const again of [false, true]) {
      const ran = await backUp(world, []);
      expect(ran.ended === 'done', `the last backup ended with ${ran.ended}`);
      await this.checker.all();
      await this.checker.settled(ran);
      if (!again) continue;
      const { newBytes } = ran.summary ?? {};
      expect(newBytes === 0, `a backup of what did not change has ${newBytes} new bytes`);
      const read = ran.reads.filter((path) => path.startsWith('files/'));
      const readable = read.filter((path) => ran.had.last.get(path)?.isReadable === true);
      expect(readable.length === 0, `a backup of what did not change reads ${readable.join()}`);
    }
    const latest = (await world.snapshots()).at(-1);
    if (latest === undefined) return;
    for (const android of world.phonesToPutBack()) {
      await this.#give({
        does: 'give',
        backup: 0,
        to: android === world.other ? 'other' : 'same',
        conflict: 'skip',
        faults: [],
      });
      expect(!world.phonesToPutBack().includes(android), 'what was changed on the phone was not put back');
    }
    for (const android of [world.android, world.other]) {
      const half = halfOn(android);
      expect(half.length === 0, `nobody removes ${JSON.stringify(half)} from the phone`);
    }
    const process = world.process();
    await restoreAll(world.repository(process), process, latest, this.checker.heldBy(latest.id));
  }

  async #give({ backup, to, conflict, faults }: Extract<Step, { does: 'give' }>): Promise<void> {
    const world = this.#world;
    const snapshots = await world.snapshots();
    const entry = snapshots[backup % snapshots.length];
    if (entry === undefined) return;
    const android = to === 'same' ? world.android : world.other;
    const assertKept = watch(android, this.checker.textsIn(entry.id));
    const gift = { android, entry, conflict, faults, held: this.checker.heldBy(entry.id) };
    await world.clock.passing(() =>
      this.#faulty('give', faults, (_, process) => giveBack(world, process, gift)),
    );
    assertKept();
    expect(
      world.isAsItWas(android) || world.phonesToPutBack().includes(android),
      'what was changed on the phone is put back by nobody',
    );
  }

  async #rebuild(faults: readonly StoreFault[]): Promise<void> {
    const world = this.#world;
    await this.#faulty('rebuild', faults, async (repository, process) => {
      await using lock = await acquireLock(repository, this.#exclusive(process));
      const snapshots = await listSnapshots(repository, { tolerate: true, signal: lock.signal });
      await using indexed = await loadIndex(repository, { threads: 0, signal: lock.signal });
      world.catalog.forgetAll();
      world.listed.clear();
      for await (const event of rebuild(indexed, snapshots, world.catalog, lock.signal))
        expect(event.kind !== 'unread', `a rebuild cannot read ${JSON.stringify(event)}`);
    });
    if (world.ended.at(-1) === 'rebuild: done') await this.checker.rebuilt();
  }

  #exclusive({ gone: signal }: MortalProcess) {
    return { exclusive: true, isProcessAlive: this.#world.isProcessAlive, signal };
  }

  /** Work of a process of its own, which the store may end. */
  async #faulty(
    what: Step['does'],
    faults: readonly Fault[],
    work: (repository: OpenRepository, process: MortalProcess) => Promise<void>,
  ): Promise<void> {
    const process = this.#world.process();
    const working = work(this.#world.repository(process, faults), process);
    working.catch(() => undefined);
    try {
      await Promise.race([process.death, working]);
      this.#world.ended.push(`${what}: done`);
    } catch (error) {
      if (error instanceof ProcessDied) this.#world.ended.push(`${what}: died`);
      else if (isFailure(error)) {
        this.#world.ended.push(`${what}: ${error.code}`);
        expect(isExplained(error.code, faults), `it failed with ${error.code}: ${error.message}`, error);
      } else throw error;
    } finally {
      process.die();
    }
  }
}
