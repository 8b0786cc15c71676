import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { DoctorComplaint, Evidence } from '@holdfast/contract/api';
import fc from 'fast-check';
import { leftFiles, showRaw, standingOut, tallyOf } from '../../src/doctor/report-view.ts';

const complaint = (code: string, rest: Partial<DoctorComplaint> = {}): DoctorComplaint => ({
  code,
  severity: 'warning',
  title: code,
  explain: '',
  fix: '',
  probes: [],
  fixes: [],
  ...rest,
});
const behind = (code: string, cause: string) => ({ ...complaint(code), behind: cause });
const codes = (list: readonly { readonly code: string }[]): string[] => list.map(({ code }) => code);

suite('standingOut', () => {
  test('it folds what follows from a cause behind it, through others that follow too', () => {
    const { causes, others } = standingOut({
      complaints: [complaint('airplane'), complaint('clock')],
      hidden: [behind('offline', 'airplane'), behind('waits', 'offline'), behind('tls', 'clock')],
    });
    assert.deepEqual(
      causes.map(({ complaint: { code }, followers }) => [code, codes(followers)]),
      [
        ['airplane', ['offline', 'waits']],
        ['clock', ['tls']],
      ],
    );
    assert.deepEqual(others, []);
  });

  test('it keeps what is hidden behind nothing that stands out, and ends where two hide each other', () => {
    const { causes, others } = standingOut({
      complaints: [complaint('clock')],
      hidden: [behind('a', 'b'), behind('b', 'a'), behind('c', 'unknown')],
    });
    assert.deepEqual(causes[0]?.followers, []);
    assert.deepEqual(codes(others), ['a', 'b', 'c']);
  });

  test('it loses no complaint, whatever hides behind what', () => {
    const code = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    fc.assert(
      fc.property(
        fc.uniqueArray(code),
        fc.uniqueArray(fc.tuple(code, code), { selector: ([first]) => first }),
        (seen, pairs) => {
          const hidden = pairs.map(([one, cause]) => behind(one, cause));
          const { causes, others } = standingOut({ complaints: seen.map((one) => complaint(one)), hidden });
          const shown = [...causes.flatMap(({ followers }) => followers), ...others];
          assert.deepEqual(codes(shown).toSorted(), codes(hidden).toSorted());
          assert.deepEqual(codes(causes.map((cause) => cause.complaint)), seen);
        },
      ),
    );
  });
});

test('it lists files of hidden complaints too, and counts those that are not listed', () => {
  const files = [{ path: 'a', why: 'large' }];
  assert.deepEqual(
    leftFiles({
      complaints: [complaint('large', { files }), complaint('offline')],
      hidden: [{ ...behind('small', 'x'), files, fileCount: 431 }],
    }).map(({ code, count }) => [code, count]),
    [
      ['small', 431],
      ['large', 1],
    ],
  );
});

test('it counts answers by what they are', () => {
  const told: Evidence['told'][] = [
    { kind: 'value', value: '1' },
    { kind: 'absent' },
    { kind: 'refused', why: 'locked' },
    { kind: 'absent' },
  ];
  assert.deepEqual(tallyOf(told.map((one) => ({ probe: '', title: '', told: one, asked: '', raw: '' }))), {
    value: 1,
    absent: 2,
    unrecognised: 0,
    refused: 1,
  });
});

suite('showRaw', () => {
  for (const [name, raw, shown] of [
    ['lines and tabs', 'a\r\n\tb\rc\n', 'a\n\tb\nc\n'],
    ['colours of a terminal and zeros', '\u001b[31mred\u0000', '\ufffd[31mred\ufffd'],
    ['marks that turn the writing', 'a\u202eb\u2066c\u200f', 'a\ufffdb\ufffdc\ufffd'],
    ['half of a character', 'a\ud83d', 'a\ufffd'],
  ] as const)
    test(`it shows ${name}`, () => assert.deepEqual(showRaw(raw, 100), { text: shown, left: 0 }));

  test('it cuts what is very long, and says how much', () => {
    assert.deepEqual(showRaw('abcdef', 4), { text: 'abcd', left: 2 });
  });
});
