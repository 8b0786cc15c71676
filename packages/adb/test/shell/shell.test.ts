import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { runShell, shell } from '@holdfast/adb';
import { encodeShellPacket, SHELL } from '@holdfast/adb/wire';
import { encodeName, Failure } from '@holdfast/kernel';
import { ANDROID_14_FEATURES, hostShell } from '@holdfast/testkit/phone';
import fc from 'fast-check';
import { coded, linkedPhone, streamOf, transportWith } from '../../test-setup/phones.ts';

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

test('it gives all that a command printed, and its exit code, though it ended without its input', async () => {
  const endless = async function* (): AsyncGenerator<Uint8Array> {
    for (;;) yield new Uint8Array(65_536);
  };
  const deaf = async (
    _: Uint8Array,
    { out }: { out: (bytes: Uint8Array) => Promise<void> },
  ): Promise<number> => {
    await Promise.all(['one', 'two', 'three'].map((word) => out(encodeName(word))));
    return 3;
  };
  for (const features of [ANDROID_14_FEATURES, [...ANDROID_14_FEATURES, 'delayed_ack']]) {
    for (const stdin of [forever, endless]) {
      await using linked = await linkedPhone({ shell: deaf, features });
      const { stdout, exitCode } = await runShell(linked.transport, ['any'], { stdin: stdin() });
      deepEqual([text(stdout), exitCode], ['onetwothree', 3], stdin.name);
    }
  }
});

test('it reads on when its input does not get through', async () => {
  const packets = [
    [SHELL.stdout, ...encodeName('one')],
    [SHELL.stderr, ...encodeName('two')],
    [SHELL.exit, 4],
  ].map(([id = 0, ...data]) => encodeShellPacket(id, Uint8Array.from(data)));
  const stream = streamOf(packets, () => Promise.reject(new Failure('adb/gone', 'gone')));
  const { stdout, stderr, exitCode } = await runShell(transportWith(stream, ['shell_v2']), ['any']);
  deepEqual([text(stdout), text(stderr), exitCode], ['one', 'two', 4]);
});

test('it ends a command whose input cannot be had, with the reason', async () => {
  await using linked = await linkedPhone({ shell: hostShell });
  const bad = async function* (): AsyncGenerator<Uint8Array> {
    yield encodeName('one');
    throw new Failure('test/broken', 'broken');
  };
  await rejects(runShell(linked.transport, ['cat'], { stdin: bad() }), coded('test/broken'));
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
