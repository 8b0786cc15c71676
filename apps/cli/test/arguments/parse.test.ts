import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import fc from 'fast-check';
import { parseCommandLine, type Request } from '#arguments/parse.ts';
import { TABLES } from '#commands/tables.ts';

const parse = (line: string): Request => parseCommandLine(line.split(' '), TABLES);

function given(line: string): Record<string, unknown> {
  const request = parse(line);
  assert.equal(request.kind, 'run');
  return request.kind === 'run' ? { ...request.given, words: request.words, ...request.globals } : {};
}

test('it takes options before, between and after words', () => {
  for (const line of [
    '--json backup --dry-run a b -r /x',
    'backup a -r/x b --json --dry-run',
    '--repository=/x --json backup a --dry-run b',
  ]) {
    const { words, json, dryRun, repository } = given(line);
    assert.deepEqual(
      { words, json, dryRun, repository },
      { words: ['a', 'b'], json: true, dryRun: true, repository: '/x' },
    );
  }
});

test('it takes everything after -- for words, and negative numbers for values', () => {
  assert.deepEqual(given('backup -- --dry-run -x')['words'], ['--dry-run', '-x']);
  assert.equal(given('forget --keep-daily -1')['keepDaily'], -1);
  assert.equal(given('forget --keep-daily=-1')['keepDaily'], -1);
});

test('it gathers what may be given many times, and takes the last of the others', () => {
  assert.deepEqual(given('backup a --exclude x --exclude=y')['exclude'], ['x', 'y']);
  assert.equal(given('backup a --verify off --verify device')['verify'], 'device');
  assert.equal(given('backup a')['verify'], 'cache');
});

test('it refuses values that are missing, unknown or not wanted', () => {
  const cases: [line: string, message: RegExp][] = [
    ['backup a --exclude', /--exclude needs a value: --exclude PATTERN/],
    [
      'backup a --exclude --json',
      /--exclude needs a value before --json; if that is the value, write --exclude=--json/,
    ],
    ['backup a --dry-run=yes', /--dry-run takes no value/],
    ['forget --keep-daily -2', /--keep-daily takes a whole number from -1, not "-2"/],
    ['backup a --dryrun', /Unknown option --dryrun\. Did you mean --dry-run\?/],
    ['restore', /"restore" needs BACKUP/],
  ];
  for (const [line, message] of cases) {
    assert.throws(
      () => parse(line),
      (error) => isFailure(error, 'cli/usage') && message.test(error.message),
      line,
    );
  }
});

test('it understands or refuses whatever is typed, and never breaks', () => {
  const names = TABLES.flatMap(({ name, options }) => [
    ...name.split(' '),
    ...Object.keys(options).map((each) => `--${each}`),
  ]);
  const word = fc.oneof(
    fc.constantFrom(...names, '--', '-', '--json', '-q', '-rx', '__proto__', '--constructor=1'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (words) => {
      try {
        parseCommandLine(words, TABLES);
      } catch (error) {
        if (!isFailure(error, 'cli/usage')) throw error;
      }
    }),
  );
});
