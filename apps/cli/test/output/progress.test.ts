import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Measured, Meter, type Progress, wholePercent } from '#output/progress.ts';
import { barLine, logLine } from '#output/progress-text.ts';
import { type ProgressPlace, ProgressView } from '#output/progress-view.ts';
import { widthOf } from '#output/width.ts';

const SAVING: Progress = {
  phase: 'Saving',
  items: { done: 31, total: 540 },
  bytes: { done: 1_200_000_000, total: 4_000_000_000 },
  current: 'DCIM/Camera/IMG_0001.jpg',
};

const MEASURED: Measured = { fraction: 0.3, bytesPerSecond: 45_000_000, secondsLeft: 62 };

test('it measures speed and time left once it has seen enough', () => {
  const meter = new Meter();
  const at = (seconds: number, done: number, total = 1000): Measured =>
    meter.measure({ phase: 'x', bytes: { done, total } }, seconds * 1000);
  assert.deepEqual(at(0, 0), { fraction: 0 });
  assert.deepEqual(at(1, 100), { fraction: 0.1 });
  assert.deepEqual(at(4, 400), { fraction: 0.4, bytesPerSecond: 100, secondsLeft: 6 });
  // Stalled for long: only the last seconds count.
  assert.equal(at(40, 400).bytesPerSecond, undefined);
  assert.deepEqual(meter.measure({ phase: 'y', items: { done: 5 } }, 41_000), {});
});

test('it never says 100 % before all is done', () => {
  const nearly: Progress = { phase: 'Saving', bytes: { done: 999_999, total: 1_000_000 } };
  assert.match(logLine(nearly, { fraction: 0.999999 }), /^Saving: 99%/);
  const cases: [done: number, total: number, percent: number][] = [
    [0, 100, 0],
    [29, 100, 29],
    [57, 100, 57],
    [999, 1000, 99],
    [2 ** 52 - 1, 2 ** 52, 99],
    [100, 100, 100],
  ];
  for (const [done, total, percent] of cases) assert.equal(wholePercent(done / total), percent);
});

test('it says in a line where the work is', () => {
  assert.equal(
    logLine(SAVING, MEASURED),
    'Saving: 30%, 31 of 540 files, 1.2 GB of 4.0 GB, 45 MB/s, about a minute left',
  );
  assert.equal(logLine({ phase: 'Looking', items: { done: 1 } }, {}), 'Looking: 1 file');
  assert.equal(logLine({ phase: 'Waiting' }, {}), 'Waiting');
});

test('it fits a bar into any terminal, and shows hostile names harmlessly', () => {
  const hostile: Progress = { ...SAVING, current: 'a\x1b[2J\r\n\u202e猫猫猫.jpg' };
  for (let columns = 1; columns <= 200; columns++) {
    for (const progress of [SAVING, hostile]) {
      const line = barLine(progress, MEASURED, columns);
      assert.ok(widthOf(line) < Math.max(columns, 1), `${columns}: ${line}`);
      assert.doesNotMatch(line, /[\p{Cc}\p{Bidi_Control}]/u);
    }
  }
  assert.match(
    barLine(SAVING, MEASURED, 160),
    /^Saving █{6}░{14} 30% · 31 of 540 files · .* · DCIM\/Camera\/IMG_0001\.jpg$/,
  );
});

test('it keeps speed and time left on a terminal of 80 columns', () => {
  assert.equal(
    barLine(SAVING, MEASURED, 80),
    'Saving ███░░░░░░░ 30% · 1.2 GB of 4.0 GB · 45 MB/s · about a minute left',
  );
});

function place(form: ProgressPlace['form']): {
  place: ProgressPlace;
  printed: string[];
  pass: (ms: number) => void;
} {
  const printed: string[] = [];
  let nowMs = 0;
  return {
    printed,
    pass: (ms) => {
      nowMs += ms;
    },
    place: {
      form,
      columns: () => 80,
      nowMs: () => nowMs,
      draw: (line) => printed.push(line === '' ? 'cleared' : 'drawn'),
      line: (text) => printed.push(text),
      json: (line) => printed.push(line.type),
    },
  };
}

test('it draws a bar at once, then not more often than the eye follows, and takes it away', () => {
  const { place: terminal, printed, pass } = place('bar');
  const view = new ProgressView(terminal);
  for (let i = 0; i < 100; i++) {
    view.update(() => SAVING);
    pass(10);
  }
  assert.equal(printed.length, 10);
  view.clear();
  view.clear();
  assert.deepEqual(printed.slice(9), ['drawn', 'cleared']);
});

test('it writes a line for a log every ten seconds, or after a tenth of the work', () => {
  const { place: log, printed, pass } = place('lines');
  const view = new ProgressView(log);
  const at = (percent: number): Progress => ({ phase: 'Saving', items: { done: percent, total: 100 } });
  view.update(() => at(50));
  assert.deepEqual(printed, []);
  pass(10_000);
  view.update(() => at(51));
  pass(5000);
  view.update(() => at(55));
  view.update(() => at(61));
  pass(500);
  view.update(() => at(99));
  assert.deepEqual(printed, [
    'Saving: 51%, 51 of 100 files',
    'Saving: 61%, 61 of 100 files, about 20 seconds left',
  ]);
});

test('it writes JSON once a second, and nothing when nothing is wanted', () => {
  for (const [form, expected] of [
    ['json', 3],
    ['none', 0],
  ] as const) {
    const { place: other, printed, pass } = place(form);
    const view = new ProgressView(other);
    for (let i = 0; i < 35; i++) {
      pass(100);
      view.update(() => SAVING);
    }
    assert.equal(printed.length, expected);
  }
});
