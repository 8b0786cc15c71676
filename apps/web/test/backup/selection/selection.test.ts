import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ItemType } from '@holdfast/contract';
import fc from 'fast-check';
import {
  dayState,
  folderState,
  isNothing,
  isTicked,
  NOTHING,
  selectionOf,
  setDay,
  setFolder,
  setThings,
  setThread,
  setTypes,
  type Thing,
  type Ticked,
  threadState,
  typesState,
  type Weight,
  weigh,
} from '#backup/selection/selection.ts';
import { tickedStore } from '#backup/selection/store.ts';

const photo = (entry: number, day: string, path: string): Thing & { path: string } => ({
  entry,
  type: 'photos',
  day,
  path,
  items: 1,
  bytes: 10,
});
const one = photo(1, '2024-06-12', '/files/internal/DCIM/1.jpg');
const two = photo(2, '2024-06-12', '/files/internal/DCIM/2.jpg');
const three = photo(3, '2024-06-11', '/files/internal/Pictures/3.jpg');
const dcim = { entry: 10, path: '/files/internal/DCIM', isFolder: true as const, items: 2, bytes: 20 };
const all = { entry: 11, path: '/files/internal', isFolder: true as const, items: 3, bytes: 30 };
const days = new Map([
  ['2024-06-12', { items: 2 }],
  ['2024-06-11', { items: 1 }],
]);
const media = new Map<ItemType, Weight>([
  ['photos', { items: 3, bytes: 30 }],
  ['videos', { items: 0, bytes: 0 }],
]);

