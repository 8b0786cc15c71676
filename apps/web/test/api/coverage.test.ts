import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { Coverage } from '../../src/api/coverage.ts';

suite('what a page hears of', () => {
  test('it says from where on nothing is missed, by all answers before the stream', () => {
    const coverage = new Coverage();
    equal(coverage.earliest, undefined);
    for (const asOf of ['a-10', 'a-9', null, 'a-11']) coverage.note(asOf);
    equal(coverage.earliest, 'a-9');
  });

  test('it tells of what an answer may lack, and of nothing else', () => {
    const cases: [before: readonly string[], begin: string, after: readonly string[], missed: number][] = [
      [['a-9', 'a-12'], 'a-9', ['a-9', 'a-13'], 0],
      [['a-9'], 'a-10', [], 1],
      [[], 'a-10', ['a-9', 'a-10', 'a-100'], 1],
      // The server was started again between the first answer and the stream.
      [['a-9'], 'b-0', ['b-0'], 1],
      // It was started again later: the stream says so itself.
      [['a-9'], 'a-9', ['b-0'], 0],
    ];
    for (const [before, begin, after, expected] of cases) {
      const coverage = new Coverage();
      let missed = 0;
      for (const asOf of before) coverage.note(asOf);
      coverage.begin(begin, () => {
        missed += 1;
      });
      for (const asOf of after) coverage.note(asOf);
      equal(missed, expected, JSON.stringify([before, begin, after]));
    }
  });

  test('it begins anew where everything is asked for again', () => {
    const coverage = new Coverage();
    const missed: string[] = [];
    coverage.note('a-3');
    coverage.begin('a-3', () => missed.push('missed'));
    coverage.reset('b-5');
    coverage.note('b-5');
    deepEqual(missed, []);
    coverage.note('b-4');
    deepEqual(missed, ['missed']);
  });

  test('it lets no event fall between an answer and the stream, whatever comes first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { maxLength: 6 }),
        fc.nat(20),
        fc.array(fc.nat(20)),
        (early, now, late) => {
          const coverage = new Coverage();
          let isMissed = false;
          for (const number of early) coverage.note(`a-${number}`);
          const from = coverage.earliest ?? `a-${now}`;
          coverage.begin(from, () => {
            isMissed = true;
          });
          for (const number of late) coverage.note(`a-${number}`);
          const hearsFrom = Number(from.slice(2));
          equal(
            isMissed,
            [...early, ...late].some((number) => number < hearsFrom),
          );
        },
      ),
    );
  });
});
