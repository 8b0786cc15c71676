import { deepEqual, equal, ok } from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { EntryColumns, SourceFile, SourceSubfolder } from '@holdfast/devices';
import { toHex } from '@holdfast/kernel';
import { formatTree, type Node, parseTree } from '@holdfast/restic-format';
import fc from 'fast-check';
import { fileNode, folderNode, hasSameTraits, isUnchanged } from '#backup/nodes.ts';
import { sameEntries } from '#backup/same-entries.ts';

type Listed = SourceFile | SourceSubfolder;
type Facts = Required<Omit<SourceSubfolder, 'kind'>>;

const THERE = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
const GONE = 'd'.repeat(64);
const SUBTREE = 'e'.repeat(64);

const names = fc.constantFrom(
  'a',
  'b',
  'IMG 1.jpg',
  'é',
  '"',
  '<',
  '\n',
  '\udcff',
  '\u{1f4f7}',
  'c}',
  'd',
  'e',
);
/** Few, so that they are often the same, and those at the edges of what is exact. */
const times = fc.oneof(
  fc.constantFrom(
    0n,
    -1n,
    1n,
    999_999_999n,
    1_700_000_000_000_000_000n,
    1_700_000_000_000_000_001n,
    -(2n ** 62n),
  ),
  fc.constantFrom(
    1_699_999_999_999_999_999n,
    2n ** 62n,
    2n ** 32n,
    4_294_967_295n,
    1_752_345_678_900_000_000n,
  ),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
);
const numbers = fc.oneof(
  fc.constantFrom(1n, 2n, 10n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n - 1n),
  fc.constantFrom(0n, 2n ** 53n, 2n ** 53n + 2n, 2n ** 62n),
);
const facts: fc.Arbitrary<Facts> = fc.record({
  name: names,
  mode: fc.constantFrom(0o644, 0o600, 0, 0o4755, 0o7777),
  mtimeNs: times,
  ctimeNs: times,
  uid: fc.constantFrom(0, 1000, 2 ** 32 - 1),
  gid: fc.constantFrom(0, 1000),
  inode: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(5n, 6n) }, numbers),
  deviceId: numbers,
  links: fc.constantFrom(1, 1, 1, 2, 0),
});
const files: fc.Arbitrary<SourceFile> = fc
  .tuple(facts, fc.constantFrom(0, 1, 12, 2 ** 40))
  .map(([fact, sizeBytes]) => ({ kind: 'file', ...fact, mode: 0o100000 | fact.mode, sizeBytes }));
const folders: fc.Arbitrary<SourceSubfolder> = facts.map((fact) => ({
  kind: 'folder',
  ...fact,
  mode: 0o040000 | fact.mode,
}));
const listings = fc.uniqueArray(fc.oneof({ weight: 4, arbitrary: files }, folders), {
  maxLength: 4,
  selector: ({ name }) => name,
});

const contents = fc.array(fc.constantFrom(...THERE, ...THERE, GONE), { maxLength: 2 });

/** What may happen to an entry between two backups. */
const changes = fc.record({
  at: fc.nat(),
  change: fc.oneof(
    facts.map(
      (fact) =>
        (listed: Listed): Listed => ({ ...listed, name: fact.name }),
    ),
    fc.constantFrom<(listed: Listed) => Listed>(
      (listed) => listed,
      (listed) => ({ ...listed, mtimeNs: BigInt.asIntN(64, listed.mtimeNs + 1n) }),
      (listed) => ({ ...listed, ctimeNs: BigInt.asIntN(64, (listed.ctimeNs ?? 0n) + 1_000_000_000n) }),
      (listed) => ({ ...listed, mode: listed.mode ^ 0o001 }),
      (listed) => ({ ...listed, mode: listed.mode ^ 0o1000 }),
      (listed) => ({ ...listed, uid: 7 }),
      (listed) => ({ ...listed, gid: 7 }),
      (listed) => ({ ...listed, inode: 9n }),
      (listed) => ({ ...listed, deviceId: 99n }),
      (listed) => ({ ...listed, links: 3 }),
      (listed) => (listed.kind === 'file' ? { ...listed, sizeBytes: listed.sizeBytes + 1 } : listed),
    ),
  ),
});

function columnsOf(listing: readonly Listed[]): EntryColumns {
  return {
    names: listing.map(({ name }) => `${name}\0`).join(''),
    wide: BigInt64Array.from(
      listing.flatMap((listed) => [
        listed.mtimeNs,
        listed.ctimeNs ?? 0n,
        listed.inode ?? 0n,
        listed.deviceId ?? 0n,
        BigInt(listed.kind === 'file' ? listed.sizeBytes : 0),
      ]),
    ),
    narrow: Uint32Array.from(listing.flatMap(({ mode, uid, gid, links = 1 }) => [mode, uid, gid, links])),
  };
}

