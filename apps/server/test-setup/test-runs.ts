import { join } from 'node:path';
import type { Run, RunRequest } from '@holdfast/contract/api';
import { random } from '@holdfast/home/testing';
import { type FakeClock, fakeClock } from '@holdfast/testkit';
import { Journals } from '#runs/journal.ts';
import type { RunEnd, Runner, RunTools } from '#runs/runner.ts';
import { Runs } from '#runs/runs.ts';

/** One attempt of a run, which does what the test says. */
export interface PlayedAttempt extends RunTools {
  readonly request: RunRequest;
  readonly end: (end: RunEnd) => void;
  readonly fail: (error: unknown) => void;
}

/** A registry whose runs do nothing by themselves. */
export interface TestRuns {
  readonly runs: Runs;
  readonly clock: FakeClock;
  readonly changes: readonly Run[];
  readonly bugs: readonly unknown[];
  /** The next attempt that begins. */
  readonly next: () => Promise<PlayedAttempt>;
  /** Attempts that began. */
  readonly begun: readonly PlayedAttempt[];
  /** Resolves when a run is shown so. */
  readonly when: (id: string, isSo: (run: Run) => boolean) => Promise<Run>;
}

export async function testRuns(folder: string, clock: FakeClock = fakeClock()): Promise<TestRuns> {
  const begun: PlayedAttempt[] = [];
  const changes: Run[] = [];
  const bugs: unknown[] = [];
  let taken = 0;
  let watchers: (() => void)[] = [];
  const tell = (): void => {
    const told = watchers;
    watchers = [];
    for (const watcher of told) watcher();
  };
  const until = async <T>(look: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => watchers.push(resolve));
    }
  };
  const runner: Runner = (request, tools) => {
    const { promise, resolve, reject } = Promise.withResolvers<RunEnd>();
    tools.signal.addEventListener('abort', () => reject(tools.signal.reason));
    begun.push({ ...tools, request, end: resolve, fail: reject });
    tell();
    return promise;
  };
  const runs = await Runs.open({
    journals: await Journals.open(join(folder, 'runs')),
    runners: { backup: runner, audit: runner, prune: runner, check: runner },
    clock,
    random,
    about: async (request) =>
      'device' in request
        ? { device: { id: request.device, name: `Phone ${request.device}`, kind: 'android' } }
        : {},
    onChange: (run) => {
      changes.push(run);
      tell();
    },
    onBug: (error) => bugs.push(error),
  });
  return {
    runs,
    clock,
    changes,
    bugs,
    begun,
    next: () => until(() => (begun.length > taken ? begun[taken++] : undefined)),
    when: (id, isSo) =>
      until(() => {
        const run = runs.get(id);
        return isSo(run) ? run : undefined;
      }),
  };
}
