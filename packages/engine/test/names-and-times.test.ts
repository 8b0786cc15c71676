import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, lstatSync, mkdirSync, openSync, utimesSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { differences, lookAt, temporaryFolder } from '@holdfast/testkit';
import { findingsOf, newRepository, runBackup, runRestore, sourceOf } from '../test-setup/runs.ts';

/** Bytes that need care somewhere: shells, terminals, JSON, UTF-8, other systems, our own options and files. */
const NAMES: readonly Buffer[] = [
  ...Array.from({ length: 255 }, (_, at) => at + 1)
    .filter((byte) => byte !== 0x2f)
    .map((byte) => Buffer.from([0x62, byte, 0x62])),
  ...[
    'new\nline\n',
    '-rf',
    '--json',
    '...',
    ' ',
    'end ',
    '\\back\\slash',
    '\u001b[31mred',
    '\u202Eevil',
    '\uFFFD',
    'CON',
    'a:b',
  ].map((name) => Buffer.from(name)),
  ...['holdfast.json', '\u{10FFFF}', 'e\u0301', 'é', 'a'.repeat(255), 'é'.repeat(127)].map((name) =>
    Buffer.from(name),
  ),
  Buffer.alloc(255, 0xff),
  // Surrogates as UTF-8 would spell them if it could.
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xed, 0xb0, 0x80]),
];

test('it gives back files and folders of every name there can be', async () => {
  await using folder = await temporaryFolder();
  const from = `${folder.path}/from`;
  mkdirSync(from);
  for (const [at, name] of NAMES.entries()) {
    const path = Buffer.concat([Buffer.from(`${from}/`), name]);
    if (at % 5 !== 0) writeFileSync(path, `${at}`);
    else {
      mkdirSync(path);
      writeFileSync(Buffer.concat([path, Buffer.from('/'), name]), `${at}`);
    }
  }
  const repository = await newRepository();
  const { summary } = await runBackup(repository, await sourceOf(from));
  assert.deepEqual(summary.balance, {
    found: NAMES.length,
    verified: NAMES.length,
    waiting: 0,
    skipped: 0,
    failed: 0,
  });
  await runRestore(repository, `${folder.path}/to`, { paths: ['files/from'] });
  assert.deepEqual(differences(lookAt(from), lookAt(`${folder.path}/to/from`)), []);
  assert.deepEqual(await findingsOf(repository), []);
});

test('it gives back times long ago and far ahead, to within what the system call takes', async () => {
  await using folder = await temporaryFolder();
  const from = `${folder.path}/from`;
  mkdirSync(from);
  const years = [1902, 1960, 1969, 1970, 2038, 2039, 2106, 2200, 2400];
  for (const year of years) {
    const seconds = Date.UTC(year, 5, 1) / 1000 + 0.123456789;
    writeFileSync(`${from}/${year}`, '');
    // As text: Node takes a negative number for now.
    utimesSync(`${from}/${year}`, String(seconds), String(seconds));
  }
  const repository = await newRepository();
  await runBackup(repository, await sourceOf(from));
  await runRestore(repository, `${folder.path}/to`, { paths: ['files/from'] });
  for (const year of years) {
    const [before, after] = ['from', 'to/from'].map(
      (place) => lstatSync(`${folder.path}/${place}/${year}`, { bigint: true }).mtimeNs,
    );
    const off = Number((after ?? 0n) - (before ?? 0n));
    assert.ok(Math.abs(off) <= 1000, `${year} is off by ${off} ns`);
  }
  const again = await runBackup(repository, await sourceOf(from));
  assert.deepEqual(
    again.events.filter(({ kind }) => kind === 'saving'),
    [],
  );
});

/** Makes a file whose whole path has exactly `bytes` bytes, where no call takes such a path whole. */
function makeDeep(root: string, bytes: number, letter: string): void {
  let folder = openSync(root, constants.O_DIRECTORY);
  try {
    let left = bytes - root.length;
    while (left > 200) {
      const inside = `/proc/self/fd/${folder}/${letter.repeat(100)}`;
      mkdirSync(inside, { recursive: true });
      const next = openSync(inside, constants.O_DIRECTORY);
      closeSync(folder);
      folder = next;
      left -= 101;
    }
    writeFileSync(`/proc/self/fd/${folder}/${letter.repeat(left - 1)}`, letter);
  } finally {
    closeSync(folder);
  }
}

test('it backs up paths of any length, and gives them back', async () => {
  await using folder = await temporaryFolder();
  const from = `${folder.path}/from`;
  mkdirSync(from);
  const lengths = { a: 3000, b: 4095, c: 4096, d: 5000, e: 12_000 };
  for (const [letter, bytes] of Object.entries(lengths)) makeDeep(from, bytes, letter);
  const repository = await newRepository();
  const { summary } = await runBackup(repository, await sourceOf(from));
  assert.equal(summary.balance.verified, 5);
  const given = await runRestore(repository, `${folder.path}/longer name`, { paths: ['files/from'] });
  assert.deepEqual(
    given.items.map(({ reason }) => reason),
    ['restored', 'restored', 'restored', 'restored', 'restored'],
  );
  const again = await runBackup(repository, await sourceOf(`${folder.path}/longer name/from`));
  assert.deepEqual([again.summary.balance.verified, again.summary.newBytes], [5, 0]);
  // Node's own removal takes whole paths.
  execFileSync('rm', ['-rf', from, `${folder.path}/longer name`]);
});
