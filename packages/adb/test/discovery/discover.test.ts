import { deepEqual, equal, rejects } from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { type DiscoverOptions, discoverWireless, type WirelessEvent } from '@holdfast/adb';
import { fakeClock } from '@holdfast/testkit';
import { announce } from '@holdfast/testkit/phone';

const addresses = (): string[] => ['127.0.0.1'];
const ONE_SECOND = Temporal.Duration.from({ seconds: 1 });

/** A port for multicast DNS that nobody else on this computer uses now. */
async function freeDnsPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

/** Looks for phones on loopback; `next` gives the next thing that happens. */
function looking(options: DiscoverOptions): { next(): Promise<WirelessEvent | undefined> } & AsyncDisposable {
  const stopper = new AbortController();
  const events = discoverWireless({ addresses, ...options }, stopper.signal);
  const last: { pending?: Promise<unknown> } = {};
  return {
    async next() {
      const pending = events.next();
      last.pending = pending;
      const { value } = await pending;
      return value ?? undefined;
    },
    async [Symbol.asyncDispose]() {
      stopper.abort();
      await last.pending?.catch(() => undefined);
      await events.return();
    },
  };
}

for (const isTaciturn of [false, true]) {
  const asked = isTaciturn ? 'has to be asked for every detail' : 'says all at once';
  test(`it finds a phone that ${asked}, and sees it go`, async () => {
    const port = await freeDnsPort();
    await using phone = await announce({
      kind: 'connect',
      name: 'adb-1-A',
      port: 40_001,
      dnsPort: port,
      isTaciturn,
    });
    await using found = looking({ port, clock: fakeClock() });
    const service = { kind: 'connect', name: 'adb-1-A', host: '127.0.0.1', port: 40_001 };
    deepEqual(await found.next(), { kind: 'found', service });
    const going = found.next();
    await phone[Symbol.asyncDispose]();
    deepEqual(await going, { kind: 'lost', service });
  });
}

test('it finds a phone that comes later, and its pairing dialog', async () => {
  const port = await freeDnsPort();
  const clock = fakeClock();
  await using found = looking({ port, clock });
  const first = found.next();
  await clock.whenSleeping(1);
  await using _phone = await announce({ kind: 'connect', name: 'a', port: 1, dnsPort: port });
  equal((await first)?.service.kind, 'connect');
  await using _dialog = await announce({ kind: 'pairing', name: 'b', port: 2, dnsPort: port });
  equal((await found.next())?.service.kind, 'pairing');
});

test('it loses a phone that left without a word, when what it said has run out', async () => {
  const port = await freeDnsPort();
  const clock = fakeClock();
  await using phone = await announce({ kind: 'connect', name: 'a', port: 1, dnsPort: port });
  await using found = looking({ port, clock, askEvery: ONE_SECOND });
  equal((await found.next())?.kind, 'found');
  await phone.vanish();
  const going = found.next();
  await clock.whenSleeping(1);
  clock.advance(Temporal.Duration.from({ seconds: 121 }));
  equal((await going)?.kind, 'lost');
});

test('it goes on looking without a network, and in one that it cannot use', async () => {
  const clock = fakeClock();
  // The second is an address for documentation (RFC 5737): no computer has it.
  for (const here of [[], ['192.0.2.77'], ['not an address']]) {
    const stopper = new AbortController();
    const reason = new Error('enough');
    const events = discoverWireless(
      { clock, addresses: () => here, port: await freeDnsPort() },
      stopper.signal,
    );
    const next = rejects(events.next(), reason);
    for (let times = 0; times < 3; times += 1) {
      await clock.whenSleeping(1);
      clock.advance(Temporal.Duration.from({ seconds: 20 }));
    }
    stopper.abort(reason);
    await next;
  }
  equal(clock.sleeperCount, 0);
});

test('it notices when this computer joins a network', async () => {
  const port = await freeDnsPort();
  const clock = fakeClock();
  const here: string[] = [];
  await using _phone = await announce({ kind: 'connect', name: 'a', port: 1, dnsPort: port });
  await using found = looking({ port, clock, addresses: () => here });
  const first = found.next();
  await clock.whenSleeping(1);
  here.push('127.0.0.1');
  clock.advance(ONE_SECOND);
  equal((await first)?.kind, 'found');
});

test('it hears answers even where another program keeps the port of multicast DNS to itself', async () => {
  const port = await freeDnsPort();
  await using _phone = await announce({
    kind: 'connect',
    name: 'a',
    port: 1,
    dnsPort: port,
    isJealous: true,
  });
  await using found = looking({ port, clock: fakeClock() });
  equal((await found.next())?.kind, 'found');
});

test('it is over at once when it is aborted, before or between', async () => {
  const reason = new Error('enough');
  await rejects(discoverWireless({ addresses }, AbortSignal.abort(reason)).next(), reason);
});
