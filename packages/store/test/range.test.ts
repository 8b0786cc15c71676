import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { type FileRef, STORE_FAILURES } from '@holdfast/store';
import fc from 'fast-check';
import { memoryFor, resolveRange } from '#range.ts';

const FILE: FileRef = { kind: 'pack', name: 'a'.repeat(64) };
const size = fc.oneof(fc.nat(20), fc.maxSafeNat());

const LARGEST = Number.MAX_SAFE_INTEGER;

test('it finds every range inside the file, and no other', () => {
  fc.assert(
    fc.property(size, size, fc.option(size, { nil: undefined }), (sizeBytes, offset, length) => {
      const isInside = offset <= sizeBytes && (length === undefined || length <= sizeBytes - offset);
      try {
        const range = resolveRange(FILE, sizeBytes, length === undefined ? { offset } : { offset, length });
        equal(isInside, true);
        equal(range.offset, offset);
        equal(range.length, length ?? sizeBytes - offset);
      } catch (error) {
        if (!isFailure(error, STORE_FAILURES.truncated)) throw error;
        equal(isInside, false);
      }
    }),
    // Offset and length whose sum no number is exact for.
    { examples: [[0, 20, LARGEST]] },
  );
});

test('it gives memory of exactly the length, of its own unless told otherwise', () => {
  for (const length of [0, 1, 100, 10_000]) {
    const own = memoryFor(length);
    equal(own.length, length);
    equal(own.buffer.byteLength, length);
    equal(Object.getPrototypeOf(own), Uint8Array.prototype);
    const into = new Uint8Array(100).subarray(10, 60);
    equal(memoryFor(length, into).buffer === into.buffer, length <= 50);
  }
});
