import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { type AdbTransport, type Fetched, type FileEvent, RemoteFiles } from '@holdfast/adb';
import { fakeClock } from '@holdfast/testkit';
import { ANDROID_14_FEATURES, type PhoneFolder, phoneFile, phoneFolder } from '@holdfast/testkit/phone';
import { coded, linkedPhone } from '../../test-setup/phones.ts';

const MOST = 10_000;

const brief = (fetched: Fetched): string => {
  if (fetched.kind === 'content') return Buffer.from(fetched.bytes).toString();
  return fetched.kind === 'problem' ? fetched.failure.code : fetched.kind;
};

/** Forty files, `f0` to `f39`, each with its own content. */
const forty = (odd: Readonly<Record<number, ReturnType<typeof phoneFile>>> = {}): PhoneFolder =>
  phoneFolder(
    Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`f${at}`, odd[at] ?? phoneFile(`content ${at}`)]),
    ),
  );

const versions: [name: string, features: readonly string[]][] = [
  ['version 2', ANDROID_14_FEATURES],
  ['version 1', ['shell_v2', 'cmd']],
];
for (const [name, features] of versions) {
  test(`it reads small files for many at once over one stream, by ${name}`, async () => {
    const root = forty({ 7: phoneFile('x'.repeat(MOST + 1)), 8: phoneFile('') });
    await using linked = await linkedPhone({ root, features });
    using fetcher = new RemoteFiles(linked.transport).fetcher();
    const paths = [...root.entries.keys(), 'none'].map((each) => `/${each}`);
    const fetched = await Promise.all(paths.map((path) => fetcher.fetch(path, MOST)));
    const expected = paths.map((_, at) => `content ${at}`);
    deepEqual(fetched.map(brief), expected.with(7, 'longer').with(8, '').with(40, 'not-read'));
    equal(linked.phone.services.length, 1);
    const [first] = fetched;
    ok(first?.kind === 'content' && first.before.kind === 'found' && first.after.kind === 'found');
    deepEqual([first.before, first.before.stat.sizeBytes], [first.after, 9]);
  });
}

/** The same transport, which counts what is written to its streams. */
function counting(transport: AdbTransport): { transport: AdbTransport; writes: () => number } {
  let writes = 0;
  const openStream: AdbTransport['openStream'] = async (...args) => {
    const stream = await transport.openStream(...args);
    return {
      read: () => stream.read(),
      write: (bytes) => {
        writes += 1;
        return stream.write(bytes);
      },
      close: (reason) => stream.close(reason),
    };
  };
  const { serial, banner, features } = transport;
  const dispose = async (): Promise<void> => transport[Symbol.asyncDispose]();
  return {
    transport: { serial, banner, features, openStream, [Symbol.asyncDispose]: dispose },
    writes: () => writes,
  };
}

test('it says nothing more to a phone of which nobody wants anything', async () => {
  await using linked = await linkedPhone({ root: forty() });
  const { transport, writes } = counting(linked.transport);
  using fetcher = new RemoteFiles(transport).fetcher();
  const settled = async (): Promise<number> => {
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
    return writes();
  };
  for (let round = 0; round < 3; round++) {
    const paths = Array.from({ length: 40 }, (_, at) => `/f${at}`);
    const fetched = await Promise.all(paths.map((path) => fetcher.fetch(path, MOST)));
    deepEqual(
      fetched.map(brief),
      paths.map((_, at) => `content ${at}`),
    );
    equal(await settled(), await settled());
  }
});

test('it fails the one file that a phone refuses, and none of the others, wherever it is', async () => {
  for (let bad = 0; bad < 40; bad += 3) {
    const root = forty({ [bad]: phoneFile('xxxxxx', { failAfterBytes: bad % 2 === 0 ? 3 : 0 }) });
    await using linked = await linkedPhone({ root });
    using fetcher = new RemoteFiles(linked.transport).fetcher();
    const paths = [...root.entries.keys()].map((each) => `/${each}`);
    const fetched = await Promise.all(paths.map((path) => fetcher.fetch(path, MOST)));
    deepEqual(
      fetched.map(brief),
      paths.map((_, at) => (at === bad ? 'adb/refused-file' : `content ${at}`)),
    );
    ok(linked.phone.services.length <= 2);
  }
});

test('it does not wait for a file that turns out longer than it said', async () => {
  const root = forty({ 3: phoneFile(new Uint8Array(5_000_000), { saysBytes: 5n }) });
  await using linked = await linkedPhone({ root });
  using fetcher = new RemoteFiles(linked.transport).fetcher();
  const fetched = await Promise.all(['/f2', '/f3', '/f4'].map((path) => fetcher.fetch(path, MOST)));
  deepEqual(fetched.map(brief), ['content 2', 'longer', 'content 4']);
});

