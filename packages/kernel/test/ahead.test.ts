import { deepEqual, equal, rejects } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Ahead } from '@holdfast/kernel';
import fc from 'fast-check';

/** Yields 0, 1, 2 …, tells how many it was asked for, and whether it was released; throws at `troubleAt`. */
function counting(length: number, troubleAt = Number.POSITIVE_INFINITY) {
  const seen = { asked: 0, isReleased: false };
  async function* numbers(): AsyncGenerator<number, void, undefined> {
    try {
      for (let number = 0; number < length; number++) {
        seen.asked += 1;
        if (number === troubleAt) throw new Error('trouble');
        yield number;
      }
    } finally {
      seen.isReleased = true;
    }
  }
  return { source: numbers(), seen };
}

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

suite('pulling ahead', () => {
  test('it gives all that the source yields, in order, and then its trouble, whenever it is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(8),
        fc.nat(8),
        fc.nat(10),
        fc.nat(40),
        async (length, most, troubleAt, waited) => {
          const { source, seen } = counting(length, troubleAt);
          await using ahead = new Ahead(source, most);
          await turns(waited);
          const given: number[] = [];
          const reading = (async () => {
            for await (const number of ahead) given.push(number);
          })();
          if (troubleAt < length) await rejects(reading, /trouble/);
          else await reading;
          deepEqual(
            given,
            Array.from({ length: Math.min(length, troubleAt) }, (_, number) => number),
          );
          equal(seen.isReleased, true);
        },
      ),
    );
  });

  test('it holds no more than it may while nobody asks', async () => {
    const { source, seen } = counting(100);
    await using _ahead = new Ahead(source, 7);
    await turns(200);
    equal(seen.asked, 7);
  });

  test('it ends the source when the loop is left, and when nobody ever asks', async () => {
    const left = counting(100);
    for await (const number of new Ahead(left.source, 3)) if (number === 5) break;
    const unasked = counting(100);
    await new Ahead(unasked.source, 3)[Symbol.asyncDispose]();
    deepEqual([left.seen.isReleased, unasked.seen.isReleased], [true, true]);
  });

  test('it throws nothing where nobody asks for what failed', async () => {
    const { source } = counting(3, 0);
    await new Ahead(source, 3)[Symbol.asyncDispose]();
  });
});
