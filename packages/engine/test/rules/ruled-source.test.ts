import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { balances } from '@holdfast/contract';
import { type Source, type SourceFolder, totalsOf } from '@holdfast/devices';
import { type ContentRules, ruledSource, rulesInWords } from '@holdfast/engine';
import fc from 'fast-check';
import { deviceSource } from '../../test-setup/device-source.ts';
import { newRepository, runBackup } from '../../test-setup/runs.ts';

const day = (text: string): bigint => Temporal.Instant.from(`${text}T12:00:00Z`).epochNanoseconds;

const phone = () =>
  deviceSource({
    'files/internal/Movies/film.mp4': { content: 'film', mtimeNs: day('2026-02-02') },
    'files/internal/Movies/deep/more.mp4': { content: 'more', mtimeNs: day('2026-02-02') },
    'files/internal/Movies 2/other.mp4': { content: 'other', mtimeNs: day('2026-02-02') },
    'files/internal/DCIM/big.jpg': { content: 'x'.repeat(2000), mtimeNs: day('2026-02-02') },
    'files/internal/DCIM/old.jpg': { content: 'old', mtimeNs: day('2026-01-30') },
    'files/internal/DCIM/new.jpg': { content: 'new', mtimeNs: day('2026-02-02') },
    'contacts/contacts.vcf': {
      content: 'x'.repeat(3000),
      mtimeNs: 0n,
      saysItems: 1,
      records: [{ key: 'k', kind: 'contact', title: 'K' }],
    },
  });

const ruled = (rules: ContentRules, source: Source = phone()) => ruledSource(source, rules, 'UTC');

const walked = (source: Source): Promise<SourceFolder[]> => Array.fromAsync(source.walk());

const problems = async (source: Source): Promise<string[]> =>
  (await walked(source)).flatMap(({ path, entries }) =>
    [...entries].flatMap((entry) =>
      entry.kind === 'problem' ? [`${path}/${entry.name}: ${entry.reason}, ${entry.detail}`] : [],
    ),
  );

const ROWS: readonly [string, ContentRules, readonly string[]][] = [
  [
    'a folder that is off',
    { foldersOff: ['files/internal/Movies'] },
    ['files/internal/Movies: rule-folder, folder Movies is switched off'],
  ],
  ['a folder that is not there', { foldersOff: ['files/internal/Mov', 'files/internal/DCIM/new.jpg'] }, []],
  ['a size', { maxSizeBytes: 1500 }, ['files/internal/DCIM/big.jpg: rule-size, larger than 1.5 kB']],
  ['the very size', { maxSizeBytes: 2000 }, []],
  [
    'a day',
    { newerThan: '2026-01-31' },
    ['files/internal/DCIM/old.jpg: rule-age, changed before 2026-01-31'],
  ],
  ['the very day', { newerThan: '2026-01-30' }, []],
  [
    'single things, one of them a folder',
    {
      items: [
        { path: 'files/internal/DCIM/new.jpg', what: 'skip' },
        { path: 'files/internal/Movies/deep', what: 'hold' },
      ],
    },
    [
      'files/internal/DCIM/new.jpg: rule-item, chosen to be skipped',
      'files/internal/Movies/deep: held, chosen to be held back',
    ],
  ],
  [
    'types',
    { types: ['photos', 'contacts'] },
    [
      'files/internal/Movies/film.mp4: rule-type, videos',
      'files/internal/Movies/deep/more.mp4: rule-type, videos',
      'files/internal/Movies 2/other.mp4: rule-type, videos',
    ],
  ],
  [
    'names that a terminal would obey',
    { foldersOff: ['files/internal/DCIM', 'files/\x1b[2J'] },
    ['files/internal/DCIM: rule-folder, folder DCIM is switched off'],
  ],
];

suite('a source with rules', () => {
  for (const [name, rules, expected] of ROWS)
    test(`it lists what is left out: ${name}`, async () => {
      deepEqual((await problems(ruled(rules))).toSorted(), expected.toSorted());
    });

  test('it is the source itself where there are no rules', () => {
    const source = phone();
    equal(ruled({ foldersOff: [], items: [], types: undefined }, source), source);
  });

  test('it gives folders without anything left out as they are, columns too', async () => {
    const source = phone();
    const given: SourceFolder[] = [];
    const listening: Source = {
      ...source,
      async *walk() {
        for await (const folder of source.walk()) {
          given.push(folder);
          yield folder;
        }
      },
    };
    const folders = await walked(ruled({ maxSizeBytes: 1500 }, listening));
    equal(folders.filter((folder) => given.includes(folder)).length, given.length - 1);
  });

  test('it begins a day by the clock of the place', async () => {
    const source = deviceSource({
      'a.jpg': { content: 'a', mtimeNs: Temporal.Instant.from('2026-01-30T23:30:00Z').epochNanoseconds },
    });
    const rules = { newerThan: '2026-01-31' };
    equal((await problems(ruledSource(source, rules, 'Europe/Berlin'))).length, 0);
    equal((await problems(ruledSource(source, rules, 'UTC'))).length, 1);
  });

  test('it counts each listing right, whatever the rules, and leaves no folder in its listing without its own', async () => {
    const path = fc.constantFrom(
      'files',
      'files/internal/Movies',
      'files/internal/Movies/deep',
      'files/internal/DCIM/old.jpg',
      'files/internal/Movies 2',
      'contacts/contacts.vcf',
    );
    const rules = fc.record(
      {
        foldersOff: fc.array(path),
        maxSizeBytes: fc.nat(3000),
        newerThan: fc.constantFrom('2026-01-31', '2026-03-01'),
        items: fc.array(fc.record({ path, what: fc.constantFrom('skip' as const, 'hold' as const) })),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(rules, async (some) => {
        const folders = await walked(ruled(some));
        const listed = new Set(folders.map((folder) => folder.path));
        for (const folder of folders) {
          deepEqual(folder.totals, totalsOf([...folder.entries], folder.problem));
          for (const entry of folder.entries) {
            const at = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
            equal(listed.has(at), entry.kind === 'folder');
          }
        }
      }),
    );
  });
});

suite('a backup with rules', () => {
  test('it sets aside what rules leave out, balances, and raises no alarm for it', async () => {
    const repository = await newRepository();
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`files/internal/DCIM/${at}.jpg`, { content: `${at}` }] as const),
    );
    const source = deviceSource({ ...files, 'files/internal/a.txt': { content: 'a' } });
    await runBackup(repository, source);
    const rules: ContentRules = { foldersOff: ['files/internal/DCIM'] };
    const { summary } = await runBackup(repository, ruled(rules, source), { rules: rulesInWords(rules) });
    deepEqual(summary.balance, { found: 2, verified: 1, waiting: 0, skipped: 1, failed: 0 });
    equal(summary.fewer, undefined);
    equal(balances(summary.balance), true);
    const again = await runBackup(repository, source, {});
    deepEqual([again.summary.balance.verified, again.summary.newBytes], [41, 0]);
  });
});
