import { deepEqual, equal, rejects } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { findProgram, MEDIA_FAILURES, PictureMaker, sourceOf } from '@holdfast/media';
import { fakeClock, temporaryFolder } from '@holdfast/testkit';
import sharp from 'sharp';
import { oneFrameOf } from '#video/one-frame.ts';

const video = readFileSync(new URL('../../test-setup/fixtures/video.mp4', import.meta.url));

/** A program in a folder, as a shell runs it. */
async function program(folder: string, name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

suite('oneFrameOf', () => {
  test('it cuts out the first frame, and reads little of a long video', async () => {
    let readBytes = 0;
    const long = Buffer.concat([video, Buffer.alloc(2_000_000)]);
    const source = {
      sizeBytes: long.length,
      read(from: number, length: number) {
        const bytes = long.subarray(from, from + length);
        readBytes += bytes.length;
        return Promise.resolve(bytes);
      },
    };
    const frame = await oneFrameOf(source);
    equal(frame?.orientation, 1);
    equal(Buffer.from(frame?.bytes ?? []).readUInt32BE(0), 0x1a45dfa3);
    equal(readBytes < 200_000, true);
  });

  test('it finds none in what is no video', async () => {
    equal(await oneFrameOf(sourceOf(Buffer.alloc(1000))), undefined);
  });
});

suite('PictureMaker with a program for videos', () => {
  test('it shows the picture that the program makes of the first frame, and leaves no file', async () => {
    await using folder = await temporaryFolder();
    const own = join(folder.path, 'frames');
    await mkdir(own);
    const picture = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#ff0000' } })
      .jpeg()
      .toBuffer();
    await writeFile(join(folder.path, 'picture.jpg'), picture);
    const path = await program(folder.path, 'draws', `exec /bin/cat ${folder.path}/picture.jpg`);
    await using maker = new PictureMaker({ poster: { path, folder: own, clock: fakeClock() } });
    const made = await maker.thumbnail(sourceOf(video));
    deepEqual([made.width, made.height], [250, 141]);
    deepEqual(await readdir(own), []);
  });

  test('it makes none when the program fails, is not there or says too much', async () => {
    await using folder = await temporaryFolder();
    const paths = [
      await program(folder.path, 'fails', 'exit 1'),
      await program(folder.path, 'babbles', 'exec /bin/cat /dev/zero'),
      join(folder.path, 'is-not-there'),
    ];
    for (const path of paths) {
      const poster = { path, folder: folder.path, clock: fakeClock() };
      await using maker = new PictureMaker({ poster });
      await rejects(maker.thumbnail(sourceOf(video)), isNoPicture);
    }
  });

  test('it makes none of any video while its folder cannot be written in, and does not wait for ever', async () => {
    await using folder = await temporaryFolder();
    const path = await program(folder.path, 'draws', 'exit 0');
    const poster = { path, folder: join(folder.path, 'is-not-there'), clock: fakeClock() };
    await using maker = new PictureMaker({ poster });
    for (let time = 1; time <= 2; time++) await rejects(maker.thumbnail(sourceOf(video)), isNoPicture);
  });

  test('it ends a program that hangs', async () => {
    await using folder = await temporaryFolder();
    const clock = fakeClock();
    const path = await program(folder.path, 'hangs', 'exec /bin/sleep 1000');
    await using maker = new PictureMaker({ poster: { path, folder: folder.path, clock } });
    const made = maker.thumbnail(sourceOf(video));
    await clock.whenSleeping(1);
    clock.advance(Temporal.Duration.from({ seconds: 30 }));
    await rejects(made, isNoPicture);
  });
});

suite('findProgram', () => {
  test('it finds what can be run, in absolute folders alone', async () => {
    await using folder = await temporaryFolder();
    const path = await program(folder.path, 'tool', 'exit 0');
    await writeFile(join(folder.path, 'text'), 'no program', { mode: 0o600 });
    equal(await findProgram('tool', `.:/nowhere:${folder.path}`), path);
    equal(await findProgram('tool', '.:'), undefined);
  });
});

const isNoPicture = (error: unknown): boolean => isFailure(error, MEDIA_FAILURES.noPicture);
