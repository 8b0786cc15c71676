import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { type InLine, waitsInLine } from '#runs/line.ts';
import { rateOf, type Samples, sampled, secondsLeft } from '#runs/rate.ts';
import { goingOn } from '#runs/run-view.ts';
import type { Progress } from '#runs/runner.ts';
import { stuckSince } from '#runs/stuck.ts';
import { waitFor } from '#runs/waiting.ts';

const phone = (id: string, kind: InLine['kind'] = 'backup'): InLine => ({ kind, device: { id, name: id } });

suite('a line of runs', () => {
  const rows: [title: string, run: InLine, ahead: InLine[], waits: RegExp | undefined][] = [
    ['begins alone', phone('a'), [], undefined],
    ['begins beside another device', phone('a'), [phone('b')], undefined],
    ['waits for its own device', phone('a', 'audit'), [phone('a')], /until a is free/],
    ['waits for a third device', phone('a'), [phone('b'), phone('c')], /another device/],
    ['waits for a prune', phone('a'), [{ kind: 'prune' }], /tidied up/],
    ['waits with a prune for all', { kind: 'prune' }, [phone('a')], /other runs/],
    ['waits with a forget for a check', { kind: 'forget' }, [{ kind: 'check' }], /other runs/],
    ['checks beside a backup', { kind: 'check' }, [phone('a')], undefined],
    ['checks once at a time', { kind: 'check' }, [{ kind: 'check' }], /before it/],
  ];
  for (const [title, run, ahead, waits] of rows)
    test(`it ${title}`, () => {
      const sentence = waitsInLine(run, ahead);
      if (waits === undefined) assert.equal(sentence, undefined);
      else assert.match(sentence ?? '', waits);
    });
});

suite('rates', () => {
  test('it gives bytes a second over the last twenty seconds', () => {
    let samples: Samples = [];
    for (let second = 0; second <= 60; second++)
      samples = sampled(samples, {
        atMs: second * 1000,
        bytes: second < 40 ? 0 : (second - 40) * 500,
        items: 0,
      });
    assert.equal(rateOf(samples), 500);
    assert.equal(secondsLeft(samples, { bytes: 20_000 }), 20);
    assert.equal(secondsLeft(samples, {}), undefined);
    assert.equal(secondsLeft(samples, { bytes: 10_000 }), 0);
  });

  test('it says nothing at the beginning', () => {
    assert.equal(rateOf([]), undefined);
    assert.equal(
      rateOf([
        { atMs: 0, bytes: 0, items: 0 },
        { atMs: 1000, bytes: 5, items: 0 },
      ]),
      undefined,
    );
  });

  test('it keeps few samples, and never says less than nothing', () => {
    const steps = fc.array(
      fc.record({ ms: fc.integer({ min: 0, max: 3000 }), bytes: fc.integer({ min: -5, max: 1000 }) }),
    );
    fc.assert(
      fc.property(steps, (all) => {
        let samples: Samples = [];
        let atMs = 0;
        let bytes = 0;
        for (const step of all) {
          atMs += step.ms;
          bytes = Math.max(0, bytes + step.bytes);
          samples = sampled(samples, { atMs, bytes, items: 0 });
          assert.ok(samples.length <= 45);
          assert.ok((rateOf(samples) ?? 0) >= 0);
          assert.ok((secondsLeft(samples, { bytes: 1000 }) ?? 0) >= 0);
        }
      }),
    );
  });
});

