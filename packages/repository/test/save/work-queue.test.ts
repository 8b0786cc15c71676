import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { WorkQueue } from '#save/work-queue.ts';

type Step = { kind: 'add'; item: number } | { kind: 'addFirst'; item: number } | { kind: 'take' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), item: fc.integer() }),
  fc.record({ kind: fc.constant('addFirst' as const), item: fc.integer() }),
  fc.record({ kind: fc.constant('take' as const) }),
);

suite('WorkQueue', () => {
  test('it gives what a list would', () => {
    fc.assert(
      fc.property(fc.array(steps), (taken) => {
        const queue = new WorkQueue<number>();
        const list: number[] = [];
        for (const step of taken) {
          if (step.kind === 'add') list.push(step.item);
          if (step.kind === 'addFirst') list.unshift(step.item);
          if (step.kind === 'take') assert.equal(queue.take(), list.shift());
          else queue[step.kind](step.item);
          assert.equal(queue.peek(), list[0]);
        }
        assert.deepEqual([...queue.drain()], list);
        assert.equal(queue.take(), undefined);
      }),
    );
  });

  test('it keeps the order over thousands of items', () => {
    const queue = new WorkQueue<number>();
    for (let item = 1; item <= 5000; item++) queue.add(item);
    for (let item = 1; item <= 3000; item++) assert.equal(queue.take(), item);
    queue.addFirst(3000);
    for (let item = 3000; item <= 5000; item++) assert.equal(queue.take(), item);
    assert.equal(queue.take(), undefined);
  });

  test('it wakes those who wait, one an item, first come first served', async () => {
    const queue = new WorkQueue<string>();
    const woken: string[] = [];
    const wait = async (name: string): Promise<void> => {
      if (await queue.wait()) woken.push(`${name} ${queue.take()}`);
    };
    const waiting = [wait('anna'), wait('bert')];
    queue.add('one');
    await waiting[0];
    assert.deepEqual(woken, ['anna one']);
    queue.addFirst('two');
    await waiting[1];
    assert.deepEqual(woken, ['anna one', 'bert two']);
  });

  test('it wakes those who wait for more once there is enough', async () => {
    const queue = new WorkQueue<string>();
    const woken: string[] = [];
    const wait = async (name: string, least: number): Promise<void> => {
      if (await queue.wait(() => queue.length >= least)) woken.push(`${name} ${[...queue.drain()].join()}`);
    };
    const waiting = [wait('anna', 3), wait('bert', 2)];
    queue.add('one');
    queue.add('two');
    await waiting[1];
    queue.add('three');
    queue.add('four');
    queue.add('five');
    await waiting[0];
    assert.deepEqual(woken, ['bert one,two', 'anna three,four,five']);
    queue.add('six');
    assert.equal(await Promise.race([queue.wait(() => false), Promise.resolve('nobody')]), 'nobody');
    queue.close();
    assert.equal(await queue.wait(() => false), true);
  });

  test('it lets go, once closed, of those who wait and those who come, but only after the last item', async () => {
    const queue = new WorkQueue<string>();
    const waiting = queue.wait();
    queue.close();
    assert.equal(await waiting, false);
    queue.add('left over');
    assert.equal(await queue.wait(), true);
    assert.deepEqual([...queue.drain()], ['left over']);
    assert.equal(await queue.wait(), false);
  });
});
