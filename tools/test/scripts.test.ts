import { deepEqual, match } from 'node:assert/strict';
import { globSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const GATES = ['format', 'lint', 'types', 'layers', 'unused', 'tests'];

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

/** Files matching the globs, once for each way they are matched. */
function found(globs: readonly string[]): string[] {
  const exclude = (path: string): boolean => path.includes('node_modules');
  const paths = globs.flatMap((glob) => globSync(glob, { cwd: ROOT, exclude }));
  return paths.map((path) => realpathSync(join(ROOT, path))).toSorted();
}

const globsOf = (script: string): string[] =>
  [...script.matchAll(/"([^"]+\.ts)"/g)].map(([, glob]) => glob ?? '');

test('npm test is the whole check, and the check is every gate', () => {
  match(scripts['test'] ?? '', /^npm run --silent check$/);
  const expected = GATES.map((gate) => `npm run --silent check:${gate}`).join(' && ');
  deepEqual(scripts['check'], expected);
});

test('it runs every test file once, and the slow ones only with the slow tests', () => {
  deepEqual(found(globsOf(scripts['check:tests'] ?? '')), found(['**/*.test.ts']));
  deepEqual(found(globsOf(scripts['test:slow'] ?? '')), found(['**/*.slow-test.ts']));
});

test('it finds nothing but tests in a test folder', () => {
  const tests = found(['{packages,apps}/*/test/**/*.test.ts', '{packages,apps}/*/test/**/*.slow-test.ts']);
  deepEqual(found(['{packages,apps}/*/test/**/*.*']), tests);
});
