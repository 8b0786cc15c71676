import { isFailure } from '@holdfast/kernel';
import type { OpenRepository } from '@holdfast/repository';
import { acquireLock, forget, loadIndex, planForget, planPrune, prune } from '@holdfast/repository';
import { listFiles } from '@holdfast/testkit/repository';
import { backUp } from './back-up.ts';
import { changePhone } from './changes.ts';
import { Checker } from './checks.ts';
import { expect } from './expect.ts';
import { type MortalProcess, ProcessDied } from './process.ts';
import { restoreAll } from './restore.ts';
import type { Step, StoreFault, Story } from './story.ts';
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
        await this.#faulty(step.faults, (repository, process) =>
          restoreAll(repository, process, chosen, held),
        );
        return;
      }
      case 'forget':
        await this.#faulty(step.faults, async (repository, process) => {
          await using lock = await acquireLock(repository, this.#exclusive(process));
          const entries = await world.snapshots(process);
          const plan = planForget(entries, { keepLast: step.keepLast }, process.clock.now());
          await forget(repository, plan, lock.signal);
        });
        return;
      case 'prune':
        await this.#faulty(step.faults, async (repository, process) => {
          await using lock = await acquireLock(repository, this.#exclusive(process));
          await using indexed = await loadIndex(repository, { threads: 0, signal: lock.signal });
          const plan = await planPrune(indexed, {}, lock.signal);
          for await (const _ of prune(indexed, plan, lock.signal));
        });
        return;
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
    const process = world.process();
    await restoreAll(world.repository(process), process, latest, this.checker.heldBy(latest.id));
  }

  #exclusive({ gone: signal }: MortalProcess) {
    return { exclusive: true, isProcessAlive: this.#world.isProcessAlive, signal };
  }

  /** Work of a process of its own, which the store may end. */
  async #faulty(
    faults: readonly StoreFault[],
    work: (repository: OpenRepository, process: MortalProcess) => Promise<void>,
  ): Promise<void> {
    const process = this.#world.process();
    const working = work(this.#world.repository(process, faults), process);
    working.catch(() => undefined);
    try {
      await Promise.race([process.death, working]);
      this.#world.ended.push('done');
    } catch (error) {
      if (error instanceof ProcessDied) this.#world.ended.push('died');
      else if (isFailure(error)) {
        this.#world.ended.push(error.code);
        expect(faults.length > 0, `it failed with ${error.code}: ${error.message}`, error);
      } else throw error;
    } finally {
      process.die();
    }
  }
}
