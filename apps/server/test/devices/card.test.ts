import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Alert, Card, Run } from '@holdfast/contract/api';
import { OPERATIONS } from '@holdfast/contract/api';
import fc from 'fast-check';
import { doubtOf } from '#alerts/doubt.ts';
import { lastTryOf } from '#devices/automatic.ts';
import { type CardFacts, cardOf } from '#devices/card.ts';
import { verdictOf } from '#devices/verdict.ts';

const NOW = Temporal.Instant.from('2026-03-14T15:00:00Z');
const ago = (duration: Temporal.DurationLike): Temporal.Instant => NOW.subtract(duration);
const balance = (verified: number, waiting = 0, skipped = 0, failed = 0) => ({
  found: verified + waiting + skipped + failed,
  verified,
  waiting,
  skipped,
  failed,
});

const SAFE: CardFacts = {
  device: { id: 'android-1', name: 'Pixel 8', kind: 'android' },
  now: NOW,
  lastSeen: NOW,
  route: 'cable',
  balance: balance(12_402),
  refused: 0,
  held: 0,
  rules: { isOn: true },
  lastBackup: { id: 'ab'.repeat(32), time: ago({ minutes: 2 }).toString(), proved: 'cache' },
  decision: { kind: 'nothing-due' },
  notSeenDays: 7,
};
const isError = ({ severity }: Alert): boolean => severity === 'error';
const { lastBackup: _last, ...NEVER } = { ...SAFE, balance: balance(0) };

const run = (more: Partial<Run>): Run => ({
  id: 'r1',
  kind: 'backup',
  startedBy: 'rule',
  began: NOW.toString(),
  state: { kind: 'running', phase: 'saving' },
  balance: balance(31, 509),
  items: { done: 31, total: 540 },
  bytes: { done: 100, total: 2_100_000_100 },
  setAside: 0,
  lastSetAside: [],
  ...more,
});

type Row = [
  title: string,
  facts: CardFacts,
  state: Card['state'],
  sentence: string | RegExp,
  button: Card['button']['action']['kind'],
  number?: [number, string],
];

