import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DoctorReport, FixPlan, FixRecord, OwnReport } from '@holdfast/contract/api';
import { phoneOptions, provoke, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { testHome, testServer } from '../../test-setup/test-server.ts';

test('it reports, plans, carries out and undoes, over the API', async () => {
  const android = samplePhone({
    photos: 2,
    messages: 0,
    multimedia: 0,
    contacts: 0,
    calls: 0,
    events: 0,
    now: () => Date.now(),
  });
  provoke(android, 'background-restricted');
  await using phone = await startPhone(phoneOptions(android));
  await using home = await testHome([`${phone.host}:${phone.port}`]);
  await using app = await testServer(home.host);
  const { device } = await app.card(({ isInSight }) => isInSight);
  const at = `/api/devices/${device.id}/doctor`;
  const report = await app.get<DoctorReport>(at);
  assert.equal(report.complaints[0]?.code, 'background-restricted');
  assert.equal(report.notRescued, 2);
  const plan = await app.send<FixPlan>('POST', `${at}/plans`, { code: 'allow-background' });
  assert.equal(plan.risk, 'reversible');
  const fixed = await app.send<FixRecord>('POST', `${at}/fixes`, { plan: plan.plan, agreed: true });
  assert.equal(fixed.state.kind === 'done' && fixed.state.moved, 'yes');
  const again = await app.ask(`${at}/fixes`, { method: 'POST', body: { plan: plan.plan, agreed: true } });
  assert.equal(again.status, 410);
  const undone = await app.send<FixRecord>('POST', `${at}/fixes/${fixed.id}/undo`);
  assert.equal(undone.state.kind, 'undone');
  const risky = await app.send<FixPlan>('POST', `${at}/plans`, { code: 'clear-data' });
  assert.equal(risky.rescueFirst, 2);
  const refused = await app.ask(`${at}/fixes`, { method: 'POST', body: { plan: risky.plan, agreed: true } });
  assert.equal(refused.status, 409);
  assert.match(refused.text, /doctor\/rescue-first/);
  assert.equal(android.photos.isBackupOn, true);
  const { records } = await app.get<{ records: FixRecord[] }>(`${at}/fixes`);
  assert.deepEqual(
    records.map(({ id }) => id),
    [fixed.id],
  );
  const own = await app.get<OwnReport>('/api/doctor');
  assert.equal(own.verdict.kind, 'healthy');
});
