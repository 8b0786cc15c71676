import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import sharp from 'sharp';
import { saysWhatToDo } from '../../test-setup/problems.ts';
import { testPictures } from '../../test-setup/test-pictures.ts';

const photo = await sharp({ create: { width: 500, height: 400, channels: 3, background: '#ff0000' } })
  .jpeg()
  .toBuffer();
const half = photo.length >> 1;
const SAMPLE = {
  'photo.jpg': [photo.subarray(0, half), photo.subarray(half)],
  'page.jpg': '<!doctype html><script>alert(1)</script>',
  'drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  'letters "ä" \\ \u202e.txt': ['abcd', 'efgh', 'ijkl'],
};

suite('pictures of a backup', () => {
  test('it gives a small picture, keeps it, and makes it again when what is kept is damaged', async () => {
    await using server = await testPictures(SAMPLE);
    const path = `/api/backups/${server.backup}/thumbnails/${await server.entryAt('photo.jpg')}`;
    const first = await server.get(path);
    deepEqual([first.status, first.headers['content-type']], [200, 'image/webp']);
    equal((await sharp(first.bytes).metadata()).width, 250);
    match(String(first.headers['cache-control']), /^private, max-age=31536000, immutable$/);
    const files = await readdir(join(server.cache, 'thumbnails'), { recursive: true });
    const kept = files.find((name) => name.length > 60) ?? '';
    await writeFile(join(server.cache, 'thumbnails', kept), first.bytes.subarray(0, 100));
    deepEqual((await server.get(path)).bytes, first.bytes);
    const again = await server.get(path, { 'if-none-match': String(first.headers.etag) });
    deepEqual([again.status, again.bytes.length], [304, 0]);
    equal(server.readers(), 0);
  });

  test('it answers 404 where there can be no picture, and nothing is kept of that by the browser', async () => {
    await using server = await testPictures(SAMPLE);
    const html = await server.entryAt('page.jpg');
    for (const entry of [html, 0, 4711, 'x', '1e3', '-1']) {
      const answer = await server.get(`/api/backups/${server.backup}/thumbnails/${entry}`);
      ok([404, 409].includes(answer.status), `${entry}: ${answer.status}`);
      equal(answer.headers['cache-control'], 'no-store');
    }
    deepEqual([server.readers(), server.app.bugs], [0, []]);
  });

  test('it shows what a browser shows, and gives everything else to be saved', async () => {
    await using server = await testPictures(SAMPLE);
    const rows = [
      ['photo.jpg', 'image/jpeg', undefined],
      ['page.jpg', 'application/octet-stream', `attachment; filename="page.jpg"; filename*=UTF-8''page.jpg`],
      [
        'drawing.svg',
        'application/octet-stream',
        `attachment; filename="drawing.svg"; filename*=UTF-8''drawing.svg`,
      ],
    ] as const;
    for (const [path, type, disposition] of rows) {
      const answer = await server.get(`/api/backups/${server.backup}/views/${await server.entryAt(path)}`);
      equal(answer.status, 200);
      deepEqual([answer.headers['content-type'], answer.headers['content-disposition']], [type, disposition]);
      equal(answer.headers['x-content-type-options'], 'nosniff');
      match(String(answer.headers['content-security-policy']), /sandbox/);
    }
    equal(server.readers(), 0);
  });

  const ranges: readonly (readonly [string, number, string, string | undefined])[] = [
    ['bytes=0-3', 206, 'abcd', 'bytes 0-3/12'],
    ['bytes=3-8', 206, 'defghi', 'bytes 3-8/12'],
    ['bytes=6-', 206, 'ghijkl', 'bytes 6-11/12'],
    ['bytes=-2', 206, 'kl', 'bytes 10-11/12'],
    ['bytes=10-99', 206, 'kl', 'bytes 10-11/12'],
    ['bytes=12-', 416, '', 'bytes */12'],
    ['bytes=-0', 416, '', 'bytes */12'],
    ['bytes=5-2', 200, 'abcdefghijkl', undefined],
    ['bytes=0-1,3-4', 200, 'abcdefghijkl', undefined],
    ['letters=0-1', 200, 'abcdefghijkl', undefined],
    [`bytes=0-${'9'.repeat(400)}`, 200, 'abcdefghijkl', undefined],
  ];
  for (const [range, status, text, contentRange] of ranges) {
    test(`it answers the range ${range.slice(0, 30)} with ${status}`, async () => {
      await using server = await testPictures(SAMPLE);
      const entry = await server.entryAt('letters "ä" \\ \u202e.txt');
      const answer = await server.get(`/api/backups/${server.backup}/originals/${entry}`, { range });
      deepEqual([answer.status, answer.headers['content-range']], [status, contentRange]);
      if (status === 416) saysWhatToDo({ ...answer, text: answer.bytes.toString() });
      else equal(answer.bytes.toString(), text);
      equal(server.readers(), 0);
    });
  }

  test('it gives an original under its own name, made safe', async () => {
    await using server = await testPictures(SAMPLE);
    const entry = await server.entryAt('letters "ä" \\ \u202e.txt');
    const answer = await server.get(`/api/backups/${server.backup}/originals/${entry}`, {
      range: 'bytes=0-0',
      'if-range': '"another"',
    });
    deepEqual([answer.status, answer.headers['content-length']], [200, '12']);
    equal(
      answer.headers['content-disposition'],
      `attachment; filename="letters ___ _ _.txt"; filename*=UTF-8''letters%20_%C3%A4_%20_%20_.txt`,
    );
  });
});