suite('what is ticked', () => {
  test('it ticks single things and takes their ticks away', () => {
    const ticked = setThings(NOTHING, [one, two], true);
    assert.deepEqual(selectionOf(ticked), { entries: [1, 2] });
    assert.deepEqual(weigh(ticked), { items: 2, bytes: 20 });
    assert.ok(isNothing(setThings(ticked, [one, two], false)));
  });

  test('it leaves one photo out of all of them', () => {
    const ticked = setThings(setTypes(NOTHING, media, true), [two], false);
    assert.deepEqual(selectionOf(ticked), { types: ['photos', 'videos'], except: [2] });
    assert.equal(isTicked(ticked, one), true);
    assert.equal(isTicked(ticked, two), false);
    assert.deepEqual(weigh(ticked), { items: 2, bytes: 20 });
    assert.equal(typesState(ticked, ['photos', 'videos']), 'some');
    assert.equal(dayState(ticked, '2024-06-12'), 'some');
    assert.equal(dayState(ticked, '2024-06-11'), 'all');
    assert.deepEqual(selectionOf(setThings(ticked, [two], true)), { types: ['photos', 'videos'] });
  });

  test('it leaves one day out of all of them', () => {
    const ticked = setDay(setTypes(NOTHING, media, true), '2024-06-12', days, false);
    assert.deepEqual(selectionOf(ticked), { days: ['2024-06-11'] });
    assert.equal(isTicked(ticked, three), true);
    assert.equal(isTicked(ticked, one), false);
  });

  test('it ticks a day over single ticks in it, and counts them once', () => {
    const ticked = setDay(setThings(NOTHING, [one, three], true), '2024-06-12', days, true);
    assert.deepEqual(selectionOf(ticked), { entries: [3], days: ['2024-06-12'] });
    assert.equal(weigh(ticked).items, 3);
    assert.equal(weigh(ticked).bytes, undefined);
    assert.equal(dayState(setThings(ticked, [two], false), '2024-06-12'), 'some');
  });

  test('it takes a folder along with what is in it, and lets the nearest decide', () => {
    const outer = setFolder(NOTHING, all, true);
    assert.equal(isTicked(outer, three), true);
    const inner = setFolder(outer, dcim, false);
    assert.equal(isTicked(inner, one), false);
    assert.equal(isTicked(inner, three), true);
    assert.equal(folderState(inner, all), 'some');
    assert.equal(folderState(inner, dcim), 'none');
    const single = setThings(inner, [one], true);
    assert.equal(isTicked(single, one), true);
    assert.equal(folderState(single, dcim), 'some');
    assert.deepEqual(selectionOf(single), { entries: [11, 1], except: [10] });
    assert.deepEqual(weigh(single), { items: 2, bytes: 20 });
    assert.deepEqual(selectionOf(setFolder(single, all, true)), { entries: [11] });
  });

  test('it does not take a folder for another that only begins like it', () => {
    const ticked = setFolder(NOTHING, dcim, true);
    assert.equal(isTicked(ticked, photo(9, '2024-01-01', '/files/internal/DCIM2/9.jpg')), false);
  });

  test('it ticks threads, and single messages in and out of them', () => {
    const message: Thing = { entry: 50, type: 'messages', thread: 4, items: 1 };
    const ticked = setThread(NOTHING, 4, { items: 3 }, true);
    assert.equal(isTicked(ticked, message), true);
    const less = setThings(ticked, [message], false);
    assert.deepEqual(selectionOf(less), { threads: [4], except: [50] });
    assert.equal(threadState(less, 4, 3), 'some');
    assert.equal(threadState(less, 4, 1), 'none');
    assert.ok(isNothing(setThread(less, 4, { items: 3 }, false)));
  });

  test('it ticks and unticks in any order and always shows what was last said', () => {
    const step = fc.oneof(
      fc.record({
        what: fc.constant('thing' as const),
        which: fc.integer({ min: 0, max: 2 }),
        isOn: fc.boolean(),
      }),
      fc.record({
        what: fc.constant('folder' as const),
        which: fc.integer({ min: 0, max: 1 }),
        isOn: fc.boolean(),
      }),
      fc.record({
        what: fc.constant('day' as const),
        which: fc.integer({ min: 0, max: 1 }),
        isOn: fc.boolean(),
      }),
      fc.record({ what: fc.constant('types' as const), which: fc.constant(0), isOn: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let ticked: Ticked = NOTHING;
        for (const { what, which, isOn } of steps) {
          if (what === 'thing') {
            const thing = [one, two, three][which] as Thing;
            ticked = setThings(ticked, [thing], isOn);
            assert.equal(isTicked(ticked, thing), isOn);
          } else if (what === 'folder') {
            const folder = [dcim, all][which] as typeof dcim;
            ticked = setFolder(ticked, folder, isOn);
            assert.equal(isTicked(ticked, one), isOn);
          } else if (what === 'day') {
            ticked = setDay(ticked, [...days.keys()][which] as string, days, isOn);
          } else {
            ticked = setTypes(ticked, media, isOn);
          }
          assert.ok(weigh(ticked).items >= 0);
          for (const entry of ticked.except.keys()) assert.ok(!ticked.entries.has(entry));
        }
      }),
    );
  });
});

suite('the store of ticks', () => {
  const memory = () => {
    const kept = new Map<string, string>();
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
  };

  test('it has its ticks again after the page was loaded again', () => {
    const keep = memory();
    tickedStore('a', keep).change((ticked) => setFolder(setThings(ticked, [three], true), dcim, true));
    const again = tickedStore('a', keep).now();
    assert.deepEqual(selectionOf(again), { entries: [3, 10] });
    assert.equal(isTicked(again, one), true);
    assert.ok(isNothing(tickedStore('b', keep).now()));
  });

  test('it clears, and brings back what was cleared by mistake', () => {
    const store = tickedStore('a');
    let heard = 0;
    store.listen(() => (heard += 1));
    store.change((ticked) => setThings(ticked, [one], true));
    store.clear();
    assert.ok(isNothing(store.now()));
    assert.equal(store.canUndo(), true);
    store.undo();
    assert.deepEqual(selectionOf(store.now()), { entries: [1] });
    assert.equal(heard, 3);
  });

  for (const text of ['{', '{"types":3}', 'null', '[]']) {
    test(`it begins with nothing where ${text} was kept`, () => {
      const keep = memory();
      keep.kept.set('a', text);
      assert.ok(isNothing(tickedStore('a', keep).now()));
    });
  }
});
