import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { connectTcp, runShell } from '@holdfast/adb';
import { concatBytes } from '@holdfast/kernel';
import { ANDROID_14_FEATURES, type PhoneOptions, startPhone, testerKey } from '@holdfast/testkit/phone';

const key = testerKey();

/** Pieces of which each is told from the others, the longest more than a packet of an old phone holds. */
const PIECES = [3, 10_000, 1, 5000, 70_000].map((length, at) => new Uint8Array(length).fill(at + 1));

const phones: [name: string, options: PhoneOptions][] = [
  ['one write at a time', {}],
  ['byte counts', { features: [...ANDROID_14_FEATURES, 'delayed_ack'] }],
  ['checksums and 4 KiB at a time', { features: ['shell_v2'], isOld: true }],
];
for (const [name, options] of phones) {
  test(`it says whole, and in order, what a command prints on both outputs at once, with ${name}`, async () => {
    await using phone = await startPhone({
      ...options,
      // Nobody waits for anything: all but the first find the stream busy.
      shell: async (_, { out, err }) => {
        await Promise.all(PIECES.flatMap((piece) => [out(piece), err(piece)]));
        return 0;
      },
    });
    await using transport = await connectTcp({ host: phone.host, port: phone.port, key });
    const { stdout, stderr, exitCode } = await runShell(transport, ['both']);
    deepEqual(stdout, concatBytes(PIECES));
    deepEqual(stderr, concatBytes(PIECES));
    equal(exitCode, 0);
  });
}
