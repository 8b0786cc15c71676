import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { chosenBytes } from '@holdfast/contents';
import { folderSource } from '@holdfast/home';
import { isFailure } from '@holdfast/kernel';
import { phoneFile, phoneFolder, samplePhone } from '@holdfast/testkit/phone';
import { auditRunner } from '#restores/audit-runner.ts';
import { onlyFailed } from '#restores/only-failed.ts';
import { planRestore, type RestoreAsked } from '#restores/plan-restore.ts';
import { restoreRunner } from '#restores/restore-runner.ts';
import { restoreRoutes } from '#restores/routes.ts';
import { allowedFolder } from '#restores/target.ts';
import { testApp } from '../../test-setup/test-app.ts';
import {
  gatheringTools,
  type TestRestores,
  testRestores,
  wholePhone,
} from '../../test-setup/test-restores.ts';

const { signal } = new AbortController();

/** A backup of a folder `stuff` with `a/1.txt` and `b/1.txt`. */
async function backedUpFolder(world: TestRestores): Promise<string> {
  for (const name of ['a', 'b']) {
    await mkdir(join(world.path, 'stuff', name), { recursive: true });
    await writeFile(join(world.path, 'stuff', name, '1.txt'), `${name}${name}`);
  }
  const source = await folderSource(join(world.path, 'stuff'), { excludes: [] }, world.host);
  world.wanted = { paths: ['files/stuff/a/1.txt', 'files/stuff/b/1.txt'] };
  return world.backUp({ source });
}

const toFolder = (
  backup: string,
  path: string,
  conflict: RestoreAsked['conflict'] = 'skip',
): RestoreAsked => ({
  backup,
  selection: {},
  to: { kind: 'folder', path },
  conflict,
});

test('it plans into a folder, writes nothing before it is run, and keeps folders apart', async () => {
  await using world = await testRestores();
  const backup = await backedUpFolder(world);
  const target = join(world.path, 'target');
  const plan = await planRestore(toFolder(backup, target), world.deps, signal);
  assert.deepEqual(plan.counts, { new: 2, 'already-there': 0, conflict: 0, replaces: 0, impossible: 0 });
  assert.deepEqual([plan.items, plan.writeBytes, plan.target], [2, 4, target]);
  assert.deepEqual(plan.byType, [{ type: 'documents', new: 2, items: 2 }]);
  await assert.rejects(readdir(target), { code: 'ENOENT' });
  const tools = gatheringTools();
  const { sentence } = await restoreRunner(world.deps)({ kind: 'restore', plan: plan.plan }, tools);
  assert.equal(sentence, '2 items given back.');
  assert.deepEqual([...tools.phases], ['connecting', 'comparing', 'giving']);
  assert.deepEqual(
    tools.items.map(({ to, reason }) => [to, reason]),
    [
      ['a/1.txt', 'restored'],
      ['b/1.txt', 'restored'],
    ],
  );
  assert.equal(await readFile(join(target, 'b', '1.txt'), 'utf8'), 'bb');
  const again = await planRestore(toFolder(backup, target), world.deps, signal);
  assert.deepEqual([again.counts.new, again.counts['already-there']], [0, 2]);
});

test('it says what would be replaced, and replaces no more than was agreed to', async () => {
  await using world = await testRestores();
  const backup = await backedUpFolder(world);
  const target = join(world.path, 'target');
  await mkdir(join(target, 'a'), { recursive: true });
  await writeFile(join(target, 'a', '1.txt'), 'mine');
  const skipping = await planRestore(toFolder(backup, target), world.deps, signal);
  assert.deepEqual([skipping.counts.new, skipping.counts.conflict], [1, 1]);
  assert.equal(world.plans.items(skipping.plan).conflict.slice(0, 10)[0]?.reason, 'conflict');
  const plan = await planRestore(toFolder(backup, target, 'overwrite'), world.deps, signal);
  assert.deepEqual([plan.counts.new, plan.counts.replaces], [1, 1]);
  assert.match(plan.notes[0] ?? '', /1 file at .* will be replaced\. That cannot be undone\./);
  await mkdir(join(target, 'b'), { recursive: true });
  await writeFile(join(target, 'b', '1.txt'), 'mine too');
  const run = restoreRunner(world.deps)({ kind: 'restore', plan: plan.plan }, gatheringTools());
  await assert.rejects(run, (error) => isFailure(error, 'server/conflict'));
  assert.equal(await readFile(join(target, 'a', '1.txt'), 'utf8'), 'mine');
});

