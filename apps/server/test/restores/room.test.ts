import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Failure } from '@holdfast/kernel';
import { fakeClock, temporaryFolder } from '@holdfast/testkit';
import { roomAt } from '#restores/target.ts';
import { watchRoom } from '#restores/watch-room.ts';
import { Waits } from '#runs/waits.ts';

const FULL = new Failure('engine/no-room', 'It is full', {
  details: { target: '/media/usb', neededBytes: 100, freeBytes: 30 },
});

test('it lets a restore go on with the glance that finds room enough, and no other', async () => {
  const clock = fakeClock();
  const ending = new AbortController();
  const waits = new Waits({ clock, signal: ending.signal, onWake: () => {} });
  for (const id of ['here', 'elsewhere']) {
    // After many tries the next would be minutes away.
    for (let tries = 0; tries < 6; tries++) waits.afterFailure({ id, kind: 'restore' }, FULL, 0);
  }
  const troubles: unknown[] = [];
  const room: Record<string, number | undefined> = { here: 30 };
  const gone = new Error('its drive is gone');
  const watching = watchRoom(
    {
      clock,
      runs: {
        waitingForRoom: () =>
          waits.forRoom().map((wait) => ({ ...wait, request: { kind: 'restore', plan: wait.id } })),
        roomCame: (ids) => {
          for (const id of ids) waits.end(id);
        },
      },
      freeBytes: async ({ id }) => {
        if (room[id] === -1) throw gone;
        return room[id];
      },
      onTrouble: (error) => void troubles.push(error),
    },
    ending.signal,
  );
  const SLEEPERS = 3;
  const glance = async (): Promise<void> => {
    await clock.whenSleeping(SLEEPERS);
    clock.advance(Temporal.Duration.from({ seconds: 5 }));
  };
  await glance();
  await clock.whenSleeping(SLEEPERS);
  deepEqual([waits.has('here'), waits.has('elsewhere')], [true, true]);
  room['here'] = -1;
  room['elsewhere'] = 99;
  await glance();
  await clock.whenSleeping(SLEEPERS);
  deepEqual([waits.has('here'), waits.has('elsewhere')], [true, true]);
  deepEqual(troubles, [gone]);
  room['here'] = 100;
  await glance();
  while (waits.has('here')) await Promise.resolve();
  equal(waits.has('elsewhere'), true);
  ending.abort(new Error('closing'));
  await Promise.all([watching, waits.closed()]);
});

test('it knows the room of a folder that is there, and of a phone by what it said since', async () => {
  await using folder = await temporaryFolder();
  const since = Temporal.Instant.from('2026-11-24T12:00:00Z');
  const phones = new Map([['p', { asked: since, freeBytes: new Map([['internal', 7]]) }]]);
  const of = (to: Parameters<typeof roomAt>[0], more: object = {}): Promise<number | undefined> =>
    roomAt(to, { since, ...more }, phones);
  equal(typeof (await of({ kind: 'folder', path: folder.path })), 'number');
  equal(await of({ kind: 'folder', path: join(folder.path, 'away') }), undefined);
  const phone = { kind: 'device', device: 'p' } as const;
  equal(await of(phone), 7);
  equal(await of(phone, { volume: '1A2B-3C4D' }), undefined);
  equal(await of(phone, { since: since.add({ seconds: 1 }) }), undefined);
  equal(await of({ kind: 'device', device: 'q' }), undefined);
});
