import { deepEqual, equal, rejects } from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { NotificationChannel } from '@holdfast/contract/api';
import { isFailure } from '@holdfast/kernel';
import { fakeClock, temporaryFolder } from '@holdfast/testkit';
import { AlertBook } from '#alerts/alert-book.ts';
import type { AlertNow } from '#alerts/alerts-of.ts';
import type { AlertFacts } from '#alerts/facts.ts';
import { type AlertWatch, lookOnce, watchAlerts } from '#alerts/watch-alerts.ts';

const alert = (id: string, severity: AlertNow['severity'] = 'warning'): AlertNow => ({
  id,
  severity,
  sentence: `It is ${id}.`,
});

const HOOK: NotificationChannel = { kind: 'webhook', url: 'http://127.0.0.1:9/' };

async function ownBook() {
  const folder = await temporaryFolder();
  const clock = fakeClock();
  const path = join(folder.path, 'alerts');
  return {
    clock,
    path,
    load: () => AlertBook.load(path, clock),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

const idsOf = (book: AlertBook): string[] => book.alerts.map(({ id }) => id);

suite('the book of alerts', () => {
  test('it knows since when something is so, through a restart', async () => {
    await using own = await ownBook();
    const book = await own.load();
    const began = own.clock.now().round({ smallestUnit: 'millisecond', roundingMode: 'floor' }).toString();
    equal(await book.update([alert('a')]), true);
    own.clock.advance(Temporal.Duration.from({ hours: 5 }));
    equal(await book.update([alert('a')]), false);
    const again = await own.load();
    await again.update([alert('a'), alert('b', 'error')]);
    deepEqual(
      again.alerts.map(({ id, since }) => [id, since === began]),
      [
        ['b', false],
        ['a', true],
      ],
    );
    equal((await stat(own.path)).mode & 0o777, 0o600);
  });

  test('it keeps a dismissed one silent until it has ended and begins again', async () => {
    await using own = await ownBook();
    const book = await own.load();
    await book.update([alert('a'), alert('b')]);
    await book.dismiss('a');
    deepEqual(idsOf(book), ['b']);
    deepEqual(book.holding.map(({ id }) => id).toSorted(), ['a', 'b']);
    const again = await own.load();
    await again.update([alert('a')]);
    deepEqual(idsOf(again), []);
    deepEqual(again.toSend([HOOK]), []);
    await again.update([]);
    await again.update([alert('a')]);
    deepEqual(idsOf(again), ['a']);
  });

  test('it knows no others', async () => {
    await using own = await ownBook();
    const book = await own.load();
    await rejects(book.dismiss('a'), (error) => isFailure(error, 'server/unknown'));
  });

  test('it is not brought down by what its file says', async () => {
    await using own = await ownBook();
    for (const text of ['{', '{"alerts":{"a":1}}', '[]']) {
      await writeFile(own.path, text);
      const book = await own.load();
      await book.update([alert('a')]);
      deepEqual(idsOf(book), ['a']);
    }
  });

  test('it has each sent once over each channel, and again later where that failed', async () => {
    await using own = await ownBook();
    const book = await own.load();
    await book.update([alert('a')]);
    const waits: number[] = [];
    for (let minutes = 0; minutes < 3000; minutes++) {
      for (const one of book.toSend([HOOK])) {
        waits.push(minutes);
        await book.tried(one, false);
      }
      own.clock.advance(Temporal.Duration.from({ minutes: 1 }));
    }
    deepEqual(waits, [0, 1, 6, 21, 81, 321, 1041]);
    const other: NotificationChannel = { kind: 'ntfy', url: 'http://127.0.0.1:9/' };
    for (const one of book.toSend([HOOK, other])) await book.tried(one, true);
    const again = await own.load();
    await again.update([alert('a')]);
    deepEqual(again.toSend([HOOK, other]), []);
  });

  test('it tries again soon what failed before the clock was set back', async () => {
    await using own = await ownBook();
    const book = await own.load();
    await book.update([alert('a')]);
    for (const one of book.toSend([HOOK])) await book.tried(one, false);
    deepEqual(book.toSend([HOOK]), []);
    own.clock.advance(Temporal.Duration.from({ hours: -365 * 24 }));
    equal(book.toSend([HOOK]).length, 1);
  });
});

const FACTS: AlertFacts = {
  now: Temporal.Instant.from('2026-03-14T12:00:00Z'),
  notSeenDays: 7,
  devices: [],
  runs: [],
  isStoreThere: true,
  hasBackups: true,
  hasRecoveryKit: false,
};

suite('watching for alerts', () => {
  test('it tells what begins, each minute anew and at once when asked to, and stops', async () => {
    await using own = await ownBook();
    const sent: string[] = [];
    let isTaken = false;
    let changes = 0;
    let again = new AbortController();
    let facts = FACTS;
    const watch: AlertWatch = {
      book: await own.load(),
      clock: own.clock,
      facts: async () => facts,
      channels: () => [HOOK],
      send: async (_channel, { sentence }) => {
        sent.push(sentence.slice(0, 26));
        if (!isTaken) throw new Error('not now');
      },
      again: () => again.signal,
      onChange: () => {
        changes += 1;
      },
      onTrouble: () => {},
    };
    const stopping = new AbortController();
    const watching = watchAlerts(watch, stopping.signal);
    const minute = async (): Promise<void> => {
      await own.clock.whenSleeping(1);
      own.clock.advance(Temporal.Duration.from({ minutes: 1 }));
      await own.clock.whenSleeping(1);
    };
    await minute();
    isTaken = true;
    for (let minutes = 0; minutes < 7; minutes++) await minute();
    facts = { ...FACTS, hasRecoveryKit: true };
    await minute();
    facts = { ...FACTS, hasRecoveryKit: true, missedFiles: 2 };
    const first = again;
    again = new AbortController();
    first.abort();
    await own.clock.whenSleeping(1);
    stopping.abort();
    await watching;
    deepEqual(sent, [...Array(3).fill('There is no recovery kit: '), 'Backups are damaged: 2 fil']);
    equal(changes, 3);
    equal(own.clock.sleeperCount, 0);
  });

  test('it lets no channel wait for another, and tries one that fails once a look', async () => {
    await using own = await ownBook();
    const other: NotificationChannel = { kind: 'webhook', url: 'http://127.0.0.1:10/' };
    const hangs = Promise.withResolvers<void>();
    const told: string[] = [];
    const watch: AlertWatch = {
      book: await own.load(),
      clock: own.clock,
      facts: async () => ({ ...FACTS, isStoreThere: false, lastCheck: { isClean: false, findings: 1 } }),
      channels: () => [HOOK, other],
      send: async (channel) => {
        told.push(channel === HOOK ? 'hangs' : 'takes');
        if (channel === HOOK) await hangs.promise;
        else if (told.length === 4) hangs.reject(new Error('it took too long'));
      },
      again: () => new AbortController().signal,
      onChange: () => {},
      onTrouble: (error) => told.push(String(error)),
    };
    await lookOnce(watch, new AbortController().signal);
    deepEqual(told, ['hangs', 'takes', 'takes', 'takes']);
  });

  test('it leaves alerts as they are when facts cannot be had', async () => {
    await using own = await ownBook();
    const book = await own.load();
    const troubles: unknown[] = [];
    const watch: AlertWatch = {
      book,
      clock: own.clock,
      facts: async () => FACTS,
      channels: () => [],
      send: async () => {},
      again: () => new AbortController().signal,
      onChange: () => {},
      onTrouble: (error) => troubles.push(error),
    };
    const { signal } = new AbortController();
    await lookOnce(watch, signal);
    const failing = { ...watch, facts: () => Promise.reject(new Error('no')) };
    await lookOnce(failing, signal);
    deepEqual([idsOf(book), troubles.length], [['no-recovery-kit'], 1]);
  });
});