test('it tells what it gave before it broke off from what was there when it began', async () => {
  await using world = await testRestores();
  const backup = await backedUpFolder(world);
  const target = join(world.path, 'target');
  const at = (name: string): string => join(target, name, '1.txt');
  const run = async (plan: string): Promise<string> =>
    (await restoreRunner(world.deps)({ kind: 'restore', plan }, gatheringTools())).sentence;
  await mkdir(join(target, 'a'), { recursive: true });
  await writeFile(at('a'), 'aa');
  const { plan } = await planRestore(toFolder(backup, target), world.deps, signal);
  // A run that only looked, and had to wait.
  await world.plans.begin(plan);
  assert.equal(await world.plans.thereBefore(plan, 1), 1);
  assert.equal(await run(plan), '1 item given back, 1 item there already.');
  const other = await planRestore(toFolder(backup, target), world.deps, signal);
  // One that began when nothing was there, and died after it had given both.
  await world.plans.begin(other.plan);
  await world.plans.thereBefore(other.plan, 0);
  assert.equal(await run(other.plan), '2 items given back, 2 of them before it broke off.');
  assert.equal(await run(other.plan), 'Nothing had to be written, 2 items there already.');
});

test('it keeps a plan of what failed, by which just that is given when there is room', async () => {
  await using world = await testRestores();
  const few = { messages: 0, multimedia: 0, contacts: 1, apps: 0 } as const;
  const photos = Array.from({ length: 10 }, (_, at) => [`${at}.jpg`, phoneFile(`${at}`.repeat(100_000))]);
  const storage = phoneFolder({ DCIM: phoneFolder(Object.fromEntries(photos)) });
  const old = await world.plugIn(samplePhone({ serial: 'OLD', storage, ...few }));
  const backup = await world.backUp(wholePhone(old, world.host));
  const android = samplePhone({ serial: 'NEW', storage: phoneFolder(), ...few, freeBytes: 5_000_000 });
  await world.plugIn(android);
  Object.assign(android.root.room ?? {}, { bytes: 550_000 });
  world.wanted = { paths: [], types: ['photos'] };
  const asked: RestoreAsked = { ...toFolder(backup, ''), to: { kind: 'device', device: 'phone' } };
  const { plan } = await planRestore(asked, world.deps, signal);
  const first = await restoreRunner(world.deps)({ kind: 'restore', plan }, gatheringTools());
  assert.match(first.sentence, /^(\d) items given back, (\d) items failed\.$/);
  const failed = first.progress?.balance?.failed ?? 0;
  assert.ok(failed > 0 && failed < 10);
  Object.assign(android.root.room ?? {}, { bytes: 5_000_000 });
  const again = { kind: 'restore', plan: first.again ?? '' } as const;
  // What is not named by any run goes, and this stays.
  await world.plans.tidy(new Set([again.plan]));
  const tools = gatheringTools();
  const second = await restoreRunner(world.deps)(again, tools);
  assert.equal(second.sentence, `${failed} items given back.`);
  assert.deepEqual([second.again, tools.items.length], [undefined, failed]);
  await assert.rejects(world.plans.asked(again.plan), (error) => isFailure(error, 'server/gone'));
});

test('it gives what failed into the folder that it was to go to with all else', async () => {
  await using world = await testRestores();
  const backup = await backedUpFolder(world);
  const target = join(world.path, 'target');
  const { plan } = await planRestore(toFolder(backup, target), world.deps, signal);
  const rest = onlyFailed(await world.plans.asked(plan), new Set(['files/stuff/b/1.txt']));
  const again = { kind: 'restore', plan: await world.plans.keepForAgain(rest) } as const;
  assert.equal((await restoreRunner(world.deps)(again, gatheringTools())).sentence, '1 item given back.');
  assert.deepEqual(await readdir(target, { recursive: true }), ['b', 'b/1.txt']);
});

