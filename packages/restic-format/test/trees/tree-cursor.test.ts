import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { fromHex, isFailure, toHex } from '@holdfast/kernel';
import {
  type FileTraits,
  formatTimeOf,
  formatTree,
  goMode,
  type Node,
  parseTree,
  TreeCursor,
} from '@holdfast/restic-format';
import fc from 'fast-check';

const uint32s = fc.nat(2 ** 32 - 1);
const seconds = fc.oneof(
  fc.integer({ min: -70_000_000_000, max: 260_000_000_000 }),
  fc.constantFrom(0, -1, 1e9),
);
const nanoseconds = fc.oneof(fc.nat(999_999_999), fc.constantFrom(0, 1, 500_000_000, 10, 999_999_999));
const wholes = fc.oneof(fc.nat(1000), fc.nat(Number.MAX_SAFE_INTEGER));
const ids = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);

interface Entry {
  readonly name: string;
  readonly traits: FileTraits;
  /** A folder has none. */
  readonly content: readonly string[] | undefined;
}

const entries: fc.Arbitrary<Entry> = fc.record({
  name: fc.oneof(
    fc.constantFrom(
      'a',
      'IMG_1.jpg',
      'x y',
      "it's",
      'é',
      '€ 1',
      '\u{1f4f7}',
      'a}b',
      '},{"name":"',
      '<&>',
      '\udcff',
      '\n',
    ),
    fc.string({ minLength: 1, maxLength: 6 }).filter((name) => !/[/\0]|^\.{1,2}$/.test(name)),
  ),
  traits: fc.record({
    mode: fc
      .oneof(
        fc.constant(0o100644),
        fc.nat(0o7777).map((bits) => 0o100000 | bits),
      )
      .map(goMode),
    mtimeSeconds: seconds,
    mtimeNanoseconds: nanoseconds,
    ctimeSeconds: seconds,
    ctimeNanoseconds: nanoseconds,
    uid: uint32s,
    gid: uint32s,
    inode: wholes,
    deviceId: wholes,
    sizeBytes: wholes,
    links: wholes,
  }),
  content: fc.option(fc.array(ids, { maxLength: 3 }), { nil: undefined }),
});

const lists = fc.uniqueArray(entries, { maxLength: 5, selector: ({ name }) => name });

function nodeOf({ name, traits, content }: Entry): Node {
  const mtime = formatTimeOf(traits.mtimeSeconds, traits.mtimeNanoseconds);
  const common = {
    name,
    mode: traits.mode,
    mtime,
    atime: mtime,
    ctime: formatTimeOf(traits.ctimeSeconds, traits.ctimeNanoseconds),
    uid: traits.uid,
    gid: traits.gid,
    ...(traits.inode > 0 && { inode: traits.inode }),
    ...(traits.deviceId > 0 && { deviceId: traits.deviceId }),
    ...(traits.links > 0 && { links: traits.links }),
  };
  if (content === undefined) return { ...common, type: 'dir', subtree: '5'.repeat(64) };
  return { ...common, type: 'file', ...(traits.sizeBytes > 0 && { size: traits.sizeBytes }), content };
}

/** True when a name stands in JSON and in Go's quotes as it is. */
const isPlain = (name: string): boolean =>
  Buffer.from(formatTree([{ ...nodeOf(FILE), name }])).includes(`{"name":"${name}",`) && name.isWellFormed();

/** What the cursor finds when it is given the traits of `list` by name: the nodes it vouches for, or `undefined` when it gives up. */
function vouched(plaintext: Uint8Array, list: readonly Entry[]): Node[] | undefined {
  const cursor = new TreeCursor(plaintext);
  const found: Node[] = [];
  for (let step = cursor.next(); step !== 'end'; step = cursor.next()) {
    const entry = list.find(({ name }) => name === cursor.name);
    if (step === 'other' || entry === undefined) return undefined;
    if (step === 'folder') {
      const node = cursor.folder();
      if (node === undefined) return undefined;
      found.push(node);
      continue;
    }
    const content: string[] = [];
    const isSame = cursor.isFile(entry.traits, (id) => content.push(toHex(id)) > 0);
    if (!isSame) return undefined;
    found.push(nodeOf({ ...entry, content }));
  }
  return found;
}

function parsed(plaintext: Uint8Array): Node[] | undefined {
  try {
    return parseTree(plaintext);
  } catch (error) {
    assert.ok(isFailure(error, 'restic-format/malformed'), String(error));
    return undefined;
  }
}

const FILE: Entry = {
  name: 'a',
  traits: {
    mode: 0o644,
    mtimeSeconds: 1_700_000_000,
    mtimeNanoseconds: 120_000_000,
    ctimeSeconds: 1_700_000_001,
    ctimeNanoseconds: 0,
    uid: 1000,
    gid: 1000,
    inode: 77,
    deviceId: 0,
    sizeBytes: 12,
    links: 1,
  },
  content: ['c'.repeat(64), 'd'.repeat(64)],
};

