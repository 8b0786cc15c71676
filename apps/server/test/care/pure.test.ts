import { deepEqual, equal, ok } from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { fullInDays, noted, type SizeNote } from '#care/forecast.ts';
import { bytesOf, NEVER_READ, nextPart, partsFor, type ReadAt, readNow, readShare } from '#care/parts.ts';

const DAY_MS = 24 * 3_600_000;

suite('parts of a repository', () => {
  test('it reads everything in a month, however often it is asked to read', () => {
    for (let every = 1; every <= 31; every++) {
      let readAt: ReadAt = NEVER_READ;
      const of = partsFor(every);
      for (let day = 400; day <= 431; day += every)
        readAt = readNow(readAt, bytesOf(nextPart(readAt, of), of), day * DAY_MS);
      equal(readShare(readAt, 431 * DAY_MS), 1, `every ${every} days`);
    }
  });

  test('it still does when how often is changed on the way, from then on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 31 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 15 }),
        (before, every) => {
          let readAt: ReadAt = NEVER_READ;
          let day = 100;
          for (const other of before) {
            readAt = readNow(
              readAt,
              bytesOf(nextPart(readAt, partsFor(other)), partsFor(other)),
              day * DAY_MS,
            );
            day += other;
          }
          const from = day;
          const of = partsFor(every);
          for (let check = 0; check < of; check++, day += every)
            readAt = readNow(readAt, bytesOf(nextPart(readAt, of), of), day * DAY_MS);
          // What other parts hold is as old as it was, and never older than before.
          ok(readAt.filter((time) => time >= from * DAY_MS).length >= 256 / of);
        },
      ),
    );
  });

  test('it takes each byte into one part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 31 }), (of) => {
        const all = Array.from({ length: of }, (_, part) => bytesOf(part + 1, of)).flat();
        deepEqual(
          all.toSorted((a, b) => a - b),
          Array.from({ length: 256 }, (_, byte) => byte),
        );
      }),
    );
  });

  test('it says how much was read in a month', () => {
    equal(readShare(NEVER_READ, 0), 0);
    const half = readNow(NEVER_READ, bytesOf(1, 2), 100 * DAY_MS);
    equal(readShare(half, 131 * DAY_MS), 0.5);
    equal(readShare(half, 131 * DAY_MS + 1), 0);
  });
});

const sizes = (...rows: readonly (readonly [day: string, gigabytes: number])[]): SizeNote[] =>
  rows.map(([day, gigabytes]) => ({ day, usedBytes: gigabytes * 1e9 }));

suite('a forecast', () => {
  const rows: readonly [string, SizeNote[], number | undefined][] = [
    ['no notes', [], undefined],
    ['a day', sizes(['2026-03-01', 5]), undefined],
    ['two days', sizes(['2026-03-01', 5], ['2026-03-02', 50]), undefined],
    ['a gigabyte a day', sizes(['2026-03-01', 5], ['2026-03-11', 15]), 100],
    ['what was removed', sizes(['2026-03-01', 5], ['2026-03-11', 4]), undefined],
    ['what stays as it is', sizes(['2026-03-01', 5], ['2026-03-11', 5]), undefined],
    ['the last four weeks alone', sizes(['2026-01-01', 0], ['2026-03-01', 90], ['2026-03-21', 100]), 200],
    ['more than ten years', sizes(['2026-03-01', 5], ['2026-03-28', 5.1]), undefined],
  ];
  for (const [name, notes, expected] of rows)
    test(`it is made of ${name}`, () => equal(fullInDays(notes, 100e9), expected));

  test('it notes a day once, and forgets the oldest', () => {
    let notes: SizeNote[] = [];
    for (let day = 0; day < 100; day++) {
      const date = Temporal.PlainDate.from('2026-01-01').add({ days: day }).toString();
      for (const usedBytes of [day, day + 1]) notes = noted(notes, { day: date, usedBytes });
    }
    equal(notes.length, 60);
    deepEqual(notes.at(-1), { day: '2026-04-10', usedBytes: 100 });
  });
});
