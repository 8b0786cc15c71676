import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { isDamage } from '@holdfast/repository';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { LocalStore } from '@holdfast/store';
import { differences, lookAt, restic, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { madeByRestic } from '@holdfast/testkit/repository';
import { findingsOf, newRepository, runBackup, runRestore, sourceOf } from '../test-setup/runs.ts';

const made = await madeByRestic(CHEAP_PASSWORD);
after(() => made[Symbol.asyncDispose]());

function fill(root: string): void {
  mkdirSync(`${root}/d/e`, { recursive: true });
  mkdirSync(`${root}/empty folder`);
  writeFileSync(`${root}/empty`, '');
  writeFileSync(`${root}/d/line\nbreak "é📱"`, 'text '.repeat(10_000));
  writeFileSync(Buffer.from(`${root}/latin-\xe9`, 'latin1'), 'not UTF-8');
  writeFileSync(`${root}/d/e/large`, seededRandom(4)(5_000_000));
  writeFileSync(`${root}/zeros`, new Uint8Array(2_000_000));
  symlinkSync('d/e/large', `${root}/link`);
}

/** restic's output; a call that ends badly fails the test with what it said. */
async function run(repository: string, ...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await restic(args, { repository, password: CHEAP_PASSWORD });
  assert.equal(status, 0, `restic ${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}

for (const version of [1, 2] as const) {
  test(`it makes a repository (version ${version}) that restic checks, lists, restores, adds to and prunes`, async () => {
    await using folder = await temporaryFolder();
    const from = `${folder.path}/from`;
    const place = `${folder.path}/repository`;
    mkdirSync(from);
    fill(from);
    const original = lookAt(from);
    const repository = await newRepository(new LocalStore(place), version);
    const { summary } = await runBackup(repository, await sourceOf(from));
    const ours = summary.snapshot ?? '';

    await run(place, 'check', '--read-data');
    assert.match(await run(place, 'ls', ours), /\/files\/from\/d\/e\/large/);
    await run(place, 'restore', ours, '--target', `${folder.path}/restored`);
    assert.deepEqual(differences(original, lookAt(`${folder.path}/restored/files/from`)), []);

    await run(place, 'backup', from);
    await run(place, 'prune');
    await run(place, 'check', '--read-data');
    assert.deepEqual((await findingsOf(repository)).filter(isDamage), []);
    await runRestore(repository, `${folder.path}/theirs`);
    assert.deepEqual(differences(original, lookAt(`${folder.path}/theirs${from}`)), []);
    await runRestore(repository, `${folder.path}/ours`, { snapshot: ours, paths: ['files/from'] });
    assert.deepEqual(differences(original, lookAt(`${folder.path}/ours/from`)), []);
  });
}

for (const { version, compression } of [
  { version: 1, compression: 'auto' },
  { version: 2, compression: 'max' },
  { version: 2, compression: 'off' },
] as const) {
  test(`it reads and adds to a repository that restic made (version ${version}, compression ${compression})`, async () => {
    await using folder = await temporaryFolder();
    const from = `${folder.path}/from`;
    const place = `${folder.path}/repository`;
    mkdirSync(from);
    fill(from);
    const original = lookAt(from);
    const repository = await made.at(place, version);
    await run(place, 'backup', '--compression', compression, from);

    assert.deepEqual((await findingsOf(repository)).filter(isDamage), []);
    await runRestore(repository, `${folder.path}/theirs`);
    assert.deepEqual(differences(original, lookAt(`${folder.path}/theirs${from}`)), []);

    const { summary } = await runBackup(repository, await sourceOf(from));
    assert.equal(summary.balance.verified, summary.balance.found);
    await run(place, 'check', '--read-data');
    await run(place, 'restore', summary.snapshot ?? '', '--target', `${folder.path}/ours`);
    assert.deepEqual(differences(original, lookAt(`${folder.path}/ours/files/from`)), []);
  });
}
