import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formatOf, kindOf, mediaTypeOf } from '@holdfast/media';
import fc from 'fast-check';
import { heifFile, hevcPicture } from '../test-setup/heif-file.ts';

const ROWS: readonly (readonly [string, string, string | undefined])[] = [
  ['a JPEG', '\xff\xd8\xff\xe0\0\x10JFIF', 'jpeg'],
  ['a PNG', '\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', 'png'],
  ['a WebP', 'RIFF\x10\0\0\0WEBPVP8 ', 'webp'],
  ['a GIF', 'GIF89a', 'gif'],
  ['a TIFF of little end', 'II*\0', 'tiff'],
  ['a TIFF of big end', 'MM\0*', 'tiff'],
  ['an AVIF', '\0\0\0\x1cftypavif\0\0\0\0mif1miaf', 'avif'],
  ['an AVIF that names the general brand first', '\0\0\0\x18ftypmif1\0\0\0\0miafavif', 'avif'],
  ['a HEIC that names the general brand first', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'heic'],
  ['a HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'heic'],
  ['an MP4', '\0\0\0\x18ftypisom\0\0\0\0isommp42', 'mp4'],
  ['a MOV', '\0\0\0\x14ftypqt  \0\0\0\0qt  ', 'mov'],
  ['a MOV of before brands', '\0\0\0\x08wide\0\0\0\0mdat', 'mov'],
  ['a 3GP', '\0\0\0\x14ftyp3gp4\0\0\0\x003gp4', '3gp'],
  ['a WebM', '\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm', 'webm'],
  ['a Matroska video', '\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska', 'mkv'],
  ['sound', '\0\0\0\x18ftypM4A \0\0\0\0M4A isom', 'm4a'],
  ['a web page', '<!doctype html><script>', undefined],
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg">', undefined],
  ['nothing', '', undefined],
];

suite('formatOf', () => {
  for (const [what, head, format] of ROWS) {
    test(`it tells ${what}`, () => equal(formatOf(Buffer.from(head, 'latin1')), format));
  }

  test('it tells a HEIC as it is put together for other tests', () => {
    equal(formatOf(heifFile({ primary: hevcPicture('64x48') })), 'heic');
  });

  test('it answers whatever the bytes are', () => {
    const heads = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc
        .tuple(fc.constantFrom(...ROWS.map(([, head]) => head)), fc.uint8Array({ maxLength: 40 }))
        .map(([head, tail]) => Buffer.concat([Buffer.from(head, 'latin1'), tail])),
    );
    fc.assert(
      fc.property(heads, (head) => {
        const format = formatOf(head);
        if (format !== undefined) equal(typeof mediaTypeOf(format) + kindOf(format).length, 'string5');
      }),
    );
  });

  test('it knows what formats are', () => {
    deepEqual([kindOf('heic'), kindOf('mov'), mediaTypeOf('heic')], ['photo', 'video', 'image/heic']);
  });
});
