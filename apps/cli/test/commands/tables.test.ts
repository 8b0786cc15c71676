import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GLOBAL_OPTIONS } from '#arguments/global-options.ts';
import { commandPage } from '#arguments/help.ts';
import { parseCommandLine } from '#arguments/parse.ts';
import { type Option, optionText } from '#arguments/table.ts';
import { TABLES } from '#commands/tables.ts';
import { EXIT_SENTENCES } from '#exit-codes.ts';

/** The words of an example as a shell makes them: without quotes, and without what goes into a file or another program. */
function wordsOf(line: string): string[] {
  const [command = ''] = line.split(/ [>|] /);
  return Array.from(command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g), ([, a, b, c]) => a ?? b ?? c ?? '');
}

test('it has examples that parse as the command they are of', () => {
  for (const table of TABLES) {
    for (const { line } of table.examples) {
      const [program, ...words] = wordsOf(line);
      assert.equal(program, 'holdfast');
      const request = parseCommandLine(words, TABLES);
      assert.equal(request.kind === 'run' ? request.table.name : undefined, table.name, line);
    }
  }
});

test('it shows every option, word, example and status on the help page', () => {
  for (const table of TABLES) {
    for (const columns of [40, 80, 200]) {
      const page = commandPage(table, columns);
      const options = Object.entries<Option>({ ...GLOBAL_OPTIONS, ...table.options });
      for (const [name] of options) assert.ok(page.includes(optionText(name)), `${table.name} ${name}`);
      for (const { metavar } of table.positionals) assert.ok(page.includes(metavar));
      for (const { line } of table.examples) assert.ok(page.includes(line));
      assert.ok(Object.keys(table.exits).every((code) => page.includes(`\n  ${code}`)));
    }
  }
});

test('it gives no command an option or a letter that means something else everywhere', () => {
  const own = Object.entries<Option>(GLOBAL_OPTIONS);
  for (const { name, options } of TABLES) {
    const letters = [...own, ...Object.entries<Option>(options)].flatMap(([, { short }]) => short ?? []);
    assert.equal(new Set(letters).size, letters.length, name);
    for (const [option] of own) assert.ok(!Object.hasOwn(options, option), `${name} ${option}`);
  }
});

test('it loads what carries each command out, and names only statuses there are', async () => {
  assert.equal(new Set(TABLES.map(({ name }) => name)).size, TABLES.length);
  for (const table of TABLES) {
    assert.equal(typeof (await table.load()).run, 'function');
    assert.ok(Object.keys(table.exits).every((code) => Object.hasOwn(EXIT_SENTENCES, code)));
  }
});
