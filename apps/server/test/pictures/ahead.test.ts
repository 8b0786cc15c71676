import { deepEqual, equal, rejects } from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import sharp from 'sharp';
import { Ahead } from '#pictures/ahead.ts';
import { testPictures } from '../../test-setup/test-pictures.ts';

const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#ff0000' } })
  .withExif({ IFD0: { Make: 'Fruit', Model: 'Pear 3' }, IFD2: { DateTimeOriginal: '2019:02:03 04:05:06' } })
  .jpeg()
  .toBuffer();
const SAMPLE = { 'DSC_1.jpg': [photo], 'IMG_20240612_101010.jpg': 'no photo', 'notes.txt': 'x' };

suite('Ahead', () => {
  test('it makes small pictures and reads dates when a backup was laid out, but not while a run is at work', async () => {
    await using server = await testPictures(SAMPLE);
    const { contents, pictures, enter, clock, backup } = server;
    const troubles: unknown[] = [];
    const { promise: isDone, resolve } = Promise.withResolvers<void>();
    let isBusy = true;
    await using ahead = new Ahead({
      contents: {
        ready: (id, signal) => contents.ready(id, signal),
        knows: (content) => contents.knows(content),
        learn: (content, facts) => contents.learn(content, facts),
        async placeAnew(id, signal) {
          await contents.placeAnew(id, signal);
          resolve();
        },
      },
      facts: contents,
      pictures,
      enter,
      clock,
      isBusy: () => isBusy,
      onTrouble: (error) => troubles.push(error),
    });
    ahead.want(backup);
    const { signal } = new AbortController();
    equal((await contents.ready(backup, signal)).newest(1)[0]?.name, 'IMG_20240612_101010.jpg');
    isBusy = false;
    {
      using _way = await ahead.makeWay();
      ahead.look();
      await contents.ready(backup, signal);
      await rejects(readdir(join(server.cache, 'thumbnails')));
    }
    await isDone;
    const index = await contents.ready(backup, signal);
    const { media } = index.media(undefined, 0, 9);
    deepEqual(
      media.map(({ name, taken, width }) => [name, taken, width]),
      [
        ['IMG_20240612_101010.jpg', '2024-06-12T10:10:10.000+02:00', undefined],
        ['DSC_1.jpg', '2019-02-03T04:05:06.000+01:00', 300],
      ],
    );
    const kept = await readdir(join(server.cache, 'thumbnails'), { recursive: true });
    equal(kept.filter((name) => name.length > 60).length, 2);
    deepEqual([troubles, server.readers()], [[], 0]);
  });
});

suite('what a photo says of itself', () => {
  test('it is read when it is first asked for, and told with the photo from then on', async () => {
    await using server = await testPictures(SAMPLE);
    const asked = async (path: string): Promise<unknown> =>
      JSON.parse((await server.get(`/api/backups/${server.backup}/media/${path}`)).bytes.toString());
    deepEqual(await asked(`${await server.entryAt('DSC_1.jpg')}`), {
      taken: '2019-02-03T04:05:06.000+01:00',
      takenBy: 'camera',
      width: 300,
      height: 200,
      camera: 'Fruit Pear 3',
    });
    deepEqual(await asked(`${await server.entryAt('IMG_20240612_101010.jpg')}`), {
      taken: '2024-06-12T10:10:10.000+02:00',
      takenBy: 'name',
    });
    equal((await server.get(`/api/backups/${server.backup}/media/0`)).status, 404);
    equal(server.readers(), 0);
  });
});
