import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { slicesOf } from '#backup/photos/slices.ts';

/** A server whose answers come when the test says so. */
function server() {
  const asked: { from: number; signal: AbortSignal; answer: () => void; refuse: () => void }[] = [];
  const fetchSlice = (from: number, limit: number, signal: AbortSignal) =>
    new Promise<readonly number[]>((resolve, reject) => {
      asked.push({
        from,
        signal,
        answer: () => resolve(Array.from({ length: limit }, (_, index) => from + index)),
        refuse: () => reject(new Error('no')),
      });
    });
  return { asked, fetchSlice };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

suite('slices of a long list', () => {
  test('it fetches what is in view first, then the neighbours', () => {
    const { asked, fetchSlice } = server();
    const slices = slicesOf(fetchSlice, { total: 1000, size: 100 });
    slices.show(210, 330);
    assert.deepEqual(
      asked.map(({ from }) => from),
      [200, 300, 400, 100],
    );
  });

  test('it aborts what scrolled past, and asks for it again when it comes back', async () => {
    const { asked, fetchSlice } = server();
    const slices = slicesOf(fetchSlice, { total: 10_000, size: 100 });
    slices.show(0, 50);
    slices.show(5000, 5050);
    assert.deepEqual(
      asked.map(({ from, signal }) => [from, signal.aborted]),
      [
        [0, true],
        [100, true],
        [5000, false],
        [5100, false],
        [4900, false],
      ],
    );
    asked[0]?.answer();
    await settled();
    assert.equal(slices.at(0), undefined);
    slices.show(0, 50);
    assert.equal(asked.at(-2)?.from, 0);
  });

  test('it tells when a slice has come', async () => {
    const { asked, fetchSlice } = server();
    const slices = slicesOf(fetchSlice, { total: 1000, size: 100 });
    let heard = 0;
    const stop = slices.listen(() => (heard += 1));
    slices.show(0, 10);
    asked[0]?.answer();
    await settled();
    assert.equal(heard, 1);
    assert.equal(slices.at(42), 42);
    stop();
    asked[1]?.answer();
    await settled();
    assert.equal(heard, 1);
    assert.equal(slices.version(), 2);
  });

  test('it does not abort what somebody waits for', async () => {
    const { asked, fetchSlice } = server();
    const slices = slicesOf(fetchSlice, { total: 10_000, size: 100 });
    const waited = slices.get(9000);
    slices.show(0, 10);
    assert.equal(asked[0]?.signal.aborted, false);
    asked[0]?.answer();
    assert.equal(await waited, 9000);
    assert.equal(await slices.get(10_000), undefined);
  });

  test('it asks again for what failed only when told to', async () => {
    const { asked, fetchSlice } = server();
    const slices = slicesOf(fetchSlice, { total: 50, size: 100 });
    slices.show(0, 10);
    asked[0]?.refuse();
    await settled();
    assert.equal(slices.hasFailed(), true);
    slices.show(0, 10);
    assert.equal(asked.length, 1);
    slices.again();
    assert.equal(asked.length, 2);
    asked[1]?.answer();
    await settled();
    assert.equal(slices.hasFailed(), false);
    assert.equal(slices.at(0), 0);
  });

  test('it lets the farthest go when it holds many', async () => {
    const { asked, fetchSlice } = server();
    const slices = slicesOf(fetchSlice, { total: 10_000, size: 100, kept: 3 });
    for (const at of [0, 2000, 2100]) {
      slices.show(at, at);
      for (const one of asked) one.answer();
      await settled();
    }
    assert.equal(slices.at(0), undefined);
    assert.equal(slices.at(2150), 2150);
  });
});
