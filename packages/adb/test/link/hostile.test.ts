import { test } from 'node:test';
import { AdbServer, connectTcp, RemoteFiles, runShell } from '@holdfast/adb';
import { COMMAND, encodePacket, encodeServerMessage } from '@holdfast/adb/wire';
import { collect, concatBytes, encodeName, Failure } from '@holdfast/kernel';
import fc from 'fast-check';
import { key, listening } from '../../test-setup/phones.ts';

/** Something that says these bytes to whoever connects, and then hangs up. */
const babbler = (bytes: Uint8Array): ReturnType<typeof listening> =>
  listening((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    socket.end(bytes);
  });

/** Only a failure of ours may come of it. */
async function endures(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Failure) || !error.code.startsWith('adb/')) throw error;
  }
}

const greeting = encodePacket(
  {
    command: COMMAND.connect,
    arg0: 0x01000001,
    arg1: 65_536,
    payload: encodeName('device::features=shell_v2,ls_v2'),
  },
  false,
);
const command = fc.constantFrom(...Object.values(COMMAND), 7);
const packet = fc
  .tuple(command, fc.nat(2), fc.nat(2), fc.uint8Array({ maxLength: 100 }))
  .map(([name, arg0, arg1, payload]) => encodePacket({ command: name, arg0, arg1, payload }, false));

test('it endures a phone that sends packets at random', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(packet, { maxLength: 8 }), fc.uint8Array(), async (packets, rest) => {
      await using phone = await babbler(concatBytes([greeting, ...packets, rest]));
      const use = async (): Promise<void> => {
        await using transport = await connectTcp({ host: '127.0.0.1', port: phone.port, key });
        const files = new RemoteFiles(transport);
        await Promise.all([
          endures(files.list('/')),
          endures(collect(files.pull('/a'), 1000)),
          endures(runShell(transport, ['ls'])),
        ]);
      };
      await endures(use());
    }),
    { numRuns: 60 },
  );
});

test('it endures a phone that greets at random', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(packet, { maxLength: 4 }), fc.uint8Array(), async (packets, rest) => {
      await using phone = await babbler(concatBytes([...packets, rest]));
      await endures(connectTcp({ host: '127.0.0.1', port: phone.port, key }));
    }),
    { numRuns: 60 },
  );
});

test('it endures an adb server that says anything', async () => {
  const word = fc.constantFrom('OKAY', 'FAIL', '0004', 'ffff', 'zzzz', 'DONE', 'DATA', 'DNT2');
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 6 }), fc.uint8Array(), async (words, rest) => {
      const features = encodeServerMessage(encodeName('shell_v2,ls_v2'));
      await using babble = await babbler(concatBytes([encodeName(words.join('')), features, rest]));
      const server = new AdbServer({ port: babble.port });
      await endures(server.version());
      await endures(Array.fromAsync(server.trackDevices()));
      await endures(
        server.devices().then(async ([device]) => {
          if (device !== undefined) await (await server.connect(device)).openStream(encodeName('sync:'));
        }),
      );
    }),
    { numRuns: 60 },
  );
});
