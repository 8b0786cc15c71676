import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { isFailure } from '@holdfast/kernel';
import { formatTree, NO_TIME, type Node, parseTree } from '@holdfast/restic-format';
import fc from 'fast-check';

/** Names with what borders are made of, and with characters of two to four bytes. */
const names = fc
  .array(fc.constantFrom('},{"name":"', '"},{"', '\\', ']}', 'a', 'é', '€', '\u{1f4f7}', '\udcff'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

/** Entries with whole lists of what looks like entries inside. */
const nodes: fc.Arbitrary<Node> = fc.record({
  name: names,
  type: fc.constant('file' as const),
  mode: fc.constant(0o644),
  mtime: fc.constant(NO_TIME),
  atime: fc.constant(NO_TIME),
  ctime: fc.constant(NO_TIME),
  uid: fc.constant(0),
  gid: fc.constant(0),
  inode: fc.constantFrom(1, 2n ** 60n),
  extendedAttributes: fc.array(fc.record({ name: names, value: fc.uint8Array({ maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  unknownFields: fc.array(names, { minLength: 1, maxLength: 3 }).map((inside) => {
    const list = JSON.stringify(inside.map((name) => ({ name: name.toWellFormed() })));
    return [['later', list]] as const;
  }),
});

const trees = fc.uniqueArray(nodes, { maxLength: 8, selector: ({ name }) => name });
const sizes = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 3000 }));

const textOf = (tree: readonly Node[]): string => Buffer.from(formatTree(tree)).toString();

/** What becomes of a document, to be compared. */
function outcome(document: Uint8Array, stretchBytes: number): readonly Node[] | 'malformed' {
  try {
    return parseTree(document, stretchBytes);
  } catch (error) {
    assert.ok(isFailure(error, 'restic-format/malformed'), String(error));
    return 'malformed';
  }
}

suite('trees in stretches', () => {
  test('it writes the same bytes whatever the stretches', () => {
    const property = fc.property(trees, sizes, (tree, size) => {
      assert.deepEqual(formatTree(tree, size), formatTree(tree, Number.POSITIVE_INFINITY));
    });
    fc.assert(property);
  });

  test('it reads the same entries whatever the stretches', () => {
    const property = fc.property(trees, sizes, (tree, size) => {
      const bytes = formatTree(tree);
      assert.deepEqual(parseTree(bytes, size), parseTree(bytes, Number.POSITIVE_INFINITY));
    });
    fc.assert(property, { numRuns: 300 });
  });

  const indented = trees.map((tree) => JSON.stringify(JSON.parse(textOf(tree)), undefined, 1));
  const withMore = fc
    .tuple(trees, trees)
    .map(([one, other]) => `${textOf(one).slice(0, -2)},"nodes":${textOf(other).slice(9)}`);
  const withOthers = fc
    .tuple(trees, trees)
    .map(([one, other]) => `${textOf(one).slice(0, -2)},"x":${textOf(other).slice(9)}`);
  const spoilt = fc
    .tuple(trees, fc.nat(), fc.constantFrom('{', '}', '[', ']', '"', ',', ' ', '\\'))
    .map(([tree, place, character]) => {
      const text = textOf(tree);
      const at = place % text.length;
      return text.slice(0, at) + character + text.slice(at + 1);
    });
  for (const [name, documents] of [
    ['indented', indented],
    ['with a second list of nodes', withMore],
    ['with a list of something else', withOthers],
    ['with a wrong character', spoilt],
  ] as const) {
    test(`it reads or refuses a tree ${name} as it would in one piece`, () => {
      const property = fc.property(documents, sizes, (text, size) => {
        const bytes = Buffer.from(text);
        assert.deepEqual(outcome(bytes, size), outcome(bytes, Number.POSITIVE_INFINITY));
      });
      fc.assert(property, { numRuns: 300 });
    });
  }

  test('it keeps large numbers of fields not known here to the last digit', () => {
    const text = `{"nodes":[{"name":"a","type":"file","later":1152921504606846976},{"name":"b","type":"file","inode":1152921504606846976}]}`;
    for (const size of [10, 40, 1000]) {
      const [first] = parseTree(Buffer.from(text), size);
      assert.deepEqual(first?.unknownFields, [['later', '1152921504606846976']], `stretches of ${size}`);
    }
  });

  test('it refuses one name twice, a stretch apart', () => {
    const node = (name: string): string => `{"name":"${name}","type":"file"}`;
    const list = [...Array.from({ length: 50 }, (_, at) => node(`b${at}`)), node('b7')];
    assert.equal(outcome(Buffer.from(`{"nodes":[${list.join()}]}`), 40), 'malformed');
  });
});
