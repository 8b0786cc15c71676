import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertPlace } from '../../src/home/alert-place.ts';

for (const [id, href] of [
  ['no-recovery-kit', '/repository'],
  ['settings-damaged', '/settings'],
  ['not-seen:constructor', undefined],
  ['constructor', undefined],
] as const)
  test(`it leads from the alert "${id}" to ${href ?? 'no page'}`, () =>
    assert.equal(alertPlace(id)?.href, href));