suite('how far a run is that goes on', () => {
  const none = { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 };
  const balance = { ...none, found: 785, verified: 50, waiting: 735 };
  const before = { items: { done: 53, total: 785 }, bytes: { done: 530, total: 7850 }, balance };
  const now = (done: number, total: number | undefined, isFindingOut = true): Progress => ({
    phase: 'looking',
    items: { done, ...(total !== undefined && { total }) },
    bytes: { done: done * 10, ...(total !== undefined && { total: total * 10 }) },
    balance: none,
    isFindingOut,
  });
  const rows: [title: string, now: Progress, done: number, total: number | undefined][] = [
    ['is as far as it was while nothing is known yet', now(0, undefined), 53, 785],
    ['is as far as it was of what there is now', now(20, 800), 53, 800],
    ['is never further than there is', now(20, 40), 40, 40],
    ['is as far as this attempt once it found all again', now(60, 785), 60, 785],
    ['is as far as this attempt once something is new', now(49, 785, false), 49, 785],
  ];
  for (const [title, progress, done, total] of rows)
    test(`it ${title}`, () => {
      const shown = goingOn(before, progress);
      assert.deepEqual(shown.items, { done, total });
      assert.deepEqual(shown.bytes, { done: done * 10, total: (total ?? 0) * 10 });
      assert.equal(shown.balance, done === progress.items.done ? progress.balance : balance);
    });

  test('it begins at nothing where nothing was done before', () => {
    const first = now(0, undefined);
    assert.equal(goingOn({ items: { done: 0 }, bytes: { done: 0 }, balance: none }, first), first);
  });
});

suite('waiting', () => {
  const backup = { kind: 'backup', device: { id: 'p', name: 'Pixel', kind: 'android' } } as const;
  const rows: [code: string, tries: number, waits: 'device' | 'time' | undefined][] = [
    ['adb/gone', 1, 'device'],
    ['adb/gone', 2, 'time'],
    ['adb/gone', 11, undefined],
    ['server/not-in-sight', 1000, 'device'],
    ['repository/locked', 1, 'time'],
    ['repository/locked', 41, undefined],
    ['store/full', 1, 'time'],
    ['store/full', 41, undefined],
    ['repository/wrong-password', 1, 'time'],
    ['engine/no-room', 1, 'time'],
    ['repository/damaged', 1, undefined],
    ['engine/source-empty', 1, undefined],
  ];
  for (const [code, tries, waits] of rows)
    test(`it takes ${code} the ${tries}. time for ${waits ?? 'the end'}`, () => {
      const wait = waitFor({ code, message: 'It is so', hint: 'Do it.', details: {} }, backup, tries);
      assert.equal(wait && (wait.until === 'device' ? 'device' : 'time'), waits);
    });

  test('it does not wait for a phone where there is none', () => {
    assert.equal(
      waitFor({ code: 'adb/gone', message: '', hint: undefined, details: {} }, { kind: 'check' }, 1),
      undefined,
    );
  });

  test('it does not let who asked for a check wait for room', () => {
    const full = { code: 'store/full', message: 'It is full', hint: undefined, details: {} };
    assert.equal(waitFor(full, { kind: 'check' }, 1), undefined);
  });

  test('it says how much more room is needed, where, and what to do', () => {
    const room = { freeBytes: 2_000_000, neededBytes: 3_040_000 };
    const failure = { message: 'It is so', hint: undefined };
    const there = { target: '/media/usb', ...room };
    const restore = waitFor({ ...failure, code: 'engine/no-room', details: there }, { kind: 'restore' }, 1);
    assert.equal(restore?.sentence, 'Waiting for room: 1.1 MB more are needed at /media/usb.');
    assert.match(
      restore?.remedy ?? '',
      /^Free 1\.1 MB there \(3\.0 MB are to be written\): this goes on by itself/,
    );
    assert.deepEqual(restore?.room, { neededBytes: 3_040_000 });
    const full = waitFor({ ...failure, code: 'repository/nearly-full', details: room }, backup, 1);
    assert.equal(
      full?.sentence,
      'Waiting for room: the drive with the backups is full, and at least 1.1 MB more are needed.',
    );
    assert.match(full?.remedy ?? '', /^Free some space on it/);
    assert.deepEqual(full?.room, restore?.room);
  });

  test('it calls a run stuck after as long as its phase allows', () => {
    assert.equal(stuckSince('saving', 0, 60_000), undefined);
    assert.equal(stuckSince('saving', 0, 60_001)?.epochMilliseconds, 0);
    assert.equal(stuckSince('proving', 0, 60_001), undefined);
  });
});
