import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { decodeName, isFailure, toHex } from '@holdfast/kernel';
import {
  compareNames,
  formatTime,
  formatTree,
  NO_TIME,
  type Node,
  type NodeType,
  parseTree,
} from '@holdfast/restic-format';
import fc from 'fast-check';

const A = 'a'.repeat(64);
const TIME = '2024-02-29T12:34:56.123456789Z';
const isMalformed = (error: unknown): boolean => isFailure(error, 'restic-format/malformed');
const isName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && !name.includes('/') && !name.includes('\0');

const ids = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
const times = fc.bigInt(-(10n ** 18n), 10n ** 19n).map((time) => formatTime(time));
const uint32s = fc.nat(2 ** 32 - 1);
const uint64s = fc.oneof(fc.integer({ min: 1, max: 2 ** 53 - 1 }), fc.bigInt(2n ** 53n, 2n ** 64n - 1n));
const texts = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
const byteNames = fc.uint8Array({ minLength: 1, maxLength: 12 }).map(decodeName);
const names = fc.oneof(byteNames, texts, fc.constantFrom('a', 'b', '<&>.txt')).filter(isName);

const nodes: fc.Arbitrary<Node> = fc.record(
  {
    name: names,
    type: fc.constantFrom<NodeType>(
      'file',
      'dir',
      'symlink',
      'dev',
      'chardev',
      'fifo',
      'socket',
      'irregular',
    ),
    mode: uint32s,
    mtime: times,
    atime: times,
    ctime: times,
    uid: uint32s,
    gid: uint32s,
    user: texts,
    group: texts,
    inode: uint64s,
    deviceId: uint64s,
    size: fc.integer({ min: 1, max: 2 ** 53 - 1 }),
    links: uint64s,
    linkTarget: fc.oneof(texts, byteNames),
    extendedAttributes: fc.array(
      fc.record({ name: texts, value: fc.uint8Array() }, { noNullPrototype: true }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    genericAttributes: fc.constant([
      ['windows.creation_time', '"AAE="'],
      ['windows.file_attributes', '32'],
    ] as const),
    device: uint64s,
    content: fc.array(ids, { maxLength: 3 }),
    subtree: ids,
    error: texts,
    unknownFields: fc.constant([['later', '{"a":[1,2],"__proto__":3}'] as const]),
  },
  {
    requiredKeys: ['name', 'type', 'mode', 'mtime', 'atime', 'ctime', 'uid', 'gid'],
    noNullPrototype: true,
  },
);
const trees = fc.uniqueArray(nodes, { maxLength: 5, selector: ({ name }) => name });

const file: Node = {
  name: 'a',
  type: 'file',
  mode: 0o644,
  mtime: TIME,
  atime: TIME,
  ctime: TIME,
  uid: 0,
  gid: 0,
};

suite('trees', () => {
  test('it reads what it wrote, sorted', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const sorted = tree.toSorted((a, b) => compareNames(a.name, b.name));
        const bytes = formatTree(tree);
        assert.deepEqual(parseTree(bytes), sorted);
        assert.ok(Buffer.from(formatTree(parseTree(bytes))).equals(bytes));
      }),
    );
  });

  test('it writes an empty tree as restic does', () => {
    assert.equal(Buffer.from(formatTree([])).toString(), '{"nodes":[]}\n');
  });

  test('it writes the fields in restic’s order, and leaves out those that are zero', () => {
    const node: Node = {
      ...file,
      name: '<"é">',
      uid: 1,
      gid: 2,
      user: 'u&v',
      group: '',
      inode: 2n ** 63n,
      deviceId: 7,
      size: 5,
      links: 1,
      content: [A, A],
    };
    assert.equal(
      Buffer.from(
        formatTree([node, { ...file, name: 'z', type: 'dir', mode: 2 ** 31 + 0o755, subtree: A }]),
      ).toString(),
      `{"nodes":[{"name":"\\u003c\\\\\\"é\\\\\\"\\u003e","type":"file","mode":420,"mtime":"${TIME}","atime":"${TIME}",` +
        `"ctime":"${TIME}","uid":1,"gid":2,"user":"u\\u0026v","inode":9223372036854775808,"device_id":7,"size":5,"links":1,` +
        `"content":["${A}","${A}"]},{"name":"z","type":"dir","mode":2147484141,"mtime":"${TIME}","atime":"${TIME}",` +
        `"ctime":"${TIME}","uid":0,"gid":0,"content":null,"subtree":"${A}"}]}\n`,
    );
  });

  test('it keeps a link’s target that is not UTF-8, in the field of restic 0.16', () => {
    const link: Node = { ...file, type: 'symlink', linkTarget: 'x-\udcff' };
    const json = Buffer.from(formatTree([link])).toString();
    assert.match(json, /"linktarget":"x-\\ufffd","linktarget_raw":"eC3\/",/);
    const swapped = json.replace(/("linktarget":"[^"]*"),("linktarget_raw":"[^"]*")/, '$2,$1');
    for (const text of [json, swapped]) assert.equal(parseTree(Buffer.from(text))[0]?.linkTarget, 'x-\udcff');
  });

  test('it refuses to write one name twice', () => {
    assert.throws(() => formatTree([file, { ...file, name: 'b' }, file]), RangeError);
  });

  test('it fills in what Go would leave at zero', () => {
    const [node] = parseTree(Buffer.from('{"later":1,"nodes":[{"name":"a","type":"door","user":null}]}'));
    assert.deepEqual(node, {
      ...file,
      type: 'irregular',
      mode: 0,
      mtime: NO_TIME,
      atime: NO_TIME,
      ctime: NO_TIME,
      unknownType: 'door',
    });
    assert.match(Buffer.from(formatTree([node])).toString(), /"type":"door"/);
  });

  test('it sorts a tree that is not sorted', () => {
    const names = parseTree(Buffer.from('{"nodes":[{"name":"b","type":"file"},{"name":"a","type":"file"}]}'));
    assert.deepEqual(
      names.map(({ name }) => name),
      ['a', 'b'],
    );
  });

  const withNodes = (...list: unknown[]): string => JSON.stringify({ nodes: list });
  for (const [name, document] of [
    ['what is no JSON', '{"nodes":['],
    ['a list', '[]'],
    ['no nodes', '{}'],
    ['nodes that are none', '{"nodes":5}'],
    ['a node that is none', withNodes(5)],
    ['an empty name', withNodes({ ...file, name: '' })],
    ['no name', withNodes({ ...file, name: undefined })],
    ['the name .', withNodes({ ...file, name: '.' })],
    ['the name ..', withNodes({ ...file, name: '..' })],
    ['a path for a name', withNodes({ ...file, name: 'a/b' })],
    ['an absolute path for a name', withNodes({ ...file, name: '/etc' })],
    ['a slash in disguise', withNodes({ ...file, name: '\\x2e\\x2e\\x2f' })],
    ['a NUL in disguise', withNodes({ ...file, name: 'a\\x00' })],
    ['a NUL', withNodes({ ...file, name: 'a\0' })],
    ['a name not quoted as Go does', withNodes({ ...file, name: 'a\\' })],
    ['one name twice', withNodes(file, { ...file, type: 'dir' })],
    ['one name twice, apart', withNodes(file, { ...file, name: 'b' }, file)],
    [
      'one name twice, quoted in two ways',
      withNodes({ ...file, name: 'é' }, { ...file, name: '\\xc3\\xa9' }),
    ],
    ['a negative mode', withNodes({ ...file, mode: -1 })],
    ['a fractional size', withNodes({ ...file, size: 1.5 })],
    ['a negative size', withNodes({ ...file, size: -1 })],
    ['a size beyond 2^53', '{"nodes":[{"name":"a","type":"file","size":9007199254740993}]}'],
    ['an inode beyond 2^64', '{"nodes":[{"name":"a","type":"file","inode":18446744073709551616}]}'],
    ['an inode in powers of ten', '{"nodes":[{"name":"a","type":"file","inode":1e300}]}'],
    ['a user that is a number', withNodes({ ...file, user: 5 })],
    ['a time that is none', withNodes({ ...file, mtime: 'yesterday' })],
    ['content that is no list', withNodes({ ...file, content: A })],
    ['content that is no ids', withNodes({ ...file, content: ['../../etc'] })],
    ['a subtree that is no id', withNodes({ ...file, subtree: 'x' })],
    ['a type that is a number', withNodes({ ...file, type: 1 })],
    ['attributes that are none', withNodes({ ...file, extended_attributes: [1] })],
    [
      'an attribute that is not Base64',
      withNodes({ ...file, extended_attributes: [{ name: 'a', value: '*' }] }),
    ],
    [
      'a field nested too deeply to keep',
      `{"nodes":[{"name":"a","x":${'['.repeat(1e5)}${']'.repeat(1e5)}}]}`,
    ],
  ] as const) {
    test(`it refuses ${name}`, () => {
      assert.throws(() => parseTree(Buffer.from(document)), isMalformed);
    });
  }

  test('it is not fooled by fields named like JavaScript’s own', () => {
    const [node] = parseTree(
      Buffer.from('{"nodes":[{"name":"__proto__","type":"file","__proto__":{"size":5},"constructor":1}]}'),
    );
    assert.equal(node?.size, undefined);
    assert.equal(Object.getPrototypeOf(node), Object.prototype);
    assert.deepEqual(node?.unknownFields, [
      ['__proto__', '{"size":5}'],
      ['constructor', '1'],
    ]);
  });

  test('it reads any bytes as a tree or refuses them', () => {
    const spoilt = fc.tuple(trees, fc.nat(), fc.nat(255)).map(([tree, place, byte]) => {
      const bytes = formatTree(tree);
      bytes[place % bytes.length] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(
        fc.oneof(
          spoilt,
          fc.uint8Array(),
          fc.json().map((json) => Buffer.from(`{"nodes":[${json}]}`)),
        ),
        (bytes) => {
          let tree: Node[];
          try {
            tree = parseTree(bytes);
          } catch (error) {
            assert.ok(isMalformed(error), String(error));
            return;
          }
          assert.deepEqual(parseTree(formatTree(tree)), tree);
        },
      ),
      { numRuns: 500 },
    );
  });
});
