import { deepEqual, rejects } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { NewestFirst } from '#pictures/newest-first.ts';

suite('NewestFirst', () => {
  test('it begins the newest next, and drops who does not wait any more', async () => {
    const queue = new NewestFirst(1);
    const { promise, resolve } = Promise.withResolvers<void>();
    const begun: string[] = [];
    const work = (name: string) => async () => {
      begun.push(name);
      if (name === 'first') await promise;
    };
    const { signal } = new AbortController();
    const leaving = new AbortController();
    const first = queue.run(work('first'), signal);
    const others = ['a', 'b'].map((name) => queue.run(work(name), signal));
    const gone = queue.run(work('gone'), leaving.signal);
    const last = queue.run(work('c'), signal);
    leaving.abort(new Error('gone'));
    await rejects(gone, /gone/);
    resolve();
    await Promise.all([first, last, ...others]);
    deepEqual(begun, ['first', 'c', 'b', 'a']);
    await queue.run(work('after'), signal);
    deepEqual(begun.at(-1), 'after');
  });
});
