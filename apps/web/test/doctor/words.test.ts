import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { DoctorComplaint, DoctorReport } from '@holdfast/contract/api';
import { afterHelp, placeOf, toldWords, verdictWords } from '../../src/doctor/words.ts';

const complaint = (severity: DoctorComplaint['severity']): DoctorComplaint => ({
  code: severity,
  severity,
  title: '',
  explain: '',
  fix: '',
  probes: [],
  fixes: [],
});

suite('verdictWords', () => {
  for (const [kind, severities, tone] of [
    ['healthy', [], 'good'],
    ['cannot-tell', [], 'idle'],
    ['complaints', ['warning', 'info'], 'wait'],
    ['complaints', ['warning', 'blocking'], 'bad'],
  ] as const satisfies readonly (readonly [
    DoctorReport['verdict']['kind'],
    readonly DoctorComplaint['severity'][],
    string,
  ])[])
    test(`it colours "${kind}" with ${severities.join(', ') || 'no complaint'} as ${tone}`, () =>
      assert.equal(
        verdictWords({ verdict: { kind, sentence: '' }, complaints: severities.map(complaint) }).tone,
        tone,
      ));
});

test('it says after a fix that helped what else stands in the way', () => {
  const other = { ...complaint('blocking'), title: 'Battery saver is on' };
  assert.match(afterHelp({ complaints: [complaint('info')] }), /^Give Google Photos time/);
  assert.match(afterHelp({ complaints: [other] }), /^One cause remains: “Battery saver is on”/);
  assert.match(afterHelp({ complaints: [other, complaint('warning')] }), /^2 causes remain, first “Battery/);
});

test('it tells an answer that is not known from none, and from a refusal', () => {
  assert.equal(toldWords({ kind: 'value', value: 'on' }).word, 'on');
  assert.equal(toldWords({ kind: 'absent' }).word, 'not there');
  assert.equal(toldWords({ kind: 'unrecognised' }).word, 'an answer we do not know');
  assert.equal(toldWords({ kind: 'refused', why: 'The screen is locked.' }).word, 'The screen is locked.');
});

test('it knows where in the app our own work is mended, by the code of the complaint', () => {
  assert.equal(placeOf('own-no-recovery-kit')?.href, '/repository');
  assert.equal(placeOf('own-check-overdue')?.href, '/repository');
  assert.equal(placeOf('own-run-stuck'), undefined);
  assert.equal(placeOf('constructor'), undefined);
});