test('it lets one go who no longer wants to wait, and serves the others', async () => {
  await using linked = await linkedPhone({ root: forty() });
  using fetcher = new RemoteFiles(linked.transport).fetcher();
  for (const [one, others] of [
    ['/f0', ['/f1', '/f2']],
    ['/f9', ['/f8']],
  ] as const) {
    const stopper = new AbortController();
    const unwanted = fetcher.fetch(one, MOST, stopper.signal);
    const wanted = others.map((path) => fetcher.fetch(path, MOST));
    // Once it is on its way.
    await new Promise(setImmediate);
    const reason = new Error('enough');
    stopper.abort(reason);
    await rejects(unwanted, reason);
    deepEqual(
      (await Promise.all(wanted)).map(brief),
      others.map((path) => `content ${path.slice(2)}`),
    );
  }
  const stopped = AbortSignal.abort(new Error('before'));
  await rejects(fetcher.fetch('/f1', MOST, stopped), /before/);
});

test('it fails everyone who waits when the phone is lost, and everyone who comes', async () => {
  await using linked = await linkedPhone({ root: forty() });
  using fetcher = new RemoteFiles(linked.transport).fetcher();
  equal(brief(await fetcher.fetch('/f1', MOST)), 'content 1');
  const waiting = ['/f2', '/f3'].map((path) => fetcher.fetch(path, MOST));
  linked.phone.unplug();
  for (const each of waiting) await rejects(each, coded('adb/gone'));
  await rejects(fetcher.fetch('/f4', MOST), coded('adb/gone'));
});

test('it loses no file to a cable that is pulled at any byte', async () => {
  for (let bytes = 300; bytes < 6000; bytes += 211) {
    await using linked = await linkedPhone({ root: forty(), faults: [{ cutAfterBytes: bytes }] });
    using fetcher = new RemoteFiles(linked.transport).fetcher();
    const settled = await Promise.allSettled(
      Array.from({ length: 40 }, (_, at) => fetcher.fetch(`/f${at}`, MOST)),
    );
    for (const [at, outcome] of settled.entries()) {
      if (outcome.status === 'fulfilled') equal(brief(outcome.value), `content ${at}`);
      else ok(coded('adb/gone')(outcome.reason), String(outcome.reason));
    }
  }
});

test('it gives nothing any more once it is disposed', async () => {
  await using linked = await linkedPhone({ root: forty() });
  const files = new RemoteFiles(linked.transport);
  const fetcher = files.fetcher();
  const waiting = fetcher.fetch('/f2', MOST);
  fetcher[Symbol.dispose]();
  await rejects(waiting, coded('adb/gone'));
  await rejects(fetcher.fetch('/f2', MOST), coded('adb/gone'));
  const streams = files.fileStreams();
  streams[Symbol.dispose]();
  await rejects(Array.fromAsync(streams.read('/f1')), coded('adb/gone'));
});

test('it gives up on a phone that stops answering many, and says so to each', async () => {
  await using linked = await linkedPhone({ root: forty(), faults: [{ stallAfterBytes: 900 }] });
  const clock = fakeClock();
  using fetcher = new RemoteFiles(linked.transport, { clock }).fetcher();
  const failed = Promise.all(
    ['/f2', '/f3'].map((path) => rejects(fetcher.fetch(path, MOST), coded('adb/stalled'))),
  );
  let isOver = false;
  const over = failed.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await Promise.race([clock.whenSleeping(1), over]);
    clock.advance(Temporal.Duration.from({ seconds: 5 }));
    await new Promise((resolve) => setImmediate(resolve));
  }
});

test('it reads large files one after another over one stream, with a look before and after', async () => {
  const root = phoneFolder({
    a: phoneFile(new Uint8Array(300_000).fill(1)),
    b: phoneFile('b', { mtime: 5 }),
  });
  await using linked = await linkedPhone({ root });
  using streams = new RemoteFiles(linked.transport).fileStreams();
  for (const path of ['/a', '/b', '/a']) {
    const events: FileEvent[] = await Array.fromAsync(streams.read(path));
    deepEqual([events.at(0)?.kind, events.at(-1)?.kind], ['before', 'after']);
    const bytes = events.flatMap((event) => (event.kind === 'bytes' ? [event.bytes.length] : []));
    const sizeBytes = bytes.reduce((sum, length) => sum + length, 0);
    equal(sizeBytes, path === '/a' ? 300_000 : 1);
  }
  equal(linked.phone.services.length, 1);
});

test('it ends a large file at once when it is left, aborted or refused, and reads the next', async () => {
  const big = new Uint8Array(8_000_000);
  const root = phoneFolder({
    big: phoneFile(big),
    bad: phoneFile(big, { failAfterBytes: 200_000 }),
    good: phoneFile('good'),
  });
  await using linked = await linkedPhone({ root });
  using streams = new RemoteFiles(linked.transport).fileStreams();
  for await (const event of streams.read('/big')) if (event.kind === 'bytes') break;
  await rejects(Array.fromAsync(streams.read('/bad')), coded('adb/refused-file'));
  const stopper = new AbortController();
  const reason = new Error('enough');
  const reading = (async () => {
    for await (const event of streams.read('/big', stopper.signal))
      if (event.kind === 'bytes') stopper.abort(reason);
  })();
  await rejects(reading, reason);
  equal((await Array.fromAsync(streams.read('/good'))).length, 3);
});
