import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { ClaimedBlobs } from '#save/claimed-blobs.ts';

/** Few of them, of which several begin alike. */
const anyId = fc
  .tuple(fc.constantFrom('0000000', '000000f', 'fffffff'), fc.constantFrom('0', '1', 'a'))
  .map(([begin, digit]) => begin + digit.repeat(57));

suite('claimed blobs', () => {
  test('it has what a set of ids would have, also where ids begin alike', () => {
    const anySteps = fc.array(fc.record({ id: anyId, step: fc.constantFrom('claim', 'let go') }));
    fc.assert(
      fc.property(anySteps, (steps) => {
        const claimed = new ClaimedBlobs();
        const model = new Set<string>();
        for (const { id, step } of steps) {
          assert.equal(claimed.has(id), model.has(id));
          if (step === 'let go') {
            claimed.delete(id);
            model.delete(id);
          } else if (!model.has(id)) {
            claimed.add(id);
            model.add(id);
          }
          assert.equal(claimed.has(id), model.has(id));
        }
      }),
    );
  });
});
