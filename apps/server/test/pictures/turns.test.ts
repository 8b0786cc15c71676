import { deepEqual, rejects } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Turns } from '#pictures/turns.ts';

suite('Turns', () => {
  test('it serves who came first first, drops who does not wait any more, and makes ahead when nobody waits', async () => {
    const turns = new Turns(1);
    const { promise, resolve } = Promise.withResolvers<void>();
    const begun: string[] = [];
    const work = (name: string) => async () => {
      begun.push(name);
      if (name === 'first') await promise;
    };
    const { signal } = new AbortController();
    const leaving = new AbortController();
    const first = turns.run(work('first'), signal);
    const ahead = turns.runAhead(work('ahead'), signal);
    const stopped = turns.runAhead(work('stopped'), leaving.signal);
    const others = ['above', 'below'].map((name) => turns.run(work(name), signal));
    const gone = turns.run(work('gone'), leaving.signal);
    const later = ['top', 'bottom'].map((name) => turns.run(work(name), signal));
    leaving.abort(new Error('gone'));
    await rejects(gone, /gone/);
    await rejects(stopped, /gone/);
    resolve();
    await Promise.all([first, ...later, ...others, ahead]);
    deepEqual(begun, ['first', 'above', 'below', 'top', 'bottom', 'ahead']);
    await turns.run(work('after'), signal);
    deepEqual(begun.at(-1), 'after');
  });
});
