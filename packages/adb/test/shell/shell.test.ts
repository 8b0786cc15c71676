import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { runShell, shell } from '@holdfast/adb';
import { encodeName } from '@holdfast/kernel';
import { hostShell } from '@holdfast/testkit/phone';
import fc from 'fast-check';
import { coded, linkedPhone } from '../../test-setup/phones.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const sh = (script: string): string[] => ['sh', '-c', script];

test('it quotes words so that a shell takes them as they are', async () => {
  const special = [
    "'",
    '"',
    '$',
    '`',
    '\\',
    '\n',
    ' ',
    '*',
    '~',
    '!',
    '#',
    '&',
    ';',
    '|',
    '<',
    '(',
    '{',
    '[',
    '=',
  ];
  const word = fc.string({ unit: fc.constantFrom(...special, '-', 'a', 'é', '😀') });
  await using linked = await linkedPhone({ shell: hostShell });
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), async (words) => {
      const { stdout } = await runShell(linked.transport, ['printf', '%s\\0', ...words]);
      deepEqual(text(stdout).split('\0').slice(0, -1), words);
    }),
    { numRuns: 30 },
  );
});

test('it never takes a first word for an assignment, nor any for a keyword', async () => {
  await using linked = await linkedPhone({ shell: hostShell });
  equal((await runShell(linked.transport, ['a=b'])).exitCode, 127);
  equal((await runShell(linked.transport, ['if'])).exitCode, 127);
  equal((await runShell(linked.transport, ['$(exit 3)'])).exitCode, 127);
});

test('it keeps output, complaints and exit code apart', async () => {
  await using linked = await linkedPhone({ shell: hostShell });
  const result = await runShell(linked.transport, sh('echo out; echo err >&2; exit 7'));
  deepEqual([text(result.stdout), text(result.stderr), result.exitCode], ['out\n', 'err\n', 7]);
});

test('it gives a command its input, and an end', async () => {
  await using linked = await linkedPhone({ shell: hostShell });
  const input = async function* (): AsyncGenerator<Uint8Array> {
    yield encodeName('one ');
    yield new Uint8Array(200_000).fill(0x78);
  };
  const { stdout } = await runShell(linked.transport, ['wc', '-c'], { stdin: input() });
  equal(text(stdout).trim(), '200004');
  equal(text((await runShell(linked.transport, ['cat'])).stdout), '');
});

test('it reads much on both outputs without getting stuck', async () => {
  await using linked = await linkedPhone({ shell: hostShell });
  const script = 'head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero';
  const { stdout, stderr } = await runShell(linked.transport, sh(script));
  deepEqual([stdout.length, stderr.length], [3_000_000, 3_000_000]);
  await rejects(runShell(linked.transport, sh(script), { mostBytes: 1000 }), coded('adb/output-too-large'));
});

test('it knows the exit code of phones that do not say it', async () => {
  await using linked = await linkedPhone({ shell: hostShell, features: [], isOld: true });
  for (const [script, stdout, exitCode] of [
    ['echo out; echo err >&2; exit 7', 'out\nerr\n', 7],
    ['printf "no line end"', 'no line end', 0],
    ['true', '', 0],
  ] as const) {
    const result = await runShell(linked.transport, sh(script));
    deepEqual([text(result.stdout), text(result.stderr), result.exitCode], [stdout, '', exitCode], script);
  }
  const input = (async function* (): AsyncGenerator<Uint8Array> {})();
  await rejects(runShell(linked.transport, ['cat'], { stdin: input }), coded('adb/unsupported'));
});

test('it does not know the exit code when an old phone ends the output without it', async () => {
  const cut = async (
    _: Uint8Array,
    { out }: { out: (bytes: Uint8Array) => Promise<void> },
  ): Promise<number> => {
    await out(encodeName(`${'half of the output '.repeat(10)}:0\n`));
    return 0;
  };
  await using linked = await linkedPhone({ shell: cut, features: [] });
  const { stdout, exitCode } = await runShell(linked.transport, ['whatever']);
  deepEqual([text(stdout), exitCode], [`${'half of the output '.repeat(10)}:0\n`, undefined]);
});

test('it refuses a NUL in a word', async () => {
  await using linked = await linkedPhone();
  await rejects(runShell(linked.transport, ['a\0b']), coded('adb/bad-argument'));
});

test('it stops a command when the loop is left', async () => {
  await using linked = await linkedPhone({ shell: hostShell });
  for await (const event of shell(linked.transport, sh('echo one; exec cat'), { stdin: forever() })) {
    equal(event.kind, 'stdout');
    break;
  }
});

async function* forever(): AsyncGenerator<Uint8Array> {
  await new Promise(() => undefined);
  yield new Uint8Array(0);
}
