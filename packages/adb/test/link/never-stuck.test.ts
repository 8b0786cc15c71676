import { equal, rejects } from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { AdbServer, connectTcp, RemoteFiles, runShell } from '@holdfast/adb';
import { type Clock, collect, encodeName } from '@holdfast/kernel';
import { type FakeClock, fakeClock } from '@holdfast/testkit';
import { ANDROID_14_FEATURES, type PhoneOptions } from '@holdfast/testkit/phone';
import { coded, key, type LinkedPhone, letTimePass, linkedPhone, nextTurn } from '../../test-setup/phones.ts';

const TRAITS = { mode: 0o600, mtime: 0 };
const enough = new Error('enough');

async function* noMore(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(10);
  await new Promise(() => undefined);
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(65_536);
}

/** Everything that waits for a phone. */
const calls: Readonly<
  Record<string, (linked: LinkedPhone, signal: AbortSignal, clock: Clock) => Promise<unknown>>
> = {
  list: ({ transport }, signal, clock) => new RemoteFiles(transport, { clock }).list('/', signal),
  walk: ({ transport }, signal, clock) =>
    Array.fromAsync(new RemoteFiles(transport, { clock }).walk('/', signal)),
  stat: ({ transport }, signal, clock) =>
    Array.fromAsync(new RemoteFiles(transport, { clock }).stat(['/a'], signal)),
  pull: ({ transport }, signal, clock) =>
    collect(new RemoteFiles(transport, { clock }).pull('/a', signal), 10),
  pullMany: ({ transport }, signal, clock) =>
    Array.fromAsync(new RemoteFiles(transport, { clock }).pullMany(['/a', '/b'], signal)),
  push: ({ transport }, signal, clock) =>
    new RemoteFiles(transport, { clock }).push('/a', endless(), TRAITS, signal),
  runShell: ({ transport }, signal, clock) => runShell(transport, ['cat'], { signal, clock }),
  'runShell with input': ({ transport }, signal, clock) =>
    runShell(transport, ['cat'], { signal, clock, stdin: endless() }),
  'runShell with input that does not come': ({ transport }, signal, clock) =>
    runShell(transport, ['cat'], { signal, clock, stdin: noMore() }),
};

/** As `calls`, and one that waits for us and not for the phone. */
const endable: typeof calls = {
  ...calls,
  'push of what does not come': ({ transport }, signal, clock) =>
    new RemoteFiles(transport, { clock }).push('/a', noMore(), TRAITS, signal),
};

/** Commands on it neither print nor end, and it lets us send much before it has read any. */
const BUSY: PhoneOptions = {
  features: [...ANDROID_14_FEATURES, 'delayed_ack'],
  shell: (_, { over }) => over.then(() => 0),
};

/** A phone that sends so many packets, its greeting the first, and then nothing any more. */
function silentAfter(packets: number): PhoneOptions {
  let sent = 0;
  const fault = {
    get stallAfterBytes(): number {
      sent += 1;
      return sent > packets ? 0 : Infinity;
    },
  };
  return { ...BUSY, faults: [fault] };
}

/** Whether opening a service, or what comes after it, gets no answer; and a phone that takes nothing in any more. */
const phones: [name: string, options: () => PhoneOptions][] = [
  ['does not open a service', () => silentAfter(1)],
  ['opens a service and says nothing', () => silentAfter(2)],
  ['says nothing further', () => silentAfter(3)],
  ['takes nothing in', () => ({ ...BUSY, faults: [{ deafAfterBytes: 120 }] })],
];

const ways: [
  name: string,
  code: string | undefined,
  end: (linked: LinkedPhone, stopper: AbortController) => void,
][] = [
  ['aborted', undefined, (_, stopper) => stopper.abort(enough)],
  ['the phone goes', 'adb/gone', ({ phone }) => phone.unplug()],
  ['the link is let go', 'adb/gone', ({ transport }) => void transport[Symbol.asyncDispose]()],
];

for (const [phoneName, options] of phones) {
  for (const [wayName, code, end] of ways) {
    test(`it ends every call at once when ${wayName}, with a phone that ${phoneName}`, async () => {
      for (const [callName, call] of Object.entries(endable)) {
        await using linked = await linkedPhone(options());
        const stopper = new AbortController();
        const calling = call(linked, stopper.signal, fakeClock());
        const ended = rejects(calling, code === undefined ? enough : coded(code), callName);
        while (linked.phone.services.length === 0) await nextTurn();
        // As far as it gets.
        for (let turn = 0; turn < 20; turn++) await nextTurn();
        end(linked, stopper);
        await ended;
      }
    });
  }

  test(`it gives up on a phone that ${phoneName}`, async () => {
    for (const [callName, call] of Object.entries(calls)) {
      const clock = fakeClock();
      await using linked = await linkedPhone(options(), { clock });
      const calling = call(linked, new AbortController().signal, clock);
      await letTimePass(clock, rejects(calling, coded('adb/stalled'), callName));
    }
  });
}

test('it gives a phone that does not read nothing more to read, and gives it up', async () => {
  const clock = fakeClock();
  await using linked = await linkedPhone({ ...BUSY, faults: [{ deafAfterBytes: 100_000 }] }, { clock });
  let given = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for (;;) {
      given += 65_536;
      yield new Uint8Array(65_536);
    }
  };
  const pushing = new RemoteFiles(linked.transport, { clock }).push('/a', counted(), TRAITS);
  await letTimePass(clock, rejects(pushing, coded('adb/stalled')));
  equal(given < 64 * 1024 * 1024, true);
  const opening = linked.transport.openStream(encodeName('sync:'));
  await letTimePass(clock, rejects(opening, coded('adb/stalled')));
});

test('it closes a service that opens only after nobody waits for it any more', async () => {
  const ended = Promise.withResolvers<void>();
  await using linked = await linkedPhone({
    shell: async (_, { over }) => {
      await over;
      ended.resolve();
      return 0;
    },
  });
  const stopper = new AbortController();
  const opening = linked.transport.openStream(encodeName('shell,v2,raw:x'), stopper.signal);
  stopper.abort(enough);
  await rejects(opening, enough);
  await ended.promise;
});

test('it ends everything asked of something that takes connections and says nothing', async () => {
  await using deaf = await silentServer();
  const server = new AdbServer({ port: deaf.port });
  const attempts: ((signal?: AbortSignal, clock?: FakeClock) => Promise<unknown>)[] = [
    (signal, clock) =>
      connectTcp({ host: '127.0.0.1', port: deaf.port, key, ...(clock && { clock }) }, signal),
    (signal, clock) => (clock ? new AdbServer({ port: deaf.port, clock }) : server).version(signal),
    (signal, clock) => (clock ? new AdbServer({ port: deaf.port, clock }) : server).devices(signal),
    (signal, clock) =>
      Array.fromAsync((clock ? new AdbServer({ port: deaf.port, clock }) : server).trackDevices(signal)),
  ];
  for (const attempt of attempts) {
    const stopper = new AbortController();
    const connected = deaf.nextConnection();
    const ended = rejects(attempt(stopper.signal), enough);
    await connected;
    stopper.abort(enough);
    await ended;
    const clock = fakeClock();
    await letTimePass(clock, rejects(attempt(undefined, clock), coded('adb/stalled')));
  }
});

async function silentServer(): Promise<
  { port: number; nextConnection: () => Promise<unknown> } & AsyncDisposable
> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    nextConnection: () => once(server, 'connection'),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
