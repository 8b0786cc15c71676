import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { RestoreEvent } from '#restore/events.ts';
import { RESTORE_BEGINNING, stepRestore } from '#restore/state.ts';

const restored = (path: string, bytes: number): RestoreEvent => ({
  kind: 'item',
  path,
  to: path,
  state: 'verified',
  reason: 'restored',
  bytes,
});

test('it counts the bytes of a file once: under way, then done', () => {
  const events: RestoreEvent[] = [
    { kind: 'began', items: 3, bytes: 60 },
    { kind: 'under-way', bytes: 50 },
    restored('a', 30),
    restored('b', 20),
    { kind: 'under-way', bytes: 5 },
    restored('c', 10),
  ];
  let state = RESTORE_BEGINNING;
  const reached = events.map((event) => {
    state = stepRestore(state, event);
    return state.doneBytes + state.underWayBytes;
  });
  deepEqual(reached, [0, 50, 50, 50, 55, 60]);
});
