import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import {
  type Day,
  dayAtHeight,
  dayOf,
  layOut,
  measuresFor,
  rowAt,
  rowAtHeight,
  whereIs,
} from '#backup/photos/layout.ts';
import { moved } from '#backup/photos/movement.ts';
import { monthAt, scrubMarks } from '#backup/photos/scrubber.ts';

const daysOf = (counts: readonly number[]): Day[] => {
  let from = 0;
  return counts.map((items, index) => {
    const day = new Date(Date.UTC(2024, 5, 30) - index * 86_400_000).toISOString().slice(0, 10);
    const one = { day, from, items };
    from += items;
    return one;
  });
};

const counts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 60 });
const width = fc.integer({ min: 200, max: 2400 });

suite('the layout of the photo grid', () => {
  test('it shows every photo once, in order, in rows that lie under each other without a hole', () => {
    fc.assert(
      fc.property(counts, width, (list, wide) => {
        const layout = layOut(daysOf(list), measuresFor(wide));
        let place = 0;
        let y = 0;
        for (let row = 0; row < layout.rows; row += 1) {
          const line = rowAt(layout, row);
          assert.ok(line);
          assert.ok(Math.abs(line.top - y) < 1e-6);
          y +=
            line.kind === 'headings' ? layout.measures.heading : layout.measures.tile + layout.measures.gap;
          if (line.kind === 'headings') continue;
          assert.equal(line.from, place);
          assert.ok(line.items >= 1 && line.items <= layout.measures.columns);
          place += line.items;
        }
        assert.equal(place, layout.total);
        assert.ok(Math.abs(y - layout.height) < 1e-6);
        assert.equal(rowAt(layout, layout.rows), undefined);
        assert.equal(rowAt(layout, -1), undefined);
      }),
    );
  });

  test('it heads every day once, above its first photo', () => {
    fc.assert(
      fc.property(counts, width, (list, wide) => {
        const days = daysOf(list);
        const layout = layOut(days, measuresFor(wide));
        const headed: string[] = [];
        for (let row = 0; row < layout.rows; row += 1) {
          const line = rowAt(layout, row);
          if (line?.kind !== 'headings') continue;
          for (const { day, column } of line.headings) {
            headed.push(day.day);
            assert.deepEqual(whereIs(layout, day.from), { row: row + 1, column });
          }
        }
        assert.deepEqual(
          headed,
          days.map(({ day }) => day),
        );
      }),
    );
  });

  test('it finds rows by height and places by row', () => {
    fc.assert(
      fc.property(counts, width, fc.double({ min: 0, max: 1, noNaN: true }), (list, wide, part) => {
        const layout = layOut(daysOf(list), measuresFor(wide));
        const place = Math.min(layout.total - 1, Math.floor(part * layout.total));
        const { row, column } = whereIs(layout, place);
        const line = rowAt(layout, row);
        assert.ok(line?.kind === 'tiles');
        assert.equal(line.from + column, place);
        assert.equal(rowAtHeight(layout, line.top + 1), row);
        const day = dayOf(layout, place);
        assert.ok(day && day.from <= place && place < day.from + day.items);
      }),
    );
  });

  test('it puts short days side by side where there is room, and never on a phone', () => {
    const days = daysOf([2, 1, 3, 40]);
    const wide = rowAt(layOut(days, measuresFor(1400)), 0);
    assert.ok(wide?.kind === 'headings');
    assert.equal(wide.headings.length, 3);
    const phone = rowAt(layOut(days, measuresFor(390)), 0);
    assert.ok(phone?.kind === 'headings');
    assert.equal(phone.headings.length, 1);
  });

  test('it lays out nothing for no days', () => {
    const layout = layOut([], measuresFor(390));
    assert.equal(layout.height, 0);
    assert.equal(rowAt(layout, 0), undefined);
    assert.equal(dayAtHeight(layout, 0), undefined);
    assert.equal(moved(layout, 0, 'ArrowDown', 800), undefined);
    assert.equal(monthAt(layout, 0), '');
  });
});

suite('moving through the photo grid by keys', () => {
  const layout = layOut(daysOf([7, 2, 5]), { columns: 4, tile: 100, gap: 0, heading: 50, isPacked: false });
  for (const [key, from, to] of [
    ['ArrowRight', 3, 4],
    ['ArrowRight', 13, 13],
    ['ArrowLeft', 0, 0],
    ['ArrowLeft', 7, 6],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 3, 6],
    ['ArrowDown', 6, 8],
    ['ArrowDown', 13, 13],
    ['ArrowUp', 9, 7],
    ['ArrowUp', 2, 2],
    ['Home', 9, 0],
    ['End', 2, 13],
    ['PageDown', 0, 9],
    ['PageUp', 13, 0],
    ['x', 3, undefined],
  ] as const) {
    test(`it goes from ${from} to ${to} by ${key}`, () => {
      assert.equal(moved(layout, from, key, 450), to);
    });
  }

  test('it never leaves the grid', () => {
    const keys = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown');
    fc.assert(
      fc.property(counts, width, fc.array(keys, { maxLength: 30 }), (list, wide, pressed) => {
        const grid = layOut(daysOf(list), measuresFor(wide));
        let place = 0;
        for (const key of pressed) {
          place = moved(grid, place, key, 700) ?? -1;
          assert.ok(place >= 0 && place < grid.total);
        }
      }),
    );
  });
});

suite('the scrubber', () => {
  test('it names years where they fit and never lets two of them touch', () => {
    const days = daysOf(Array.from({ length: 2000 }, (_, index) => 1 + (index % 9)));
    const layout = layOut(days, measuresFor(390));
    const marks = scrubMarks(layout, 600);
    const years = marks.filter(({ kind }) => kind === 'year');
    assert.deepEqual(
      years.map(({ text }) => text),
      ['2024', '2023', '2022', '2021', '2020', '2019'],
    );
    for (const [index, mark] of marks.entries()) {
      const before = marks[index - 1];
      if (before) assert.ok((mark.at - before.at) * 600 >= 9);
    }
    assert.equal(monthAt(layout, 0), 'June 2024');
  });
});
