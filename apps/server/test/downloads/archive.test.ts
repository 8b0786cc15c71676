import { deepEqual, match, rejects } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type ByteSource, collect, Failure } from '@holdfast/kernel';
import { archiveOf, type ChosenFile } from '#downloads/archive.ts';

const damaged = (): Failure => new Failure('repository/damaged', 'a blob is damaged');

async function* files(): AsyncGenerator<ChosenFile> {
  for (const path of ['whole', 'lost', 'cut', 'last']) yield { path, mtime: 0, content: [] };
}

async function* bytesOf({ path }: ChosenFile): ByteSource {
  if (path === 'lost') throw damaged();
  yield Buffer.from(path);
  if (path === 'cut') throw damaged();
}

suite('archiveOf', () => {
  test('it goes on past damaged files, and names them at the end', async () => {
    const members: Record<string, string> = {};
    for await (const { name, bytes } of archiveOf(files(), bytesOf, 0))
      members[name] = Buffer.from(await collect(bytes, 10_000)).toString();
    const { 'not in this download.txt': told = '', ...others } = members;
    deepEqual(others, { whole: 'whole', cut: 'cut', last: 'last' });
    match(
      told,
      /\r\nlost\r\n {4}a blob is damaged\r\ncut\r\n {4}only its beginning is there: a blob is damaged\r\n/,
    );
  });

  test('it ends where the whole store cannot be read', async () => {
    const away = async function* (): ByteSource {
      yield* [];
      throw new Failure('store/absent', 'the drive is not there');
    };
    await rejects(Array.fromAsync(archiveOf(files(), away, 0)), /the drive is not there/);
  });
});