test('it gives to a phone what is not there, by type, and audits it', async () => {
  await using world = await testRestores();
  const few = { messages: 4, multimedia: 0, contacts: 2, apps: 0 } as const;
  const storage = phoneFolder({ DCIM: phoneFolder({ 'a.jpg': phoneFile('one') }) });
  const old = await world.plugIn(samplePhone({ serial: 'OLD', storage, ...few }));
  const backup = await world.backUp(wholePhone(old, world.host));
  const audit = gatheringTools();
  const openSource = async () => ({ ...wholePhone(old, world.host), [Symbol.asyncDispose]: async () => {} });
  const { sentence } = await auditRunner({ host: world.host, openSource })(
    { kind: 'audit', device: 'phone' },
    audit,
  );
  assert.match(sentence, /^All \d+ items are in a backup\.$/);
  const none = { messages: 0, multimedia: 0, contacts: 0, apps: 0 } as const;
  await world.plugIn(samplePhone({ serial: 'NEW', release: 16, storage: phoneFolder(), ...none }));
  world.wanted = { paths: [], types: ['photos', 'contacts', 'messages'] };
  const asked: RestoreAsked = { ...toFolder(backup, ''), to: { kind: 'device', device: 'phone' } };
  const plan = await planRestore(asked, world.deps, signal);
  assert.deepEqual(plan.byType, [
    { type: 'photos', new: 1, items: 1 },
    { type: 'contacts', new: 2, items: 2 },
    { type: 'messages', new: 4, items: 4 },
  ]);
  assert.deepEqual(
    world.plans
      .items(plan.plan)
      .new.slice(0, 10)
      .map(({ title }) => title),
    [undefined, '2 contacts', '4 messages'],
  );
  const tools = gatheringTools();
  const end = await restoreRunner(world.deps)({ kind: 'restore', plan: plan.plan }, tools);
  assert.match(end.sentence, /^7 items given back\./);
  assert.deepEqual(end.progress?.balance, { found: 7, verified: 7, waiting: 0, skipped: 0, failed: 0 });
  assert.deepEqual(await readdir(join(world.path, 'home', 'restores')), []);
});

test('it refuses a selection that means nothing: to a restore that would be everything', async () => {
  await using world = await testRestores();
  const backup = await backedUpFolder(world);
  world.wanted = { paths: [], types: [] };
  await assert.rejects(
    planRestore(toFolder(backup, join(world.path, 't')), world.deps, signal),
    /Nothing of this backup/,
  );
});

test('it gives ticked records alone into a folder, and counts them from the tick to the end', async () => {
  await using world = await testRestores();
  const storage = phoneFolder({ DCIM: phoneFolder({ 'a.jpg': phoneFile('one') }) });
  const few = { messages: 4, multimedia: 1, contacts: 3, calls: 2, events: 0, apps: 0 } as const;
  const phone = await world.plugIn(samplePhone({ storage, ...few }));
  const backup = await world.backUp(wholePhone(phone, world.host));
  await using reader = await world.deps.read(signal);
  const contents = await world.contents.ready(backup, signal);
  const page = { limit: 10 };
  const [contact] = contents.records({ type: 'contacts', ...page }).records;
  const messages = contents
    .threads(page)
    .threads.flatMap(({ thread }) => contents.messages(thread, page).messages);
  const selection = {
    types: ['photos' as const, 'calls' as const],
    entries: [contact, ...messages].map((each) => each?.entry ?? 0),
  };
  world.deps.resolve = async (_, ticked, options, stop) => contents.resolve(ticked, options, stop);
  const ticked = await contents.resolve(selection, {}, signal);
  const target = join(world.path, 'target');
  const asked = { ...toFolder(backup, target), selection };
  const plan = await planRestore(asked, world.deps, signal);
  const expected = 1 + 2 + 1 + messages.length;
  assert.deepEqual([ticked.items, plan.items, plan.counts.new], [expected, expected, expected]);
  assert.equal(
    plan.byType.reduce((sum, each) => sum + each.items, 0),
    expected,
  );
  assert.match(
    plan.notes.join(' '),
    /only what is ticked: 1 contact in contacts\/contacts\.vcf, \d+ messages in /,
  );
  const titles = world.plans
    .items(plan.plan)
    .new.slice(0, 100)
    .map(({ title }) => title);
  assert.ok(titles.includes(contact?.title) && titles.includes('2 calls'), String(titles));
  const tools = gatheringTools();
  const end = await restoreRunner(world.deps)({ kind: 'restore', plan: plan.plan }, tools);
  assert.match(end.sentence, new RegExp(`^${expected} items given back`));
  assert.deepEqual(end.progress?.items, { done: expected, total: expected });
  assert.equal(end.progress?.balance?.verified, expected);
  const vcf = await readFile(join(target, 'contacts', 'contacts.vcf'), 'utf8');
  assert.equal(vcf.match(/BEGIN:VCARD/g)?.length, 1);
  const zip = await Array.fromAsync((await contents.chosenFiles(selection, signal)).files);
  const part = zip.find(({ path }) => path === 'contacts/contacts.vcf');
  assert.ok(part);
  const bytes = await Array.fromAsync(chosenBytes(reader.repository, part));
  assert.equal(Buffer.concat(bytes).toString(), vcf);
  assert.equal(plan.files, zip.length);
  const again = await planRestore(asked, world.deps, signal);
  assert.deepEqual([again.counts.new, again.counts['already-there']], [0, expected]);
});

