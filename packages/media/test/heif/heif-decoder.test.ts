import { equal, rejects } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { fakeClock } from '@holdfast/testkit';
import { HeifDecoder } from '#heif/heif-decoder.ts';
import { heifFile, hevcPicture } from '../../test-setup/heif-file.ts';

const file = heifFile({ primary: hevcPicture('64x48') });

suite('HeifDecoder', () => {
  test('it holds no thread until there is something to decode, nor when it was idle', async () => {
    const clock = fakeClock();
    await using decoder = new HeifDecoder(clock);
    equal(decoder.isRunning, false);
    equal((await decoder.decode({ bytes: file, item: 1 })).bytes.length, 64 * 48 * 4);
    equal(decoder.isRunning, true);
    clock.advance(Temporal.Duration.from({ seconds: 11 }));
    await new Promise((resolve) => setImmediate(resolve));
    equal(decoder.isRunning, false);
    equal((await decoder.decode({ bytes: file, item: 1 })).width, 64);
  });

  test('it ends a thread that hangs, and decodes the next in another', async () => {
    const clock = fakeClock();
    await using decoder = new HeifDecoder(clock);
    const decoded = decoder.decode({ bytes: file, item: 1 });
    await clock.whenSleeping(1);
    clock.advance(Temporal.Duration.from({ seconds: 31 }));
    await rejects(decoded, (error) => isFailure(error, 'media/too-large'));
    equal((await decoder.decode({ bytes: file, item: 1 })).width, 64);
  });

  test('it decodes one after the other', async () => {
    await using decoder = new HeifDecoder(fakeClock());
    const sizes = await Promise.all(
      [1, 2, 3].map(async () => (await decoder.decode({ bytes: file, item: 1 })).width),
    );
    equal(sizes.join(), '64,64,64');
  });

  test('it refuses an item that is not there', async () => {
    await using decoder = new HeifDecoder(fakeClock());
    await rejects(decoder.decode({ bytes: file, item: 99 }), (error) => isFailure(error, 'media/no-picture'));
  });
});
