import { deepEqual } from 'node:assert/strict';
import type { ComplaintCode } from '@holdfast/doctor';
import { provoke, type SampleOptions } from '@holdfast/testkit/phone';
import { found, littlePhone } from './matrix.ts';

/** Requires of a phone with one trouble that it is found, and nothing else stands out. */
export async function requireFound(code: ComplaintCode, options: SampleOptions): Promise<void> {
  const android = littlePhone(options);
  if (!provoke(android, code)) return;
  deepEqual((await found(android, [code])).shown, [code], `${code} on ${JSON.stringify(options)}`);
}