test('it keeps a plan for an hour, and that of a run until it is over', async () => {
  await using world = await testRestores();
  const backup = await backedUpFolder(world);
  const { plan } = await planRestore(toFolder(backup, join(world.path, 'target')), world.deps, signal);
  const { plan: other } = await planRestore(toFolder(backup, join(world.path, 'target')), world.deps, signal);
  await world.plans.begin(plan);
  world.clock.advance(Temporal.Duration.from({ minutes: 61 }));
  assert.equal((await world.plans.asked(plan)).backup, backup);
  await assert.rejects(world.plans.asked(other), (error) => isFailure(error, 'server/gone'));
  for (const id of ['../../password', '', 'x'.repeat(32)])
    await assert.rejects(world.plans.begin(id), (error) => isFailure(error, 'server/gone'), id);
});

test('it gives nothing back into its own folders, nor into a path that is not whole', async () => {
  await using world = await testRestores();
  await symlink(join(world.path, 'home'), join(world.path, 'link'));
  const refused = [
    'relative',
    './x',
    join(world.path, 'home'),
    join(world.path, 'home/repository/data'),
    join(world.path, 'link/new/er'),
    `${world.path}/x/../home/y`,
  ];
  for (const path of refused)
    await assert.rejects(
      allowedFolder(path, world.host),
      (error) => isFailure(error, 'server/conflict'),
      path,
    );
  for (const path of ['home2', '..home', 'new/folder'])
    assert.equal(await allowedFolder(join(world.path, path), world.host), join(world.path, path));
});

test('it plans over the API and lists what it planned a page at a time', async () => {
  await using world = await testRestores();
  const backup = await backedUpFolder(world);
  await using app = await testApp({ routes: (each) => restoreRoutes(each, world.deps) });
  const cookie = await app.enter();
  const body = { backup, selection: {}, to: { kind: 'folder', path: join(world.path, 'target') } };
  const origin = { origin: `http://127.0.0.1:${app.port}` };
  const planned = await app.ask('/api/restores/plans', { method: 'POST', body, cookie, headers: origin });
  assert.equal(planned.status, 200, planned.text);
  const { plan } = JSON.parse(planned.text) as { plan: string };
  const first = await app.ask(`/api/restores/plans/${plan}/items?comesTo=new&limit=1`, { cookie });
  assert.deepEqual(JSON.parse(first.text), {
    items: [{ path: 'files/stuff/a/1.txt', to: 'a/1.txt' }],
    next: '1',
  });
  const second = await app.ask(`/api/restores/plans/${plan}/items?comesTo=new&limit=1&after=1`, { cookie });
  assert.deepEqual(JSON.parse(second.text), { items: [{ path: 'files/stuff/b/1.txt', to: 'b/1.txt' }] });
  assert.equal(
    (await app.ask(`/api/restores/plans/${'0'.repeat(32)}/items?comesTo=new`, { cookie })).status,
    410,
  );
  assert.equal(
    (await app.ask(`/api/restores/plans/${plan}/items?comesTo=new&after=x`, { cookie })).status,
    400,
  );
  assert.deepEqual(app.bugs, []);
});
