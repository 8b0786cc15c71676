import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { openCatalog } from '@holdfast/catalog';
import type { Rules, RunRequest, Settings } from '@holdfast/contract/api';
import { DEFAULT_RULES, DEFAULT_SETTINGS, openHere } from '@holdfast/home';
import { isFailure } from '@holdfast/kernel';
import { listSnapshots } from '@holdfast/repository';
import { type Care, openCare } from '#care/care.ts';
import { type BackedUpHome, backedUpHome, runTools } from '../../test-setup/backed-up-home.ts';
import { testApp } from '../../test-setup/test-app.ts';

/** A backed-up home with care for it. */
async function caredFor(settings: Partial<Settings> = {}, rules: Partial<Rules> = {}) {
  const own = await backedUpHome();
  const { clock } = own.host;
  const open = (): Promise<Care> =>
    openCare({
      host: own.host,
      catalog: openCatalog(':memory:', { clock }),
      onLedger: async () => {},
      settings: {
        settings: { ...DEFAULT_SETTINGS, ...settings },
        rulesOf: () => ({ ...DEFAULT_RULES, ...rules }),
      },
      onChange: () => {},
      makeWay: async () => ({ [Symbol.dispose]() {} }),
    });
  return { own, open, care: await open(), [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() };
}

/** Runs what is asked for; gives its sentence and what it set aside. */
async function runIt(
  care: Care,
  request: Extract<RunRequest, { kind: 'check' | 'drill' | 'forget' | 'prune' }>,
) {
  const tools = runTools();
  const runner = care.runners[request.kind] as (
    request: unknown,
    tools: unknown,
  ) => Promise<{ readonly sentence: string }>;
  const { sentence } = await runner(request, tools);
  care.look.stale();
  return { sentence, items: tools.items, progress: tools.progress() };
}

async function packsOf({ home }: BackedUpHome): Promise<string[]> {
  const names = await readdir(join(home, 'repository/data'), { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** The care of a home over the API. */
async function asked(care: Care) {
  const app = await testApp({ routes: (fastify) => care.routes(fastify) });
  const cookie = await app.enter();
  return {
    async ask(path: string, method = 'GET', body?: unknown) {
      const { status, text } = await app.ask(path, { method, cookie, ...(body !== undefined && { body }) });
      return { status, json: JSON.parse(text) };
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

suite('a check', () => {
  test('it finds nothing wrong with what is whole, and says how much was read', async () => {
    await using cared = await caredFor();
    await cared.own.backUp();
    const { sentence, items } = await runIt(cared.care, { kind: 'check', all: true });
    deepEqual([sentence, items], ['No damage was found.', []]);
    await using api = await asked(cared.care);
    const { json } = await api.ask('/api/repository');
    deepEqual(
      [json.lastCheck.isClean, json.readBackShare, json.backups, json.keys, json.hasRecoveryKit],
      [true, 1, 1, 1, false],
    );
    ok(json.lastCheck.readBytes > 3_000_000);
    match(json.nextCheck, /^2026-03-21T/);
  });

  test('it remembers damage until what was damaged is read again and whole, through a restart', async () => {
    await using cared = await caredFor();
    await cared.own.backUp();
    const [pack = ''] = await packsOf(cared.own);
    const whole = await readFile(pack);
    await rm(pack);
    await writeFile(
      pack,
      Uint8Array.from(whole, (byte, at) => (at === 5 ? byte ^ 1 : byte)),
    );
    const { sentence, items } = await runIt(cared.care, { kind: 'check', all: true });
    match(sentence, /damage/);
    ok(items.every(({ state, reason }) => state === 'failed' && reason === 'damaged-in-backup'));
    const again = await cared.open();
    equal((await again.facts()).lastCheck?.isClean, false);
    // A part that the pack is not in says nothing of it.
    const byte = Number.parseInt(pack.split('/').at(-1)?.slice(0, 2) ?? '', 16);
    const { readAt } = JSON.parse(await readFile(join(cared.own.home, 'care'), 'utf8'));
    equal(readAt[byte], cared.own.clock.now().epochMilliseconds);
    await rm(pack);
    await writeFile(pack, whole);
    await runIt(again, { kind: 'check', all: true });
    equal((await again.facts()).lastCheck?.isClean, true);
  });
});

suite('a drill', () => {
  test('it proves that backups can be given back, and leaves nothing behind', async () => {
    await using cared = await caredFor();
    await cared.own.backUp();
    const { sentence, items, progress } = await runIt(cared.care, { kind: 'drill' });
    equal(sentence, '14 items of a device were given back and came back as saved.');
    deepEqual(items, []);
    deepEqual(progress?.items, { done: 14, total: 14 });
    ok(cared.care.provedRestorable !== undefined);
    ok(!(await readdir(cared.own.home)).includes('drill'));
  });

  test('it tells what did not come back', async () => {
    await using cared = await caredFor();
    await cared.own.backUp();
    for (const pack of await packsOf(cared.own)) {
      const whole = await readFile(pack);
      // The packs of folders are needed to find anything at all.
      if (whole.length < 1_000_000) continue;
      await rm(pack);
      await writeFile(
        pack,
        Uint8Array.from(whole, (byte, at) => (at % 1000 === 5 ? byte ^ 1 : byte)),
      );
    }
    const { sentence, items } = await runIt(cared.care, { kind: 'drill' });
    match(sentence, /did not come back as saved/);
    ok(items.some(({ path }) => path === 'files/from/long.bin'));
    equal((await cared.care.facts()).lastDrill?.isGood, false);
    equal(cared.care.provedRestorable, undefined);
    ok(!(await readdir(cared.own.home)).includes('drill'));
  });
});

suite('retention', () => {
  test('it plans by the rules of a device, removes that, and makes room', async () => {
    await using cared = await caredFor({}, { retention: { keepLast: 1 } });
    const old = await cared.own.backUp();
    cared.own.clock.advance(Temporal.Duration.from({ hours: 48 }));
    await writeFile(join(cared.own.from, 'long.bin'), 'short now');
    const newest = await cared.own.backUp();
    await using api = await asked(cared.care);
    const { status, json } = await api.ask('/api/repository/forget-plan', 'POST', {});
    equal(status, 200);
    deepEqual(
      [json.keep.map(({ id }: { id: string }) => id), json.remove.map(({ id }: { id: string }) => id)],
      [[newest], [old]],
    );
    equal((await runIt(cared.care, { kind: 'forget', plan: json.plan })).sentence, 'Removed a backup.');
    const after = (await api.ask('/api/repository')).json;
    equal(after.backups, 1);
    ok(after.lastPrune.freedBytes > 2_000_000);
    equal((await runIt(cared.care, { kind: 'check', all: true })).sentence, 'No damage was found.');
    equal((await runIt(cared.care, { kind: 'prune' })).sentence, 'There was nothing to remove.');
  });

  test('it keeps everything where nothing else was chosen, and what other programs made', async () => {
    await using cared = await caredFor();
    await cared.own.backUp();
    await cared.own.backUp();
    await using api = await asked(cared.care);
    const all = (await api.ask('/api/repository/forget-plan', 'POST', {})).json;
    deepEqual([all.keep.length, all.remove.length], [2, 0]);
    const asIf = (await api.ask('/api/repository/forget-plan', 'POST', { retention: { keepLast: 1 } })).json;
    deepEqual([asIf.keep.length, asIf.remove.length], [1, 1]);
    const other = (await api.ask('/api/repository/forget-plan', 'POST', { device: 'no-such' })).json;
    deepEqual([other.keep.length, other.remove.length], [0, 0]);
  });

  test('it removes nothing by a plan that is too old, unknown, or not true any more', async () => {
    await using cared = await caredFor({}, { retention: { keepLast: 1 } });
    await cared.own.backUp();
    cared.own.clock.advance(Temporal.Duration.from({ hours: 1 }));
    const newest = await cared.own.backUp();
    await using api = await asked(cared.care);
    const plan = async (): Promise<string> =>
      (await api.ask('/api/repository/forget-plan', 'POST', {})).json.plan;
    const gone = (error: unknown): boolean => isFailure(error, 'server/gone');
    await rejects(runIt(cared.care, { kind: 'forget', plan: 'none' }), gone);
    const old = await plan();
    cared.own.clock.advance(Temporal.Duration.from({ minutes: 61 }));
    await rejects(runIt(cared.care, { kind: 'forget', plan: old }), gone);
    const untrue = await plan();
    await rm(join(cared.own.home, 'repository/snapshots', newest));
    await rejects(runIt(cared.care, { kind: 'forget', plan: untrue }), (error) =>
      isFailure(error, 'server/conflict'),
    );
    const { repository } = await openHere(cared.own.host);
    equal((await listSnapshots(repository)).entries.length, 1);
  });
});

suite('the password of the repository', () => {
  test('it is changed for who knows it, and then there is no recovery kit until a new one is made', async () => {
    await using cared = await caredFor();
    const before = await cared.own.password();
    await using api = await asked(cared.care);
    const kit = (await api.ask('/api/repository/recovery-kit', 'POST')).json.text;
    ok(kit.includes(before));
    const hasKit = async () => (await api.ask('/api/repository')).json.hasRecoveryKit;
    equal(await hasKit(), true);
    const change = (current: string, next: string) =>
      api.ask('/api/repository/password', 'POST', { current, next });
    const refused = await change('wrong', 'a new password');
    deepEqual([refused.status, refused.json.code], [403, 'server/wrong-password']);
    equal(await cared.own.password(), before);
    equal((await change(before, 'a new password')).status, 200);
    equal(await cared.own.password(), 'a new password');
    equal(await hasKit(), false);
    ok((await api.ask('/api/repository/recovery-kit', 'POST')).json.text.includes('a new password'));
    equal(await hasKit(), true);
  });

  test('it says of a drive that is away that it is away', async () => {
    await using cared = await caredFor();
    await rm(join(cared.own.home, 'repository'), { recursive: true });
    await using api = await asked(cared.care);
    const { status, json } = await api.ask('/api/repository');
    deepEqual([status, json.backups, json.usedBytes, json.keys], [200, 0, 0, 0]);
    // Never seen, it is not missed.
    equal((await cared.care.facts()).isStoreThere, true);
  });

  test('it misses a drive at once, though it looked a moment ago, and sees at once that it is back', async () => {
    await using cared = await caredFor();
    const place = join(cared.own.home, 'repository');
    const keys = async (): Promise<number> => (await cared.care.view()).keys;
    equal(await keys(), 1);
    await rename(place, `${place}.away`);
    equal(await keys(), 0);
    // On the first day too, before anybody noted how large it is.
    equal((await cared.care.facts()).isStoreThere, false);
    await rename(`${place}.away`, place);
    equal(await keys(), 1);
  });
});
