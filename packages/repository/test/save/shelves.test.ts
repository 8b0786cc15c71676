import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { seededRandom } from '@holdfast/testkit';
import fc from 'fast-check';
import { type Shelved, Shelves } from '#save/shelves.ts';

suite('Shelves', () => {
  test('it keeps what is on them until it is let go, and uses the room again', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ length: fc.nat(400_000), isLetGo: fc.boolean() })), (steps) => {
        const shelves = new Shelves();
        const kept: { shelved: Shelved; bytes: Uint8Array }[] = [];
        const memories = new Set<ArrayBufferLike>();
        for (const [at, { length, isLetGo }] of steps.entries()) {
          const bytes = new Uint8Array(length).fill(at + 1);
          const shelved = shelves.put(bytes);
          memories.add(shelved.bytes.buffer);
          if (isLetGo) shelved.letGo();
          else kept.push({ shelved, bytes });
        }
        for (const { shelved, bytes } of kept) assert.ok(Buffer.from(shelved.bytes).equals(bytes));
        for (const { shelved } of kept) shelved.letGo();
      }),
      { numRuns: 30 },
    );
  });

  test('it needs no more memory for thousands of things than for those that are there at a time', () => {
    const shelves = new Shelves();
    const memories = new Set<ArrayBufferLike>();
    const bytes = seededRandom(1)(10_000);
    const there: Shelved[] = [];
    for (let at = 0; at < 5000; at++) {
      const shelved = shelves.put(bytes);
      memories.add(shelved.bytes.buffer);
      there.push(shelved);
      if (there.length > 150) there.shift()?.letGo();
    }
    assert.ok(memories.size <= 4, `${memories.size}`);
  });
});
