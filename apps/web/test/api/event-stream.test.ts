import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { eventReader } from '../../src/api/event-stream.ts';

suite('eventReader', () => {
  test('it gives each event with the last id', () => {
    const read = eventReader();
    assert.deepEqual(read('id: 4\ndata: {"a":1}\n\n: still here\n\ndata: b\ndata: c\n\n'), [
      { id: '4', data: '{"a":1}' },
      { id: '4', data: 'b\nc' },
    ]);
  });

  test('it gives an id alone, once', () => {
    assert.deepEqual(eventReader()('retry: 1\nid: 4\n\n:\n\ndata: x\n\n:\n\n'), [
      { id: '4', data: '' },
      { id: '4', data: 'x' },
    ]);
  });

  test('it gives no event that is not whole', () => {
    assert.deepEqual(eventReader()('data: half'), []);
  });

  test('it takes all ends of line', () => {
    assert.deepEqual(eventReader()('id:1\r\ndata:x\r\n\r\ndata:y\r\r\n'), [
      { id: '1', data: 'x' },
      { id: '1', data: 'y' },
    ]);
  });

  test('it gives the same wherever the pieces end', () => {
    const text = 'id: 1\ndata: one\n\nid: 2\ndata: two\ndata: 2\n\n:x\n\ndata: three\n\n';
    const whole = eventReader()(text);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const read = eventReader();
        const ends = [...cuts.toSorted((a, b) => a - b), text.length];
        const events = ends.flatMap((end, at) => read(text.slice(at === 0 ? 0 : ends[at - 1], end)));
        assert.deepEqual(events, whole);
      }),
    );
  });
});
