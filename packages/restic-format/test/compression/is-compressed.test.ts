import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { compress, isCompressed, looksRandom, SIGNATURE_LENGTH } from '@holdfast/restic-format';
import { seededRandom } from '@holdfast/testkit';
import fc from 'fast-check';

const random = seededRandom(3);
const toBase64 = (plain: Uint8Array): string => Buffer.from(plain).toString('base64');

const bytes = (...parts: (string | number)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part))),
  );

suite('recognising compressed files', () => {
  for (const [name, start] of [
    ['JPEG', bytes(0xff, 0xd8, 0xff, 0xe1, 0, 0, 'Exif')],
    ['PNG', bytes(0x89, 'PNG\r\n', 0x1a, '\n')],
    ['GIF', bytes('GIF89a')],
    ['WebP', bytes('RIFF', 1, 2, 3, 4, 'WEBPVP8 ')],
    ['HEIC', bytes(0, 0, 0, 0x18, 'ftypheic')],
    ['AVIF', bytes(0, 0, 0, 0x20, 'ftypavif')],
    ['MP4', bytes(0, 0, 0, 0x18, 'ftypmp42')],
    ['MOV', bytes(0, 0, 0, 0x14, 'ftypqt  ')],
    ['3GP', bytes(0, 0, 0, 0x18, 'ftyp3gp4')],
    ['M4A', bytes(0, 0, 0, 0x18, 'ftypM4A ')],
    ['WebM', bytes(0x1a, 0x45, 0xdf, 0xa3)],
    ['APK', bytes('PK', 3, 4, 0x14)],
    ['gzip', gzipSync('x')],
    ['Zstandard', compress(Buffer.from('x'))],
    ['bzip2', bytes('BZh91AY&SY')],
    ['xz', bytes(0xfd, '7zXZ', 0)],
    ['7z', bytes('7z', 0xbc, 0xaf, 0x27, 0x1c)],
    ['RAR', bytes('Rar!', 0x1a, 7, 1, 0)],
    ['MP3 with tags', bytes('ID3', 4)],
    ['MP3 without tags', bytes(0xff, 0xfb, 0x90, 0x64)],
    ['AAC', bytes(0xff, 0xf1, 0x50, 0x80)],
    ['Opus', bytes('OggS')],
    ['FLAC', bytes('fLaC')],
    ['AMR', bytes('#!AMR\n')],
  ] as const) {
    test(`it knows ${name}`, () => {
      assert.ok(isCompressed(start));
      assert.ok(isCompressed(Buffer.concat([start, random(100)])));
    });
  }

  for (const [name, start] of [
    ['nothing', bytes()],
    ['text', bytes('Dear diary,')],
    ['the word ftyp', bytes('ftyp is a box')],
    ['JSON', bytes('{"a":1}')],
    ['UTF-16 text', bytes(0xff, 0xfe, 'h', 0)],
    ['bytes all set', bytes(0xff, 0xff, 0xff, 0xff)],
    ['WAV', bytes('RIFF', 1, 2, 3, 4, 'WAVEfmt ')],
    ['BMP', bytes('BM', 1, 2, 3, 4)],
    ['DNG or TIFF', bytes('II*', 0, 8, 0, 0, 0)],
    ['SQLite', bytes('SQLite format 3', 0)],
    ['a program', bytes(0x7f, 'ELF')],
    ['half of PNG’s signature', bytes(0x89, 'PNG')],
    ['PDF', bytes('%PDF-1.7')],
  ] as const) {
    test(`it does not take ${name} for compressed`, () => {
      assert.ok(!isCompressed(start));
    });
  }

  test('it needs no more than the first bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (start) => {
        assert.equal(isCompressed(start), isCompressed(start.subarray(0, SIGNATURE_LENGTH)));
      }),
    );
  });
});

suite('recognising random bytes', () => {
  const text = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `line ${i * 7919}\n`).join(''));

  for (const [name, sample, isRandom] of [
    ['random bytes', random(4096), true],
    ['a megabyte of random bytes', random(1_000_000), true],
    ['compressed Base64', gzipSync(toBase64(random(20_000))), true],
    ['text', text, false],
    ['Base64 of random bytes', Buffer.from(toBase64(random(20_000))), false],
    ['zeros', new Uint8Array(10_000), false],
    ['random bytes with a header of zeros', Buffer.concat([new Uint8Array(2000), random(6000)]), false],
    [
      'numbers of 16 bits',
      new Uint8Array(Uint16Array.from({ length: 9000 }, (_, i) => (i * i) % 4096).buffer),
      false,
    ],
    ['too few bytes to tell', random(4095), false],
  ] as const) {
    test(`it says ${isRandom ? 'yes' : 'no'} to ${name}`, () => {
      assert.equal(looksRandom(sample), isRandom);
    });
  }
});
