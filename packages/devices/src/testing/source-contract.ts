import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { collect } from '@holdfast/kernel';
import type { Source, SourceFolder } from '#source.ts';
import { totalsOf } from '#totals.ts';

/** Files by path, parts joined by `/`; the folders above them are there too. */
export type SourceFiles = Readonly<Record<string, string>>;

/** A new source that holds exactly these files and is cleaned up after the test. */
export type MakeSource = (files: SourceFiles) => Promise<{ readonly source: Source } & AsyncDisposable>;

const FILES: SourceFiles = {
  'a/b/one': '1',
  'a/b/two': '',
  'a/c/three': '3',
  "d/it's 😀": 'four',
  five: '5',
};

/** The tests that every source passes, as a suite of that name. */
export function sourceContract(name: string, make: MakeSource): void {
  suite(name, () => {
    test('it gives each folder once, depth first, siblings in the order of entries', async () => {
      await using made = await make(FILES);
      const folders = await Array.fromAsync(made.source.walk());
      const paths = folders.map(({ path }) => path);
      deepEqual(paths, depthFirst('', new Map(folders.map((folder) => [folder.path, folder]))));
      deepEqual(paths.toSorted(), ['', 'a', 'a/b', 'a/c', 'd']);
    });

    test('it gives each file once, with its size and its bytes', async () => {
      await using made = await make(FILES);
      const seen: Record<string, string> = {};
      for await (const { path, entries: listed } of made.source.walk()) {
        const entries = [...listed];
        equal(new Set(entries.map((entry) => entry.name)).size, entries.length);
        for (const entry of entries) {
          if (entry.kind !== 'file') continue;
          const bytes = await collect(made.source.read(childOf(path, entry.name)), 100);
          equal(bytes.length, entry.sizeBytes);
          seen[childOf(path, entry.name)] = new TextDecoder().decode(bytes);
        }
      }
      deepEqual(seen, { ...FILES });
    });

    test('it says the same when walked again, and has one id', async () => {
      await using made = await make(FILES);
      deepEqual(await listings(made.source), await listings(made.source));
      match(made.source.device.id, /^[A-Za-z0-9-]+$/);
    });

    test('it counts what it lists', async () => {
      await using made = await make(FILES);
      for await (const { entries, problem, totals } of made.source.walk())
        deepEqual(totals, totalsOf([...entries], problem));
    });

    test('it walks a source that holds nothing', async () => {
      await using made = await make({});
      const folders = await Array.fromAsync(made.source.walk());
      deepEqual(
        folders.map(({ path, entries }) => [path, [...entries].length]),
        [['', 0]],
      );
    });

    test('it stops when told to, before and in the middle', async () => {
      await using made = await make(FILES);
      const stop = new AbortController();
      const walk = async (): Promise<void> => {
        for await (const _ of made.source.walk(stop.signal)) stop.abort(new Error('stopped'));
      };
      const isReason = (error: unknown): boolean => error === stop.signal.reason;
      await rejects(walk(), isReason);
      await rejects(walk(), isReason);
      await rejects(collect(made.source.read('five', stop.signal), 100), isReason);
    });
  });
}

const childOf = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

const listings = async (source: Source): Promise<unknown[]> =>
  Array.fromAsync(source.walk(), (folder) => ({ ...folder, entries: [...folder.entries] }));

function depthFirst(path: string, folders: ReadonlyMap<string, SourceFolder>): string[] {
  const entries = [...(folders.get(path)?.entries ?? [])];
  const inner = entries.filter(({ kind }) => kind === 'folder');
  return [path, ...inner.flatMap(({ name }) => depthFirst(childOf(path, name), folders))];
}
