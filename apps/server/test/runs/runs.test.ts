import assert from 'node:assert/strict';
import { readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Run, RunItem } from '@holdfast/contract/api';
import { Failure, isFailure } from '@holdfast/kernel';
import { type FakeClock, fakeClock, temporaryFolder } from '@holdfast/testkit';
import { testRuns } from '../../test-setup/test-runs.ts';

const item = (path: string): RunItem => ({
  path,
  state: 'failed',
  reason: 'vanished',
  sentence: 'It is gone.',
});
const SHOW = Temporal.Duration.from({ milliseconds: 250 });
const progress = (done: number) =>
  ({ phase: 'saving', items: { done }, bytes: { done, total: 100 } }) as const;

/** Its sleeps are over at once, and what it shows is set apart from them: as a computer's, which a person or the network sets. */
function clockSetByHand(): FakeClock {
  const clock = fakeClock();
  return {
    ...clock,
    now: () => clock.now(),
    sleep: (_duration, signal) =>
      new Promise((resolve, reject) => {
        setImmediate(() => (signal?.aborted ? reject(signal.reason as Error) : resolve()));
      }),
  };
}
const GONE = new Failure('adb/gone', 'The phone was unplugged', { retry: 'later' });

suite('runs', () => {
  test('it does a run, shows how far it is and keeps what was set aside', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, clock, when, begun } = await testRuns(folder.path);
    const { id } = await runs.start({ kind: 'backup', device: 'a' }, 'person');
    const attempt = await next();
    attempt.report(() => ({ ...progress(10), current: 'DCIM/a.jpg' }));
    for (const path of ['a', 'b', 'c']) attempt.setAside(item(path));
    await clock.whenSleeping(1);
    clock.advance(SHOW);
    const shown = await when(id, ({ current }) => current !== undefined);
    assert.deepEqual(shown.state, { kind: 'running', phase: 'saving' });
    assert.equal(shown.setAside, 3);
    attempt.end({ sentence: 'All is safe.', snapshot: 'ab'.repeat(32) });
    const done = await when(id, ({ state }) => state.kind === 'done');
    assert.equal(done.snapshot, 'ab'.repeat(32));
    assert.equal(done.current, undefined);
    assert.ok(done.ended !== undefined);
    const first = await runs.items(id, {}, { limit: 2 });
    assert.deepEqual(
      first.items.map(({ path }) => path),
      ['a', 'b'],
    );
    const second = await runs.items(id, {}, { limit: 2, after: first.next });
    assert.deepEqual(
      second.items.map(({ path }) => path),
      ['c'],
    );
    assert.deepEqual((await runs.items(id, { states: ['skipped'] }, { limit: 2 })).items, []);
    await assert.rejects(runs.items(id, {}, { limit: 2, after: '../1' }), (error) =>
      isFailure(error, 'server/bad-request'),
    );
    assert.equal(begun.length, 1);
    await assert.rejects(runs.resume(id), (error) => isFailure(error, 'server/conflict'));
    await runs.close();
  });

  test('it begins runs, and lists what they set aside, though the folder of their journals was removed', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, when, bugs } = await testRuns(folder.path);
    await rm(join(folder.path, 'runs'), { recursive: true });
    const { id } = await runs.start({ kind: 'backup', device: 'a' }, 'person');
    const attempt = await next();
    await rm(join(folder.path, 'runs'), { recursive: true });
    attempt.setAside(item('a'));
    attempt.end({ sentence: 'All is safe.' });
    await when(id, ({ state }) => state.kind === 'done');
    assert.deepEqual((await runs.items(id, {}, { limit: 9 })).items, [item('a')]);
    await runs.close();
    const second = await testRuns(folder.path);
    assert.equal(second.runs.get(id).state.kind, 'done');
    assert.deepEqual(bugs, []);
    await second.runs.close();
  });

  test('it lists what was set aside under names that end a line for some', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, when } = await testRuns(folder.path);
    const { id } = await runs.start({ kind: 'backup', device: 'a' }, 'person');
    const names = ['a\u2028b', 'a\nb\rc', 'a\u2029', 'a\u0085\udcff', 'last'];
    const attempt = await next();
    for (const path of names) attempt.setAside(item(path));
    attempt.end({ sentence: 'All is safe.' });
    await when(id, ({ state }) => state.kind === 'done');
    const listed: string[] = [];
    for (let after: string | undefined = '0'; after !== undefined; ) {
      const page = await runs.items(id, {}, { limit: 1, after });
      listed.push(...page.items.map(({ path }) => path));
      after = page.next;
    }
    assert.deepEqual(listed, names);
    await runs.close();
  });

  test('it tries again at once what waits for its next try, when a person asks', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, when, begun } = await testRuns(folder.path);
    const { id } = await runs.start({ kind: 'backup', device: 'a' }, 'rule');
    (await next()).fail(GONE);
    await when(id, ({ state }) => state.kind === 'waiting' && state.remedy !== undefined);
    assert.equal((await runs.start({ kind: 'backup', device: 'a' }, 'rule')).id, id);
    assert.equal(begun.length, 1);
    assert.equal((await runs.start({ kind: 'backup', device: 'a' }, 'person')).id, id);
    (await next()).end({ sentence: 'All is safe.' });
    await when(id, ({ state }) => state.kind === 'done');
    await runs.close();
  });

  test('it waits for its phone when the cable is pulled, and goes on by itself', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, when, begun, clock } = await testRuns(folder.path);
    const { id } = await runs.start({ kind: 'backup', device: 'a' }, 'rule');
    const first = await next();
    first.report(() => progress(10));
    const before = clock.now();
    clock.advance(SHOW);
    first.fail(GONE);
    const waiting = await when(id, ({ state }) => state.kind === 'waiting' && state.remedy !== undefined);
    assert.match(JSON.stringify(waiting.state), /Plug the phone in again/);
    runs.inSight(new Set(['b']), clock.now());
    // A look that began before the cable was pulled still shows the phone.
    runs.inSight(new Set(['a']), before);
    assert.equal(runs.get(id).state.kind, 'waiting');
    assert.equal(begun.length, 1);
    runs.inSight(new Set(['a']), clock.now());
    (await next()).end({ sentence: 'All is safe.' });
    await when(id, ({ state }) => state.kind === 'done');
    await runs.close();
  });

  test('it goes on with its phone though the clock was set back', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, when, clock } = await testRuns(folder.path);
    const { id } = await runs.start({ kind: 'backup', device: 'a' }, 'rule');
    (await next()).fail(GONE);
    await when(id, ({ state }) => state.kind === 'waiting' && state.remedy !== undefined);
    clock.advance(Temporal.Duration.from({ hours: -365 * 24 }));
    // A look that began before then says nothing of now.
    for (let look = 0; look < 2; look++) {
      runs.inSight(new Set(['a']), clock.now());
      clock.advance(Temporal.Duration.from({ seconds: 3 }));
    }
    const second = await next();
    second.end({ sentence: 'All is safe.' });
    await when(id, ({ state }) => state.kind === 'done');
    await runs.close();
  });

  test('it shows how far it is though the clock was set back meanwhile', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, when, clock } = await testRuns(folder.path, clockSetByHand());
    const { id } = await runs.start({ kind: 'backup', device: 'a' }, 'rule');
    const attempt = await next();
    attempt.report(() => progress(5));
    await when(id, ({ bytes }) => bytes.done === 5);
    clock.advance(Temporal.Duration.from({ hours: -24 }));
    attempt.report(() => progress(7));
    await when(id, ({ bytes }) => bytes.done === 7);
    attempt.end({ sentence: 'All is safe.' });
    await when(id, ({ state }) => state.kind === 'done');
    await runs.close();
  });

  test('it begins nothing that cannot be written down, and ends what was begun before', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, when, begun, bugs } = await testRuns(folder.path);
    const first = await runs.start({ kind: 'backup', device: 'a' }, 'person');
    const attempt = await next();
    const second = await runs.start({ kind: 'prune' }, 'person');
    const journals = join(folder.path, 'runs');
    await rename(journals, `${journals}-away`);
    await symlink(join(folder.path, 'nowhere', 'runs'), journals);
    await assert.rejects(runs.start({ kind: 'check' }, 'person'), (error) => isFailure(error, 'home/folder'));
    assert.deepEqual(
      runs.unfinished().map(({ id }) => id),
      [first.id, second.id],
    );
    attempt.end({ sentence: 'All is safe.' });
    await when(first.id, ({ state }) => state.kind === 'done');
    await next();
    assert.match((await runs.stop(second.id)).state.kind, /^stopp(ing|ed)$/);
    await when(second.id, ({ state }) => state.kind === 'stopped');
    await rm(journals);
    await rename(`${journals}-away`, journals);
    await runs.close();
    assert.equal(begun.length, 2);
    assert.deepEqual(bugs, []);
    const again = await testRuns(folder.path);
    assert.deepEqual(again.runs.unfinished(), []);
  });

  test('it gives up when nothing moves any more, try after try', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, clock, when } = await testRuns(folder.path);
    const { id } = await runs.start({ kind: 'backup', device: 'a' }, 'rule');
    for (let tries = 1; tries <= 10; tries++) {
      (await next()).fail(GONE);
      await when(id, ({ state }) => state.kind === 'waiting' && state.remedy !== undefined);
      if (tries === 1) runs.inSight(new Set(['a']), clock.now());
      else {
        await clock.whenSleeping(1);
        clock.advance(Temporal.Duration.from({ minutes: 5 }));
      }
    }
    (await next()).fail(GONE);
    const failed = await when(id, ({ state }) => state.kind === 'failed');
    assert.equal(failed.state.kind === 'failed' && failed.state.problem.code, 'adb/gone');
    await runs.close();
  });

  test('it pauses, goes on and stops', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, when, clock } = await testRuns(folder.path);
    const { id } = await runs.start({ kind: 'backup', device: 'a' }, 'person');
    const first = await next();
    assert.match((await runs.pause(id)).state.kind, /^paus(ing|ed)$/);
    assert.ok(first.signal.aborted);
    await when(id, ({ state }) => state.kind === 'paused');
    runs.inSight(new Set(['a']), clock.now());
    assert.equal(runs.get(id).state.kind, 'paused');
    // Asked for again it is the same.
    assert.equal((await runs.start({ kind: 'backup', device: 'a' }, 'person')).id, id);
    await next();
    assert.match((await runs.stop(id)).state.kind, /^stopp(ing|ed)$/);
    await when(id, ({ state }) => state.kind === 'stopped');
    await assert.rejects(runs.pause(id), (error) => isFailure(error, 'server/conflict'));
    assert.throws(
      () => runs.get('../a'),
      (error) => isFailure(error, 'server/unknown'),
    );
    await runs.close();
  });

  test('it goes on at how far it was, after a pause and after a restart, until it knows better', async () => {
    await using folder = await temporaryFolder();
    const first = await testRuns(folder.path);
    const { id } = await first.runs.start({ kind: 'backup', device: 'a' }, 'person');
    const attempt = await first.next();
    attempt.report(() => ({ ...progress(53), items: { done: 53, total: 785 } }));
    await first.runs.pause(id);
    await first.when(id, ({ state }) => state.kind === 'paused');
    await first.runs.resume(id);
    const asFar = { items: { done: 53, total: 785 }, bytes: { done: 53, total: 100 } };
    const isAsFar = ({ items, bytes }: Run): void => assert.deepEqual({ items, bytes }, asFar);
    const finding = (done: number) =>
      ({ phase: 'looking', items: { done }, bytes: { done }, isFindingOut: true }) as const;
    const show = async ({ clock }: { clock: FakeClock }): Promise<void> => {
      await clock.whenSleeping(1);
      clock.advance(SHOW);
    };
    (await first.next()).report(() => finding(3));
    await show(first);
    isAsFar(await first.when(id, ({ state }) => state.kind === 'running' && state.phase === 'looking'));
    await first.runs.close();
    const second = await testRuns(folder.path);
    isAsFar(second.runs.get(id));
    second.runs.go();
    const again = await second.next();
    again.report(() => finding(0));
    await show(second);
    isAsFar(await second.when(id, ({ state }) => state.kind === 'running' && state.phase === 'looking'));
    again.report(() => ({ ...progress(49), items: { done: 49, total: 785 } }));
    again.end({ sentence: 'All is safe.' });
    const done = await second.when(id, ({ state }) => state.kind === 'done');
    assert.deepEqual(done.items, { done: 49, total: 785 });
    await second.runs.close();
  });

  test('it goes on after a restart with what was under way, and keeps what was paused', async () => {
    await using folder = await temporaryFolder();
    const first = await testRuns(folder.path);
    const going = await first.runs.start({ kind: 'backup', device: 'a' }, 'person');
    const paused = await first.runs.start({ kind: 'audit', device: 'b' }, 'person');
    await first.next();
    await first.next();
    await first.runs.pause(paused.id);
    await first.when(paused.id, ({ state }) => state.kind === 'paused');
    await first.runs.close();
    await writeFile(join(folder.path, 'runs', '20260101t000000-00000000.json'), '{"half');
    const second = await testRuns(folder.path);
    assert.equal(second.runs.get(going.id).state.kind, 'waiting');
    assert.equal(second.runs.get(paused.id).state.kind, 'paused');
    second.runs.go();
    const { request, end } = await second.next();
    assert.deepEqual(request, { kind: 'backup', device: 'a' });
    end({ sentence: 'All is safe.' });
    await second.when(going.id, ({ state }) => state.kind === 'done');
    assert.deepEqual(second.bugs, []);
    await second.runs.close();
    const third = await testRuns(folder.path);
    assert.equal(third.runs.get(going.id).state.kind, 'done');
    await third.runs.close();
  });

  test('it does what the line allows: two devices at once, and the repository’s own work alone', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, begun, when } = await testRuns(folder.path);
    for (const device of ['a', 'b', 'c']) await runs.start({ kind: 'backup', device }, 'rule');
    const prune = await runs.start({ kind: 'prune' }, 'person');
    const last = await runs.start({ kind: 'backup', device: 'd' }, 'rule');
    const [a, b] = [await next(), await next()];
    assert.equal(begun.length, 2);
    a.end({ sentence: '' });
    const c = await next();
    b.end({ sentence: '' });
    c.end({ sentence: '' });
    assert.equal((await next()).request.kind, 'prune');
    assert.match(JSON.stringify(runs.get(last.id).state), /tidied up/);
    await runs.stop(prune.id);
    assert.deepEqual((await next()).request, { kind: 'backup', device: 'd' });
    await when(prune.id, ({ state }) => state.kind === 'stopped');
    await runs.close();
  });

  test('it shows since when nothing has moved', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, clock, when } = await testRuns(folder.path);
    const { id } = await runs.start({ kind: 'backup', device: 'a' }, 'rule');
    const moved = clock.now();
    (await next()).report(() => progress(1));
    await clock.whenSleeping(1);
    clock.advance(Temporal.Duration.from({ seconds: 61 }));
    const stuck = await when(id, ({ stuckSince }) => stuckSince !== undefined);
    assert.equal(
      stuck.stuckSince,
      moved
        .round('millisecond')
        .toString()
        .replace(/\.\d+Z/, '.535Z'),
    );
    await runs.close();
  });

  test('it tells a bug, and fails with it', async () => {
    await using folder = await temporaryFolder();
    const { runs, next, when, bugs } = await testRuns(folder.path);
    const { id } = await runs.start({ kind: 'check' }, 'person');
    (await next()).fail(new TypeError('oops'));
    const failed = await when(id, ({ state }) => state.kind === 'failed');
    assert.ok(!JSON.stringify(failed).includes('oops'));
    assert.equal(bugs.length, 1);
    const files = await readdir(join(folder.path, 'runs'));
    await runs.close();
    assert.ok(files.includes(`${id}.json`));
    assert.match(await readFile(join(folder.path, 'runs', `${id}.json`), 'utf8'), /server\/bug/);
  });
});
