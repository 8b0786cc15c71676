import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ServerEvent } from '@holdfast/contract/api';
import { type Connection, followEvents, WAITS_MS } from '../../src/api/connection.ts';

/** Follows a script: each entry is one attempt, its pieces or what it throws; afterwards the follower is stopped. */
async function follow(script: readonly (readonly string[] | Error)[]) {
  const stop = new AbortController();
  const asked: (string | undefined)[] = [];
  const events: ServerEvent[] = [];
  const positions: string[] = [];
  const connections: Connection[] = [];
  const pauses: number[] = [];
  await followEvents(
    {
      async open(lastEventId) {
        asked.push(lastEventId);
        const step = script[asked.length - 1];
        if (asked.length >= script.length) stop.abort();
        if (step instanceof Error) throw step;
        return (async function* () {
          yield* step ?? [];
        })();
      },
      async pause(milliseconds) {
        pauses.push(milliseconds);
      },
      onEvent: (event) => events.push(event),
      onPosition: (id) => positions.push(id),
      onConnection: (connection) => connections.push(connection),
      isFinal: (error) => (error as Error).message === 'shut out',
    },
    undefined,
    stop.signal,
  );
  return { asked, events, positions, connections, pauses };
}

const changed = (id: number): string => `id: ${id}\ndata: {"kind":"changed","what":"items"}\n\n`;

suite('followEvents', () => {
  test('it goes on after the last event it has seen', async () => {
    const { asked, events } = await follow([[changed(7), changed(8)], new Error('gone'), [changed(9)], []]);
    assert.deepEqual(asked, [undefined, '8', '8', '9']);
    assert.equal(events.length, 3);
  });

  test('it goes on from where it was when nothing had happened yet', async () => {
    const { asked, events, positions } = await follow([['id: 6\n\n'], []]);
    assert.deepEqual([asked, events, positions], [[undefined, '6'], [], ['6']]);
  });

  test('it says that nobody answers after two attempts, and when somebody does again', async () => {
    const { connections } = await follow([new Error('1'), new Error('2'), [], []]);
    assert.deepEqual(connections, ['connecting', 'gone', 'open', 'open']);
  });

  test('it waits longer each time, but never much', async () => {
    const { pauses } = await follow(Array.from({ length: 8 }, () => new Error('gone')));
    assert.deepEqual(pauses, [...WAITS_MS, WAITS_MS.at(-1), WAITS_MS.at(-1)]);
  });

  test('it passes over what is no event', async () => {
    const { events } = await follow([['data: {broken\n\n', changed(1)], []]);
    assert.equal(events.length, 1);
  });

  test('it ends when the browser is shut out', async () => {
    const { asked } = await follow([new Error('shut out'), [], []]);
    assert.equal(asked.length, 1);
  });
});
