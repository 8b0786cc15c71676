import type { TestContext } from 'node:test';

/**
 * True where a process can be run as another account, which takes root. Elsewhere the test is skipped, and says so; under
 * `CI` it fails.
 */
export function canBeNobody(t: TestContext): boolean {
  if (process.getuid?.() === 0) return true;
  const why = 'it takes root to run a process as another account: run the tests as root, or see CI do it';
  if (process.env['CI'] !== undefined) throw new Error(why);
  t.skip(why);
  return false;
}
