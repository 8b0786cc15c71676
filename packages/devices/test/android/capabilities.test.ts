import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { runShell } from '@holdfast/adb';
import { type CapabilityReport, ITEM_TYPES, type ItemType } from '@holdfast/contract';
import {
  BIND_PROBE,
  capabilitiesOf,
  openPhone,
  parseAppOp,
  parseBindDialect,
} from '@holdfast/devices/android';
import { lockPhone } from '@holdfast/testkit/phone';
import fc from 'fast-check';
import { given, samplePhoneWith } from '../../test-setup/sample-phones.ts';

const rowOf = ({ types }: CapabilityReport, type: ItemType) => {
  const row = types.find((each) => each.type === type);
  ok(row);
  const { canRead, readNotes, count, canGiveBack, giveBackNotes } = row;
  return [
    canRead,
    readNotes.map(({ code }) => code),
    count,
    canGiveBack,
    giveBackNotes.map(({ code }) => code),
  ];
};

test('it says what a phone gives and takes, type by type', async () => {
  await using phone = await samplePhoneWith({ release: 14, photos: 20 });
  const report = await capabilitiesOf(phone.phone);
  deepEqual(
    report.types.map(({ type }) => type),
    ITEM_TYPES,
  );
  deepEqual(rowOf(report, 'contacts'), ['partly', ['contact-pictures'], 12, 'yes', []]);
  deepEqual(rowOf(report, 'messages'), ['partly', ['drafts'], 44, 'yes', ['write-messages']]);
  deepEqual(rowOf(report, 'calls'), ['partly', ['voicemail'], 15, 'yes', []]);
  deepEqual(rowOf(report, 'calendar'), ['yes', [], 8, 'yes', []]);
  deepEqual(rowOf(report, 'apps'), ['partly', ['app-data-private'], 3, 'yes', ['install-prompt']]);
  deepEqual(rowOf(report, 'documents'), ['yes', [], undefined, 'yes', []]);
  const [canRead, notes, count] = rowOf(report, 'photos');
  deepEqual([canRead, notes], ['yes', ['media-index']]);
  equal(count, 18);
  ok(report.types.every(({ type, bytes }) => type === 'documents' || type === 'other' || Number(bytes) >= 0));
  equal(report.limits.length, 7);
  deepEqual(JSON.parse(JSON.stringify(report)), report);
});

test('it changes nothing on the phone, and reads no record', async () => {
  await using phone = await samplePhoneWith({ release: 9 });
  const { ran, appOps } = phone.android;
  const before = ran.length;
  await capabilitiesOf(phone.phone);
  deepEqual([...appOps], []);
  const odd = ran
    .slice(before)
    .filter((line) => /\b(set|put|write|update|delete)\b|_id:body|hex\(/.test(line));
  deepEqual(
    odd.filter(
      (line) => !line.includes('mid:_data') && !line.includes('typeof(_id)') && !line.includes('typeof(mid)'),
    ),
    [],
  );
});

test('it counts as a backup does', async () => {
  await using phone = await samplePhoneWith({ release: 16, vendor: 'samsung' });
  const report = await capabilitiesOf(phone.phone);
  for (const type of ['contacts', 'messages', 'calls', 'calendar', 'apps', 'settings'] as const) {
    const { records } = await given(phone.source, type);
    equal(report.types.find((row) => row.type === type)?.count, [...records.values()].flat().length, type);
  }
});

test('it says what a version of Android or a maker refuses', async () => {
  await using old = await samplePhoneWith({ release: 10 });
  const [canRead, notes, count, canGiveBack, others] = rowOf(await capabilitiesOf(old.phone), 'calls');
  deepEqual(
    [canRead, notes, count, canGiveBack, others],
    ['no', ['phone-refuses'], undefined, 'no', ['phone-refuses']],
  );
  deepEqual(rowOf(await capabilitiesOf(old.phone), 'settings')[1], ['wifi-passwords', 'network-names']);

  await using shut = await samplePhoneWith({ vendor: 'xiaomi' });
  const report = await capabilitiesOf(shut.phone);
  deepEqual(rowOf(report, 'messages').slice(3), ['unknown', ['maker-switch']]);
  deepEqual(rowOf(report, 'apps').slice(3), ['unknown', ['maker-switch']]);
});

test('it says what is sealed before the phone is unlocked', async () => {
  await using phone = await samplePhoneWith({}, lockPhone);
  const report = await capabilitiesOf(await openPhone(phone.transport));
  for (const type of ['photos', 'contacts', 'messages', 'calls', 'calendar'] as const)
    deepEqual(rowOf(report, type), ['no', ['phone-locked'], undefined, 'unknown', ['phone-locked']], type);
});

test('it does not guess when it does not understand what a phone says', async () => {
  await using phone = await samplePhoneWith({}, ({ faults }) => {
    for (const on of ['content query', 'content insert', 'appops']) faults.push({ on, kind: 'garbage' });
  });
  const report = await capabilitiesOf(phone.phone);
  for (const type of ['contacts', 'messages', 'calls', 'calendar'] as const)
    deepEqual(
      rowOf(report, type),
      ['unknown', ['not-understood'], undefined, 'unknown', ['not-understood']],
      type,
    );
});

test('it reads the mode of an operation', () => {
  const told = (output: string) => parseAppOp(output, 'WRITE_SMS');
  deepEqual(told('WRITE_SMS: allow\n'), { kind: 'value', value: 'allow' });
  deepEqual(told('WRITE_SMS: ignore; time=+1m2s ago\r\n'), { kind: 'value', value: 'ignore' });
  deepEqual(told('Uid mode: WRITE_SMS: deny\nWRITE_SMS: allow\n'), { kind: 'value', value: 'deny' });
  deepEqual(told('MIUIOP(10017): ask\nWRITE_SMS: ask\n'), { kind: 'value', value: 'ask' });
  deepEqual(told('No operations.\nDefault mode: ignore\n'), { kind: 'value', value: 'ignore' });
  deepEqual(told('No operations.\n'), { kind: 'absent' });
  for (const other of ['', 'READ_SMS: allow\n', 'Error: no UID for com.android.shell\n', 'WRITE_SMS:\n'])
    equal(told(other).kind, 'unrecognised', other);
  fc.assert(fc.property(fc.string(), (text) => void told(text)));
});

test('it tells how values are to be given, on phones of either kind', async () => {
  for (const [release, dialect] of [
    [9, 'raw'],
    [16, 'escaped'],
  ] as const) {
    await using phone = await samplePhoneWith({ release });
    const { stdout } = await runShell(phone.transport, BIND_PROBE);
    deepEqual(parseBindDialect(new TextDecoder().decode(stdout)), { kind: 'value', value: dialect });
  }
  for (const other of [
    '',
    'usage: adb shell content [subcommand] [options]\n',
    '[ERROR] Unsupported operation: insert',
  ])
    equal(parseBindDialect(other).kind, 'unrecognised', other);
});