suite('TreeCursor', () => {
  test('it vouches for every tree of files and folders with plain names, and sees just what a parser does', () => {
    const property = fc.property(lists, (list) => {
      const bytes = formatTree(list.map(nodeOf));
      const found = vouched(bytes, list);
      if (found !== undefined) assert.deepEqual(found, parseTree(bytes));
      else
        assert.ok(
          list.some(({ name }) => !isPlain(name)),
          Buffer.from(bytes).toString(),
        );
    });
    fc.assert(property, { numRuns: 500 });
  });

  test('it vouches for nothing a parser would not confirm, whatever is changed', () => {
    const change = fc.tuple(
      fc.nat(),
      fc.nat(3),
      fc.oneof(
        fc.constantFrom('', '0', '1', '"', '}', ',', 'Z', 'a', '.0', 'é', '\\', '"name":"b",', '"inode":5,'),
        fc.uint8Array({ maxLength: 2 }),
      ),
    );
    const property = fc.property(lists, fc.array(change, { minLength: 1, maxLength: 2 }), (list, changes) => {
      let bytes: Buffer = Buffer.from(formatTree(list.map(nodeOf)));
      for (const [place, removed, added] of changes) {
        const at = place % bytes.length;
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from(added as string),
          bytes.subarray(at + removed),
        ]);
      }
      const found = vouched(bytes, list);
      const nodes = parsed(bytes);
      if (found === undefined) return;
      // A name that came twice is for the caller to notice.
      if (new Set(found.map(({ name }) => name)).size < found.length) return;
      assert.deepEqual(
        new Map(found.map((node) => [node.name, node])),
        nodes && new Map(nodes.map((node) => [node.name, node])),
      );
    });
    fc.assert(property, { numRuns: 2000 });
  });

  const other = (traits: Partial<FileTraits>): FileTraits => ({ ...FILE.traits, ...traits });
  for (const [what, traits] of [
    ['mode', other({ mode: 0o600 })],
    ['absent mode', other({ mode: 0 })],
    ['second it was modified', other({ mtimeSeconds: 1_700_000_001 })],
    ['fraction of that second', other({ mtimeNanoseconds: 120_000_001 })],
    ['whole second it was modified', other({ mtimeNanoseconds: 0 })],
    ['second it was changed', other({ ctimeSeconds: 1_700_000_000 })],
    ['fraction of that', other({ ctimeNanoseconds: 1 })],
    ['owner', other({ uid: 100 })],
    ['group', other({ gid: 10_000 })],
    ['inode', other({ inode: 7 })],
    ['absent inode', other({ inode: 0 })],
    ['drive', other({ deviceId: 1 })],
    ['size', other({ sizeBytes: 13 })],
    ['absent size', other({ sizeBytes: 0 })],
    ['number of links', other({ links: 2 })],
  ] as const) {
    test(`it sees another ${what}`, () => {
      const cursor = new TreeCursor(formatTree([nodeOf(FILE)]));
      assert.equal(cursor.next(), 'file');
      assert.equal(
        cursor.isFile(traits, () => true),
        false,
      );
    });
  }

  test('it asks for every blob, and says false when one is not there', () => {
    const asked: string[] = [];
    const cursor = new TreeCursor(formatTree([nodeOf(FILE)]));
    cursor.next();
    const isFile = cursor.isFile(FILE.traits, (id) => {
      asked.push(toHex(id));
      return !id.every((byte) => byte === fromHex('dd')[0]);
    });
    assert.equal(isFile, false);
    assert.deepEqual(asked, FILE.content);
  });

  const text = Buffer.from(formatTree([nodeOf(FILE)])).toString();
  for (const [what, changed] of [
    ['another access time', text.replace(/"atime":"2/, '"atime":"1')],
    ['a time in another zone', text.replace('Z","ctime"', '+00:00","ctime"')],
    ['zeros behind a fraction', text.replaceAll('.12Z', '.120Z')],
    ['zeros before a number', text.replace('"uid":1', '"uid":01')],
    ['an owner’s name', text.replace(',"inode"', ',"user":"root","inode"')],
    ['a field not known here', text.replace('}]}', ',"later":1}]}')],
    ['digits in capitals', text.replace('cc', 'CC')],
    ['no content', text.replace(/"content":\[.*?\]/, '"content":null')],
  ] as const) {
    test(`it leaves a file with ${what} to a parser`, () => {
      assert.notEqual(changed, text);
      assert.equal(vouched(Buffer.from(changed), [FILE]), undefined);
    });
  }
});
