import { equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import type { ByteSource } from '@holdfast/kernel';
import { temporaryFolder } from '@holdfast/testkit';
import { writeZip, type ZipInput } from '#downloads/zip/write-zip.ts';

const run = promisify(execFile);
const MEBIBYTE = 1024 * 1024;
const PYTHON = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    infos = z.infolist()
    print(len(infos), sum(i.file_size for i in infos), z.read(infos[-1]).decode(), infos[-1].date_time[0])
`;

async function* zeros(mebibytes: number): ByteSource {
  const chunk = new Uint8Array(MEBIBYTE);
  for (let count = 0; count < mebibytes; count++) yield chunk;
}

async function* text(words: string): ByteSource {
  yield Buffer.from(words);
}

const MTIME = Date.UTC(2024, 4, 6);

async function zipOf(path: string, inputs: AsyncIterable<ZipInput>): Promise<void> {
  await pipeline(Readable.from(writeZip(inputs, 'Europe/Berlin')), createWriteStream(path));
}

suite('a large zip', () => {
  test('it may hold a file of more than 4 GiB, and files behind it', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'large.zip');
    await zipOf(
      path,
      (async function* () {
        yield { name: 'before.txt', mtime: MTIME, sizeBytes: 1, bytes: text('a') };
        yield { name: 'large.bin', mtime: MTIME, sizeBytes: 4100 * MEBIBYTE, bytes: zeros(4100) };
        yield { name: 'grown.txt', mtime: MTIME, bytes: text('b') };
        yield { name: 'behind.txt', mtime: MTIME, sizeBytes: 1, bytes: text('c') };
      })(),
    );
    const { stdout } = await run('unzip', ['-t', path]);
    match(stdout, /No errors detected/);
    equal((await run('python3', ['-c', PYTHON, path])).stdout.trim(), `4 ${4100 * MEBIBYTE + 3} c 2024`);
  });

  test('it may hold more than 65,535 files', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'many.zip');
    const count = 70_000;
    await zipOf(
      path,
      (async function* () {
        for (let number = 1; number <= count; number++)
          yield { name: `f/${number}`, mtime: MTIME, sizeBytes: 1, bytes: text('x') };
      })(),
    );
    const { stdout } = await run('unzip', ['-tqq', path]);
    equal(stdout, '');
    equal((await run('python3', ['-c', PYTHON, path])).stdout.trim(), `${count} ${count} x 2024`);
  });
});