const rows: Row[] = [
  [
    'is safe',
    SAFE,
    'safe',
    'Everything is backed up: 12,402 items, proved 2 minutes ago.',
    'view-backup',
    [12_402, 'items safe'],
  ],
  [
    'was safe, while the drive of the backups is away',
    { ...SAFE, doubt: 'Its drive is away.' },
    'in-doubt',
    'Everything was backed up, proved 2 minutes ago. Whether it is still safe is not known now.',
    'back-up',
    [12_402, 'items proved so far'],
  ],
  ['is safe when it is away', { ...SAFE, route: undefined }, 'safe', /Everything/, 'view-backup'],
  ['skipped some', { ...SAFE, refused: 29, balance: balance(10, 0, 29) }, 'safe', /10 items/, 'see-items'],
  [
    'was told to hold one back',
    { ...SAFE, held: 1, balance: balance(10, 1) },
    'safe',
    /10 items/,
    'view-backup',
  ],
  [
    'is being backed up',
    { ...SAFE, run: run({ secondsLeft: 180 }) },
    'backing-up',
    'Backing up: 31 of 540, 2.1 GB left, about 3 minutes.',
    'watch-run',
    [509, 'items left'],
  ],
  [
    'is being looked through',
    {
      ...SAFE,
      run: run({
        state: { kind: 'running', phase: 'looking' },
        items: { done: 0 },
        balance: balance(0, 1200),
      }),
    },
    'backing-up',
    'Backing up: 1,200 items found so far.',
    'watch-run',
  ],
  [
    'is being connected',
    { ...SAFE, run: run({ state: { kind: 'running', phase: 'connecting' }, items: { done: 0 } }) },
    'backing-up',
    'Backing up: connecting.',
    'watch-run',
  ],
  [
    'goes on where it was',
    { ...SAFE, run: run({ state: { kind: 'running', phase: 'asking' } }) },
    'backing-up',
    'Backing up, 31 of 540 so far: asking what is new.',
    'watch-run',
    [509, 'items left'],
  ],
  [
    'is looked at before something is given to it',
    {
      ...SAFE,
      run: run({ kind: 'restore', state: { kind: 'running', phase: 'comparing' }, items: { done: 0 } }),
    },
    'backing-up',
    'Giving back: looking what is there already.',
    'watch-run',
  ],
  [
    'is being proved',
    { ...SAFE, run: run({ state: { kind: 'running', phase: 'proving' } }) },
    'backing-up',
    'Backing up: reading back what was saved.',
    'watch-run',
  ],
  [
    'is stuck',
    { ...SAFE, run: run({ stuckSince: ago({ minutes: 3 }).toString() }) },
    'attention',
    /3 minutes ago/,
    'watch-run',
  ],
  [
    'is paused',
    { ...SAFE, run: run({ state: { kind: 'paused' } }) },
    'waiting',
    'Paused at 31 of 540. What is stored is not sent again.',
    'resume-run',
  ],
  [
    'was unplugged',
    {
      ...SAFE,
      route: undefined,
      run: run({ state: { kind: 'waiting', sentence: 'Waiting for Pixel 8. Plug the phone in again.' } }),
    },
    'waiting',
    /Plug the phone in again/,
    'watch-run',
  ],
  [
    'failed',
    { ...SAFE, failure: { code: 'store/full', message: 'The drive is full', hint: 'Free some space.' } },
    'failed',
    'The last backup failed: the drive is full.',
    'back-up',
  ],
  [
    'lacks what was there',
    { ...SAFE, alarm: { kind: 'photo', before: 3400, now: 12 } },
    'attention',
    'Far less is on it than before: 12 photos of 3,400.',
    'see-items',
  ],
  [
    'cannot be talked to',
    { ...SAFE, obstacle: { says: 'It has not allowed this computer.', hint: 'Unlock it and allow.' } },
    'cannot-talk',
    'It has not allowed this computer.',
    'none',
  ],
  ['was never backed up', NEVER, 'never', 'It was never backed up.', 'back-up'],
  [
    'was never backed up and is away',
    { ...NEVER, route: undefined },
    'never',
    'It was never backed up.',
    'none',
  ],
  [
    'is off',
    { ...SAFE, rules: { isOn: false } },
    'off',
    'Backup is off: 12,402 items safe, the last backup was 2 minutes ago.',
    'turn-on',
  ],
  [
    'failed some',
    { ...SAFE, balance: balance(10, 0, 0, 2) },
    'attention',
    '2 items could not be backed up.',
    'see-items',
    [2, 'items failed'],
  ],
  [
    'was not seen',
    { ...SAFE, route: undefined, lastSeen: ago({ hours: 24 * 9 + 1 }) },
    'not-seen',
    /^Not seen for 9 days/,
    'none',
  ],
  [
    'was not seen, and nobody asked',
    { ...SAFE, route: undefined, lastSeen: ago({ hours: 24 * 90 }), notSeenDays: 0 },
    'safe',
    /Everything/,
    'view-backup',
  ],
  [
    'waits for its battery',
    {
      ...SAFE,
      decision: {
        kind: 'hold',
        rule: 'battery',
        sentence: 'Waiting: battery 12 %, charge to 20 %.',
        remedy: 'Charge it.',
      },
    },
    'waiting',
    'Waiting: battery 12 %, charge to 20 %.',
    'back-up',
  ],
  [
    'waits for nothing when all is safe',
    { ...SAFE, decision: { kind: 'hold', rule: 'interval', sentence: 'Waiting.', remedy: '' } },
    'safe',
    /Everything/,
    'view-backup',
  ],
  [
    'has things that wait',
    { ...SAFE, balance: balance(10, 1) },
    'waiting',
    '1 item waits to be backed up.',
    'back-up',
    [1, 'item waiting'],
  ],
];

