import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND } from '@holdfast/adb/wire';
import { concatBytes, Failure, isFailure } from '@holdfast/kernel';
import fc from 'fast-check';
import { PacketStream } from '#link/packet-stream.ts';
import type { LinkTerms } from '#link/terms.ts';

const MOST = 1000;
const refusal = new Failure('test/refused', 'refused');

const terms = (isAckDelayed: boolean): LinkTerms => ({
  mostPayloadBytes: MOST,
  hasChecksums: false,
  isAckDelayed,
});

/** A stream of which the other end is in the test's hands; what it sends is kept, and gets through when `send` says so. */
function streamInHand(
  isAckDelayed: boolean,
  send: (label: string) => Promise<void> = async () => undefined,
): { stream: PacketStream; sent: { command: number; payload: Uint8Array }[] } {
  const sent: { command: number; payload: Uint8Array }[] = [];
  const link = {
    terms: terms(isAckDelayed),
    send(command: number, _local: number, _remote: number, payload = new Uint8Array(0)): Promise<void> {
      sent.push({ command, payload });
      return send('sent');
    },
    tell(command: number, _local: number, _remote: number, payload = new Uint8Array(0)): void {
      sent.push({ command, payload });
    },
    forget: () => undefined,
  };
  return { stream: new PacketStream(1, link, refusal), sent };
}

for (const isAckDelayed of [false, true]) {
  test(`it gets everything through, in whatever order things happen, with delayed_ack ${String(isAckDelayed)}`, async () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 3500 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), lengths, lengths, async (scheduler, ours, theirs) => {
        const { stream, sent } = streamInHand(isAckDelayed, (label) =>
          scheduler.schedule(Promise.resolve(), label),
        );
        const seen = { got: 0, acknowledged: 0 };
        // The phone: acknowledges each write some time after it came, and writes as it may.
        const phone = async (): Promise<void> => {
          await scheduler.schedule(Promise.resolve(), 'opened');
          equal(stream.onOkay(7, isAckDelayed ? 1500 : undefined), undefined);
          const left = theirs.flatMap((length) =>
            Array.from({ length: Math.ceil(length / MOST) }, (_, at) => Math.min(MOST, length - at * MOST)),
          );
          const total = ours.reduce((sum, length) => sum + length, 0);
          let isUnderWay = false;
          for (let at = 0; left.length > 0 || seen.got < total || isUnderWay; ) {
            await scheduler.schedule(Promise.resolve(), 'phone');
            for (; at < sent.length; at++) {
              const { command, payload } = sent[at] ?? { command: 0, payload: new Uint8Array(0) };
              if (command === COMMAND.okay) isUnderWay = false;
              if (command !== COMMAND.write) continue;
              seen.got += payload.length;
              equal(stream.onOkay(7, isAckDelayed ? payload.length : undefined), undefined);
            }
            if (isUnderWay && !isAckDelayed) continue;
            isUnderWay = false;
            const length = left.shift();
            if (length === undefined) continue;
            isUnderWay = !isAckDelayed;
            equal(stream.onWrite(new Uint8Array(length)), undefined);
          }
          stream.onClose();
        };
        const write = async (): Promise<void> => {
          await stream.whenOpen();
          for (const length of ours) await stream.write(new Uint8Array(length).fill(1));
        };
        const read = async (): Promise<number> => {
          for (let bytes = 0; ; ) {
            const chunk = await stream.read();
            if (chunk === undefined) return bytes;
            bytes += chunk.length;
            await scheduler.schedule(Promise.resolve(), 'read');
          }
        };
        const [, , readBytes] = await scheduler.waitFor(Promise.all([phone(), write(), read()]));
        equal(
          readBytes,
          theirs.reduce((sum, length) => sum + length, 0),
        );
        deepEqual(
          concatBytes(sent.filter(({ command }) => command === COMMAND.write).map(({ payload }) => payload)),
          new Uint8Array(ours.reduce((sum, length) => sum + length, 0)).fill(1),
        );
      }),
      { numRuns: 200 },
    );
  });
}

test('it wakes every write that waits for room', async () => {
  const { stream, sent } = streamInHand(false);
  stream.onOkay(7, undefined);
  const writes = [1, 2, 3].map((length) => stream.write(new Uint8Array(length)));
  for (let at = 0; at < 3; at++) {
    await new Promise((resolve) => setImmediate(resolve));
    stream.onOkay(7, undefined);
  }
  await Promise.all(writes);
  equal(sent.length, 3);
});

test('it ends a write on close, though the link takes nothing any more', async () => {
  const { stream } = streamInHand(true, () => new Promise(() => undefined));
  stream.onOkay(7, 1_000_000);
  const writing = stream.write(new Uint8Array(10));
  const enough = new Error('enough');
  stream.close(enough);
  await rejects(writing, enough);
  await rejects(stream.write(new Uint8Array(10)), enough);
  await rejects(stream.read(), enough);
});

test('it lets the next write come while the last is unread, but not much ahead', async () => {
  const { stream, sent } = streamInHand(false);
  stream.onOkay(7, undefined);
  let writes = 0;
  while (sent.length === writes) {
    equal(stream.onWrite(new Uint8Array(MOST)), undefined);
    writes += 1;
  }
  equal(writes > 1 && writes * MOST < 2_000_000, true);
  equal(stream.onWrite(new Uint8Array(MOST))?.code, 'adb/protocol');
  const before = sent.length;
  while (sent.length === before) equal((await stream.read())?.length, MOST);
  equal(stream.onWrite(new Uint8Array(MOST)), undefined);
});

test('it says how many bytes were read, where counts were agreed', async () => {
  const { stream, sent } = streamInHand(true);
  stream.onOkay(7, 1);
  stream.onWrite(new Uint8Array(300));
  stream.onWrite(new Uint8Array(5));
  equal(sent.length, 0);
  await stream.read();
  await stream.read();
  deepEqual(
    sent.map(({ payload }) => payload),
    [Uint8Array.of(44, 1, 0, 0), Uint8Array.of(5, 0, 0, 0)],
  );
});

test('it lets the next write come after one of no bytes', () => {
  const { stream, sent } = streamInHand(false);
  stream.onOkay(7, undefined);
  stream.onWrite(new Uint8Array(0));
  deepEqual(
    sent.map(({ command }) => command),
    [COMMAND.okay],
  );
});

const violations: [name: string, isAckDelayed: boolean, act: (stream: PacketStream) => unknown][] = [
  ['data before it is open', false, (stream) => stream.onWrite(new Uint8Array(1))],
  ['a stream without a number', false, (stream) => stream.onOkay(0, undefined)],
  ['byte counts that were not agreed', false, (stream) => stream.onOkay(7, 1)],
  ['no byte counts though agreed', true, (stream) => stream.onOkay(7, undefined)],
  ['a negative byte count', true, (stream) => stream.onOkay(7, -1)],
  ['another number than before', true, (stream) => stream.onOkay(7, 1) ?? stream.onOkay(8, 1)],
];
for (const [name, isAckDelayed, act] of violations) {
  test(`it does not take ${name}`, () => {
    const { stream } = streamInHand(isAckDelayed);
    equal(isFailure(act(stream), 'adb/protocol'), true);
  });
}

test('it holds no more than a window of what nobody reads', () => {
  const { stream } = streamInHand(true);
  stream.onOkay(7, 1);
  let heldBytes = 0;
  while (stream.onWrite(new Uint8Array(MOST)) === undefined) heldBytes += MOST;
  equal(heldBytes > 32 * 1024 * 1024 && heldBytes < 33 * 1024 * 1024, true);
});
