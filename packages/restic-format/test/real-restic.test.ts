import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import {
  type BlobEntry,
  decodeUnpacked,
  decompress,
  encodeUnpacked,
  formatConfig,
  formatHeaderLength,
  formatIndexFile,
  formatKeyFile,
  formatPackHeader,
  formatSnapshot,
  formatTree,
  HEADER_LENGTH_SIZE,
  headerLengthOf,
  type Id,
  type IndexFile,
  idOf,
  type Node,
  openKeyFile,
  parseConfig,
  parseIndexColumns,
  parseIndexFile,
  parseKeyFile,
  parsePackHeader,
  parseSnapshot,
  parseTime,
  parseTree,
  Sealer,
} from '@holdfast/restic-format';

/** Made by the real restic; fixtures/README.md has the command. */
const FIXTURES = join(import.meta.dirname, '../fixtures');
const PASSWORD = 'pässwörd';
const LIMIT = 2 ** 20;

for (const name of ['v1', 'v2', 'v2-uncompressed']) {
  suite(`a repository made by restic (${name})`, async () => {
    const read = (path: string): Buffer => readFileSync(join(FIXTURES, name, path));
    const printed = (file: string): Buffer => readFileSync(join(FIXTURES, 'printed', name, file));
    const only = (folder: string): string => join(folder, readdirSync(join(FIXTURES, name, folder))[0] ?? '');

    const keyFile = parseKeyFile(read(only('keys')));
    const master = await openKeyFile(keyFile, PASSWORD);
    assert.ok(master !== undefined);
    const sealer = new Sealer(master);
    const config = parseConfig(sealer.open(read('config')));
    const indexJson = decodeUnpacked(sealer.open(read(only('index'))), LIMIT);
    const index = parseIndexFile(indexJson);
    const snapshotJson = decodeUnpacked(sealer.open(read(only('snapshots'))), LIMIT);
    const snapshot = parseSnapshot(snapshotJson);

    const readPack = (id: Id): Buffer => read(`data/${id.slice(0, 2)}/${id}`);
    const openBlob = (pack: Uint8Array, entry: BlobEntry): Uint8Array => {
      const opened = sealer.open(pack.subarray(entry.offset, entry.offset + entry.length));
      return entry.uncompressedLength === undefined ? opened : decompress(opened, entry.uncompressedLength);
    };
    const loadBlob = (id: Id): Uint8Array => {
      for (const pack of index.packs) {
        const entry = pack.blobs.find((blob) => blob.id === id);
        if (entry !== undefined) return openBlob(readPack(pack.id), entry);
      }
      assert.fail(`no blob ${id}`);
    };
    const contentOf = (node: Node | undefined): string =>
      Buffer.concat((node?.content ?? []).map(loadBlob)).toString();

    test('it writes the key file back byte for byte', () => {
      assert.deepEqual(Buffer.from(formatKeyFile(keyFile)), read(only('keys')));
    });

    test('it finds the master key restic prints', () => {
      const { mac, encrypt } = JSON.parse(printed('masterkey.json').toString());
      const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
      assert.deepEqual([master.k, master.r, master.encrypt].map(base64), [mac.k, mac.r, encrypt]);
    });

    test('it reads and writes the config', () => {
      const plaintext = sealer.open(read('config'));
      assert.deepEqual(Buffer.from(formatConfig(config)), Buffer.from(plaintext));
      assert.equal(config.version, name === 'v1' ? 1 : 2);
      assert.deepEqual(
        JSON.parse(printed('config.json').toString()),
        JSON.parse(Buffer.from(plaintext).toString()),
      );
    });

    test('it reads and writes the index', () => {
      assert.deepEqual(
        JSON.parse(Buffer.from(indexJson).toString()),
        JSON.parse(printed('index.json').toString()),
      );
      assert.equal(Buffer.from(formatIndexFile(index)).toString(), Buffer.from(indexJson).toString());
      assert.equal(parseIndexColumns(indexJson).pack.length, blobsOf(index).length);
      assert.deepEqual(
        Buffer.from(decodeUnpacked(encodeUnpacked(config.version, indexJson), LIMIT)),
        Buffer.from(indexJson),
      );
    });

    test('it reads and writes the snapshot', () => {
      assert.deepEqual(
        JSON.parse(Buffer.from(snapshotJson).toString()),
        JSON.parse(printed('snapshot.json').toString()),
      );
      assert.equal(Buffer.from(formatSnapshot(snapshot)).toString(), Buffer.from(snapshotJson).toString());
      assert.deepEqual(snapshot.tags, ['one', 'two']);
      assert.ok((parseTime(snapshot.time) ?? 0n) > 1_700_000_000_000_000_000n);
    });

    test('it names every file and blob by its content', () => {
      for (const folder of ['keys', 'index', 'snapshots']) {
        assert.equal(join(folder, idOf(read(only(folder)))), only(folder));
      }
      for (const pack of index.packs) {
        const bytes = readPack(pack.id);
        assert.equal(idOf(bytes), pack.id);
        for (const entry of pack.blobs) assert.equal(idOf(openBlob(bytes, entry)), entry.id);
      }
    });

    test('it finds in each pack’s header what the index says, and writes the header back', () => {
      for (const pack of index.packs) {
        const bytes = readPack(pack.id);
        const end = bytes.length - HEADER_LENGTH_SIZE;
        const length = headerLengthOf(bytes.subarray(end), bytes.length);
        const plaintext = sealer.open(bytes.subarray(end - length, end));
        const entries = parsePackHeader(plaintext);
        const byOffset = pack.blobs.toSorted((a, b) => a.offset - b.offset);
        assert.deepEqual(entries, byOffset);
        assert.deepEqual(Buffer.from(formatPackHeader(entries)), Buffer.from(plaintext));
        assert.deepEqual(Buffer.from(formatHeaderLength(length)), bytes.subarray(end));
      }
    });

    test('it writes every tree back byte for byte', () => {
      for (const { id } of blobsOf(index).filter(({ type }) => type === 'tree')) {
        const plaintext = Buffer.from(loadBlob(id)).toString();
        // restic 0.14 loses the bytes of a link's target that are not UTF-8, and writes U+FFFD as an escape.
        const expected = plaintext.replace('target-\\ufffd', 'target-\ufffd');
        assert.equal(Buffer.from(formatTree(parseTree(loadBlob(id)))).toString(), expected);
      }
      assert.deepEqual(
        Buffer.from(loadBlob(snapshot.tree)).toString().trimEnd(),
        printed('tree.json').toString().trimEnd(),
      );
    });

    test('it gives the files their names and content', () => {
      const root = parseTree(loadBlob(snapshot.tree));
      const named = (wanted: string): Node | undefined => root.find((node) => node.name === wanted);
      assert.equal(contentOf(named('plain.txt')), 'hello\n');
      assert.equal(contentOf(named('quote" and back\\slash.txt')), 'a');
      assert.equal(contentOf(named('line\nbreak\ttab\x01\x7f.txt')), 'b');
      assert.equal(contentOf(named('naïve 日本 😀.txt')), 'c');
      assert.equal(contentOf(named('<b>&.txt')), 'd');
      assert.equal(contentOf(named('latin1-\udce4\udcf6\udcfc.txt')), 'e');
      assert.equal(contentOf(named('separator\u2028.txt')), 'f');
      assert.equal(contentOf(named('nbsp\u00a0private\ue000.txt')), 'g');
      assert.deepEqual(named('empty.txt')?.content, []);
      assert.equal(named('link')?.linkTarget, 'plain.txt');
      assert.deepEqual(named('plain.txt')?.extendedAttributes, [
        { name: 'user.note', value: Uint8Array.from(Buffer.from('kept \xff', 'latin1')) },
      ]);
      const folder = parseTree(loadBlob(named('folder')?.subtree ?? ''));
      const numbers = folder.find((node) => node.name === 'numbers.txt');
      assert.equal(contentOf(numbers).slice(-10), '3999\n4000\n');
      assert.equal(parseTime(numbers?.mtime ?? ''), -500_000_000n);
    });
  });
}

test('it knows a password that is not a real key file’s', async () => {
  const folder = join(FIXTURES, 'v2/keys');
  const keyFile = parseKeyFile(readFileSync(join(folder, readdirSync(folder)[0] ?? '')));
  assert.equal(await openKeyFile(keyFile, 'passwort'), undefined);
});

function blobsOf(index: IndexFile): readonly BlobEntry[] {
  return index.packs.flatMap((pack) => pack.blobs);
}
