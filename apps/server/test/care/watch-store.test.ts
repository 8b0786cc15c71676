import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { StoreSigns } from '@holdfast/home';
import { fakeClock } from '@holdfast/testkit';
import { watchStore } from '#care/watch-store.ts';

const HERE: StoreSigns = { isThere: true, isWritable: true, freeBytes: 50e6, passwords: ['a'] };

const throws = (error: unknown): never => {
  throw error;
};

const rows: [title: string, then: Partial<StoreSigns>, told: boolean[]][] = [
  ['nothing where nothing changes', {}, []],
  ['nothing of a little more or less room', { freeBytes: 45e6 }, []],
  ['that room goes', { freeBytes: 5e6 }, [false]],
  ['that there is room again, which may help', { freeBytes: 90e6 }, [true]],
  ['that the drive is away or back', { isThere: false }, [true]],
  ['that it can be written or not', { isWritable: false }, [true]],
  ['that another password is there', { passwords: ['b'] }, [true]],
];
for (const [title, then, expected] of rows)
  test(`it tells ${title}`, async () => {
    const clock = fakeClock();
    const ending = new AbortController();
    const told: boolean[] = [];
    let signs = HERE;
    const watching = watchStore(
      { clock, signs: async () => signs, onChange: (mayHelp) => told.push(mayHelp), onTrouble: throws },
      ending.signal,
    );
    await clock.whenSleeping(1);
    signs = { ...HERE, ...then };
    for (let looks = 0; looks < 2; looks++) {
      clock.advance(Temporal.Duration.from({ seconds: 5 }));
      await clock.whenSleeping(1);
    }
    ending.abort(new Error('closing'));
    await watching;
    deepEqual(told, expected);
  });

test('it goes on after a glance that could not be had, and ends in one that is cut off', async () => {
  const clock = fakeClock();
  const ending = new AbortController();
  const troubles: unknown[] = [];
  const trouble = new Error('no such device');
  let looks = 0;
  const signs = async (): Promise<StoreSigns> => {
    looks += 1;
    if (looks === 1) throw trouble;
    if (looks === 3) ending.abort(new Error('closing'));
    ending.signal.throwIfAborted();
    return HERE;
  };
  const onChange = (): void => {};
  const onTrouble = (error: unknown): void => void troubles.push(error);
  const watching = watchStore({ clock, signs, onChange, onTrouble }, ending.signal);
  for (let times = 0; times < 2; times++) {
    await clock.whenSleeping(1);
    clock.advance(Temporal.Duration.from({ seconds: 5 }));
  }
  await watching;
  deepEqual([looks, troubles], [3, [trouble]]);
});
