import { deepEqual, equal } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { DEFAULT_SETTINGS, type RepositoryFacts } from '@holdfast/home';
import { fakeClock, temporaryFolder } from '@holdfast/testkit';
import { CareNotes } from '#care/notes.ts';
import { type CareWatch, watchCare } from '#care/watch-care.ts';

const FACTS: RepositoryFacts = {
  place: '/repository',
  isThere: true,
  usedBytes: 5,
  packs: 1,
  backups: 1,
  keys: 1,
  hasRecoveryKit: true,
};

/** Care of a repository that is one of facts, beginning runs that are over at once. */
async function watched() {
  const folder = await temporaryFolder();
  const clock = fakeClock();
  const path = join(folder.path, 'care');
  const notes = await CareNotes.load(path);
  const state = {
    begun: [] as string[],
    troubles: [] as unknown[],
    facts: { ...FACTS, firstBackup: clock.now() } as RepositoryFacts,
    isBusy: false,
    plan: 'p' as string | undefined,
    /** What a run comes to. */
    isGood: true,
  };
  const watch: CareWatch = {
    clock,
    timeZone: 'UTC',
    look: {
      async facts() {
        if (state.facts.place === '') throw new Error('it cannot be opened');
        return state.facts;
      },
    },
    notes,
    settings: () => ({ ...DEFAULT_SETTINGS, isRetentionAutomatic: true }),
    planForget: async () => state.plan,
    unfinished: () => (state.isBusy ? [{ kind: 'backup' }] : []),
    async start({ kind }) {
      state.begun.push(kind);
      const doneMs = clock.now().epochMilliseconds;
      if (!state.isGood) return;
      await notes.change((before) => ({
        ...before,
        ...(kind === 'check' && { check: { doneMs, findings: 0, readBytes: 1 } }),
        ...(kind === 'drill' && { drill: { doneMs, isGood: true, items: 1, sentence: '' } }),
        ...(kind === 'forget' && { retention: { doneMs } }),
      }));
    },
    onTrouble: (error) => state.troubles.push(error),
  };
  const stopping = new AbortController();
  const watching = watchCare(watch, stopping.signal);
  return {
    state,
    notes,
    path,
    /** Lets so many days pass, a look every few hours. */
    async pass(days: number): Promise<void> {
      for (let looks = 0; looks < days * 6; looks++) {
        await clock.whenSleeping(1);
        clock.advance(Temporal.Duration.from({ hours: 4 }));
      }
      await clock.whenSleeping(1);
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await watching;
      equal(clock.sleeperCount, 0);
      await folder[Symbol.asyncDispose]();
    },
  };
}

suite('care by itself', () => {
  test('it begins what is due, one thing after the other', async () => {
    await using care = await watched();
    await care.pass(6.5);
    deepEqual(care.state.begun, []);
    await care.pass(1);
    deepEqual(new Set(care.state.begun), new Set(['check', 'forget']));
    await care.pass(25);
    const many = (kind: string): number => care.state.begun.filter((one) => one === kind).length;
    deepEqual([many('check'), many('forget'), many('drill')], [4, 4, 1]);
    deepEqual(care.state.troubles, []);
  });

  test('it waits while something else runs, and where there is no repository', async () => {
    await using care = await watched();
    care.state.isBusy = true;
    await care.pass(40);
    care.state.isBusy = false;
    const { facts } = care.state;
    care.state.facts = { ...FACTS, isThere: false };
    await care.pass(1);
    deepEqual(care.state.begun, []);
    care.state.facts = facts;
    await care.pass(1);
    deepEqual(new Set(care.state.begun), new Set(['check', 'drill', 'forget']));
  });

  test('it begins nothing where retention lets nothing go, and looks again in a week', async () => {
    await using care = await watched();
    care.state.plan = undefined;
    await care.pass(20);
    equal(care.state.begun.includes('forget'), false);
    care.state.plan = 'p';
    await care.pass(2);
    equal(care.state.begun.filter((kind) => kind === 'forget').length, 1);
  });

  test('it leaves what was begun in vain alone for a while', async () => {
    await using care = await watched();
    await care.pass(6.5);
    care.state.isGood = false;
    await care.pass(1.5);
    // Every eight hours, since it looks every four.
    equal(care.state.begun.filter((kind) => kind === 'check').length, 4);
  });

  test('it goes on after trouble', async () => {
    await using care = await watched();
    const { facts } = care.state;
    care.state.facts = { ...FACTS, place: '' };
    await care.pass(10);
    equal(care.state.troubles.length > 10, true);
    care.state.facts = facts;
    await care.pass(1);
    equal(care.state.begun.length, 2);
  });

  test('it notes how large the repository is once a day, and keeps that', async () => {
    await using care = await watched();
    await care.pass(2);
    const sizes = [
      { day: '2026-03-14', usedBytes: 5 },
      { day: '2026-03-15', usedBytes: 5 },
      { day: '2026-03-16', usedBytes: 5 },
    ];
    deepEqual(care.notes.now.sizes, sizes);
    deepEqual((await CareNotes.load(care.path)).now.sizes, sizes);
    await writeFile(care.path, '{"sizes":1}');
    deepEqual((await CareNotes.load(care.path)).now.sizes, []);
  });
});
