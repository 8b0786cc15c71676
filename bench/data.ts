import { createCipheriv } from 'node:crypto';
import { closeSync, mkdirSync, openSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Sizes of a benchmark's data. */
export interface Scale {
  readonly mediaBytes: number;
  readonly smallFiles: number;
  readonly indexBlobs: number;
}

/** What the targets are about. */
export const FULL: Scale = { mediaBytes: 2 * 1024 ** 3, smallFiles: 100_000, indexBlobs: 1_000_000 };

/** A tenth and less: to see that the benchmark runs, not to be quoted. */
export const QUICK: Scale = { mediaBytes: 128 * 1024 ** 2, smallFiles: 5_000, indexBlobs: 50_000 };

const MEGABYTE = 1024 * 1024;

/** Numbers from 0 to 1, the same ones every time (xorshift32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Photos of 2 to 7 MB and, every 40th, a video of 60 to 180 MB; their content is a cipher's key stream: incompressible, never twice the same. */
export function makeMedia(folder: string, totalBytes: number): number {
  const number = numbers(1);
  const stream = createCipheriv('aes-256-ctr', Buffer.alloc(32, 1), Buffer.alloc(16));
  const zeros = Buffer.alloc(MEGABYTE);
  let left = totalBytes;
  let files = 0;
  for (; left > 0; files++) {
    const isVideo = files % 40 === 39;
    const wanted = isVideo ? (60 + number() * 120) * 1e6 : (2 + number() * 5) * 1e6;
    const size = Math.min(left, Math.floor(wanted));
    const inFolder = join(folder, 'DCIM', `1${files % 5}0CAMERA`);
    mkdirSync(inFolder, { recursive: true });
    const name = isVideo ? `VID_${files}.mp4` : `IMG_${files}.jpg`;
    const start = isVideo
      ? Buffer.from('\0\0\0\x18ftypmp42', 'latin1')
      : Buffer.from([0xff, 0xd8, 0xff, 0xe1]);
    const fd = openSync(join(inFolder, name), 'w');
    let written = writeSync(fd, start.subarray(0, size));
    while (written < size)
      written += writeSync(fd, stream.update(zeros.subarray(0, Math.min(MEGABYTE, size - written))));
    closeSync(fd);
    left -= size;
  }
  return files;
}

const WORDS =
  'meet you at the station tomorrow or later maybe bring photos from holiday thanks see call home late dinner train'.split(
    ' ',
  );

/** Files of 4 to 20 KB of messages as JSON lines, 1,000 a folder: they shrink to about a fifth. */
export function makeSmall(folder: string, files: number): void {
  const number = numbers(2);
  const pick = (): string => WORDS[Math.floor(number() * WORDS.length)] ?? '';
  for (let file = 0; file < files; file++) {
    const inFolder = join(folder, `thread-${Math.floor(file / 1000)}`);
    if (file % 1000 === 0) mkdirSync(inFolder, { recursive: true });
    const size = 4096 + Math.floor(number() * 16_384);
    let text = '';
    while (text.length < size) {
      const body = Array.from({ length: 4 + Math.floor(number() * 10) }, pick).join(' ');
      const address = `+49${Math.floor(number() * 1e10)}`;
      text += `${JSON.stringify({ id: Math.floor(number() * 1e9), address, date: 1.7e12 + Math.floor(number() * 1e10), body, read: 1 })}\n`;
    }
    writeFileSync(join(inFolder, `${file}.json`), text.slice(0, size));
  }
}

/**
 * Uses as much of the machine's memory and gives it back. A virtual machine's host may have taken what lay idle: whichever
 * program comes first would wait for it, two seconds for as many gigabytes.
 */
export function touchMemory(folder: string, bytes: number): void {
  const path = join(folder, 'touched');
  const zeros = Buffer.alloc(MEGABYTE);
  const fd = openSync(path, 'w');
  for (let written = 0; written < bytes; ) written += writeSync(fd, zeros);
  closeSync(fd);
  unlinkSync(path);
}