suite('cards', () => {
  for (const [title, facts, state, sentence, button, number] of rows)
    test(`it says that a device ${title}`, () => {
      const card = cardOf(facts);
      assert.equal(card.state, state);
      if (typeof sentence === 'string') assert.equal(card.sentence, sentence);
      else assert.match(card.sentence, sentence);
      assert.equal(card.button.action.kind, button);
      if (number !== undefined) assert.deepEqual([card.number?.value, card.number?.label], number);
      OPERATIONS.devices.answer.parse({ cards: [card], strangers: [] });
    });

  const verdicts: [title: string, facts: CardFacts[], kind: string, sentence: string | RegExp][] = [
    ['there is nothing yet', [], 'empty', /Plug in a phone/],
    ['all is safe', [SAFE, SAFE], 'safe', 'Everything is safe: 24,804 items, proved 2 minutes ago.'],
    ['one is backed up', [SAFE, { ...SAFE, run: run({}) }], 'busy', 'Under way: Pixel 8.'],
    [
      'one needs a person',
      [{ ...SAFE, run: run({}) }, NEVER],
      'attention',
      'Pixel 8 needs you. It was never backed up.',
    ],
    ['one has just come', [NEVER], 'empty', /^Pixel 8 is here\. Press “Back up now”/],
    ['two need a person', [{ ...NEVER, route: undefined }, NEVER], 'attention', '2 devices need you.'],
    [
      'one waits',
      [{ ...SAFE, balance: balance(1, 1) }],
      'busy',
      'Not everything is safe yet: Pixel 8 waits.',
    ],
  ];
  for (const [title, all, kind, sentence] of verdicts)
    test(`it says that ${title}`, () => {
      const verdict = verdictOf(all.map(cardOf), [], NOW);
      assert.equal(verdict.kind, kind);
      if (typeof sentence === 'string') assert.equal(verdict.sentence, sentence);
      else assert.match(verdict.sentence, sentence);
    });

  test('it says that nothing is safe while something is wrong with the backups themselves', () => {
    const alert = (id: string, severity: Alert['severity']): Alert => ({
      id,
      severity,
      since: NOW.toString(),
      sentence: 'Its drive is away.',
    });
    assert.deepEqual(verdictOf([cardOf(SAFE)], [alert('store-full', 'error')], NOW), {
      kind: 'attention',
      sentence: 'Its drive is away.',
      about: { kind: 'alert', alert: 'store-full' },
    });
    assert.equal(verdictOf([cardOf(SAFE)], [alert('no-recovery-kit', 'warning')], NOW).kind, 'safe');
    for (const cards of [[], [cardOf(SAFE)]])
      assert.equal(verdictOf(cards, [alert('ledger-empty', 'warning')], NOW).kind, 'attention');
  });

  test('it never says one thing of all devices and another of each', () => {
    const facts = fc.constantFrom(SAFE, { ...SAFE, route: undefined }, ...rows.map(([, one]) => one));
    const alerts = fc.subarray<Alert>(
      (
        [
          ['store-missing', 'error'],
          ['store-full', 'error'],
          ['files-missed', 'error'],
          ['damage', 'error'],
          ['ledger-damaged', 'error'],
          ['ledger-empty', 'warning'],
          ['no-recovery-kit', 'warning'],
        ] as const
      ).map(([id, severity]) => ({ id, severity, since: NOW.toString(), sentence: id })),
    );
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 4 }), alerts, (all, holding) => {
        const doubt = doubtOf(holding)?.sentence;
        const cards = all.map((one, at) => cardOf({ ...one, device: { ...one.device, id: `${at}` }, doubt }));
        const { kind, about } = verdictOf(cards, holding, NOW);
        const states = new Set(cards.map(({ state }) => state));
        if (kind === 'safe') assert.deepEqual([...states, holding.filter(isError)], ['safe', []]);
        if (doubt !== undefined) {
          assert.equal(states.has('safe'), false);
          assert.equal(kind, 'attention');
        }
        if (about?.kind === 'device') {
          const card = cards.find(({ device }) => device.id === about.device);
          assert.equal(/^(safe|in-doubt|waiting|backing-up)$/.test(card?.state ?? 'safe'), false);
        }
        if (about?.kind === 'alert') assert.ok(holding.some(({ id }) => id === about.alert));
        if (kind === 'attention' && about === undefined) assert.ok(cards.length > 1);
      }),
    );
  });

  test('it counts backups in a row that did not get to their end', () => {
    const ended = (kind: 'done' | 'failed' | 'stopped', minutes: number): Run =>
      run({
        ended: ago({ minutes }).toString(),
        state:
          kind === 'failed'
            ? { kind, problem: { code: 'a', message: '' } }
            : kind === 'done'
              ? { kind, sentence: '' }
              : { kind },
      });
    assert.equal(lastTryOf([]), undefined);
    assert.equal(lastTryOf([ended('done', 1), ended('failed', 2)]), undefined);
    assert.equal(lastTryOf([ended('failed', 1), ended('failed', 2), ended('done', 3)])?.failures, 2);
    assert.equal(lastTryOf([ended('stopped', 1), ended('done', 3)])?.failures, 3);
    assert.equal(lastTryOf([run({}), ended('failed', 2)])?.failures, 1);
  });
});
