import assert from 'node:assert/strict';
import { test } from 'node:test';
import { landscapes, withComment } from '@holdfast/testkit/pictures';
import sharp from 'sharp';

test('it makes pictures that can be looked at, the same for the same seed', async () => {
  const [one, other] = await landscapes(2, 5);
  const [again] = await landscapes(1, 5);
  assert.deepEqual(again, one);
  assert.notDeepEqual(other, one);
  const { format, width, height } = await sharp(one).metadata();
  assert.deepEqual({ format, width, height }, { format: 'jpeg', width: 1280, height: 960 });
});

test('it makes another content of the same picture', async () => {
  const [picture = new Uint8Array()] = await landscapes(1);
  const commented = withComment(picture, 'photo 1');
  const pixels = (jpeg: Uint8Array): Promise<Buffer> => sharp(jpeg).raw().toBuffer();
  assert.notDeepEqual(commented, picture);
  assert.deepEqual(await pixels(commented), await pixels(picture));
});
