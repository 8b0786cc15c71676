import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { Ending, endedBy } from '#link/ending.ts';

const enough = new Error('enough');
const never = new Promise<never>(() => undefined);

/** Gives these, then the last thing; `log` keeps what became of it. */
async function* source(log: string[], last: () => Promise<number>): AsyncGenerator<number> {
  try {
    yield 1;
    yield await last();
  } finally {
    log.push('let go');
  }
}

test('it ends every wait, those under way and those to come', async () => {
  const ending = new Ending();
  equal(await ending.during(Promise.resolve(1)), 1);
  await rejects(ending.during(Promise.reject(new Error('own'))), { message: 'own' });
  const waits = [ending.during(never), ending.during(never)];
  ending.end(enough);
  ending.end(new Error('later'));
  for (const wait of [...waits, ending.during(never), ending.during(Promise.reject(new Error('own')))]) {
    await rejects(wait, enough);
  }
});

test('it goes through a source as a loop over the source does', async () => {
  const log: string[] = [];
  deepEqual(
    await Array.fromAsync(
      endedBy(
        new Ending(),
        source(log, async () => 2),
      ),
    ),
    [1, 2],
  );
  for await (const _first of endedBy(
    new Ending(),
    source(log, async () => 2),
  ))
    break;
  const failing = source(log, () => Promise.reject(new Error('own')));
  await rejects(Array.fromAsync(endedBy(new Ending(), failing)), { message: 'own' });
  deepEqual(log, ['let go', 'let go', 'let go']);
});

test('it leaves a source that gets no further, which lets go when it does', async () => {
  const log: string[] = [];
  const ending = new Ending();
  const held = Promise.withResolvers<number>();
  const stuck = source(log, () => {
    ending.end(enough);
    return held.promise;
  });
  const going = Array.fromAsync(endedBy(ending, stuck));
  await rejects(going, enough);
  deepEqual(log, []);
  held.reject(new Error('own'));
  await new Promise((resolve) => setImmediate(resolve));
  deepEqual(log, ['let go']);
});