const isThere = (id: string): boolean => THERE.includes(id);

/** The rule, entry by entry, over a parsed tree. */
function isSameByRule(listing: readonly Listed[], tree: Uint8Array): boolean {
  const previous = new Map(parseTree(tree).map((node) => [node.name, node]));
  const isSame = (listed: Listed): boolean => {
    const before = previous.get(listed.name);
    if (listed.kind === 'folder') return before?.type === 'dir';
    return isUnchanged(listed, before) && before.content.every(isThere) && hasSameTraits(listed, before);
  };
  return listing.length > 0 && listing.length === previous.size && listing.every(isSame);
}

/** True where everything is exact and needs no escapes, so that the shorter way has to be taken. */
const isOrdinary = ({ name, inode, deviceId, links }: Listed): boolean =>
  /^[\p{L}\p{N} .}]+$/u.test(name) &&
  inode !== undefined &&
  inode > 0n &&
  inode < 2n ** 53n &&
  deviceId !== undefined &&
  deviceId > 0n &&
  deviceId < 2n ** 53n &&
  links !== undefined &&
  links > 0;

const nodeOf = (listed: Listed, content: readonly string[]): Node =>
  listed.kind === 'folder' ? folderNode(listed, SUBTREE) : fileNode(listed, content, listed.sizeBytes);

const compare = (tree: Uint8Array, listing: readonly Listed[]): ReturnType<typeof sameEntries> =>
  sameEntries(tree, columnsOf(listing), (id) => isThere(toHex(id)));

suite('sameEntries', () => {
  test('it says the same as the rule over parsed trees, whatever changed', () => {
    let same = 0;
    const property = fc.property(
      listings,
      fc.array(contents, { minLength: 4, maxLength: 4 }),
      fc.array(changes, { maxLength: 2 }),
      fc.boolean(),
      (before, content, changed, isReversed) => {
        const tree = formatTree(before.map((listed, at) => nodeOf(listed, content[at] ?? [])));
        const now = isReversed ? before.toReversed() : [...before];
        for (const { at, change } of changed) {
          const listed = now[at % now.length];
          if (listed !== undefined) now[at % now.length] = change(listed);
        }
        if (new Set(now.map(({ name }) => name)).size < now.length) return;
        const found = compare(tree, now);
        const isSame = isSameByRule(now, tree);
        if (found === undefined) {
          ok(!isSame || !now.every(isOrdinary), 'what is the same was not seen to be');
          return;
        }
        ok(isSame, 'what is not the same was taken for it');
        same += 1;
        const inFiles = now.filter((listed) => listed.kind === 'file');
        equal(found.files, inFiles.length);
        equal(
          found.bytes,
          inFiles.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        );
        const nodes = new Map(parseTree(tree).map((node) => [node.name, node]));
        const expected = now.filter(({ kind }) => kind === 'folder').map(({ name }) => nodes.get(name));
        deepEqual(found.folders, expected);
      },
    );
    fc.assert(property, { numRuns: 3000 });
    ok(same > 100, `only ${same} were the same`);
  });

  const file: SourceFile = {
    kind: 'file',
    name: 'a',
    mode: 0o100644,
    mtimeNs: 1_700_000_000_123_456_789n,
    ctimeNs: 1_700_000_000_123_456_789n,
    uid: 0,
    gid: 0,
    inode: 5n,
    deviceId: 1n,
    links: 1,
    sizeBytes: 3,
  };
  const [id = ''] = THERE;
  const before = [file, { ...file, name: 'b' }];
  const tree = formatTree(before.map((listed) => nodeOf(listed, [id])));
  for (const [what, listing] of [
    ['one more', [...before, { ...file, name: 'c' }]],
    ['one less', [file]],
    ['one renamed', [file, { ...file, name: 'c' }]],
    ['none', []],
    ['a folder instead of a file', [file, { ...file, name: 'b', kind: 'folder', mode: 0o040644 }]],
  ] as const) {
    test(`it sees ${what}`, () => equal(compare(tree, listing as readonly Listed[]), undefined));
  }

  test('it takes no name twice', () => {
    const node = (name: string): string =>
      Buffer.from(formatTree([nodeOf({ ...file, name }, [id])]))
        .toString()
        .slice(10, -3);
    const twice = Buffer.from(`{"nodes":[${node('a')},${node('a')}]}\n`);
    equal(compare(twice, before), undefined);
    equal(compare(twice, [file]), undefined);
    equal(compare(Buffer.from(`{"nodes":[${node('a')},${node('b')}]}\n`), before)?.files, 2);
  });

  test('it refuses a tree that ends early', () => {
    for (let length = 0; length < tree.length; length++)
      equal(compare(tree.subarray(0, length), before), undefined, `${length} bytes`);
  });
});
