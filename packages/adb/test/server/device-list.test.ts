import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { describeState } from '@holdfast/adb';
import fc from 'fast-check';
import { parseDeviceList } from '#server/device-list.ts';

test('it reads what adb servers print about phones', () => {
  const rows: [
    line: string,
    expected: readonly [serial: string, code: string, model: string, id: number | undefined],
  ][] = [
    [
      'R58M12345            device usb:1-4 product:beyond1 model:SM_G973F device:beyond1 transport_id:3',
      ['R58M12345', 'ready', 'SM_G973F', 3],
    ],
    ['192.168.1.7:5555\tdevice', ['192.168.1.7:5555', 'ready', '', undefined]],
    ['ABC unauthorized usb:1-4 transport_id:9', ['ABC', 'adb/unauthorized', '', 9]],
    ['ABC offline', ['ABC', 'adb/offline', '', undefined]],
    ['ABC recovery product:x', ['ABC', 'adb/recovery', '', undefined]],
    ['ABC sideload', ['ABC', 'adb/sideload', '', undefined]],
    ['ABC bootloader', ['ABC', 'adb/bootloader', '', undefined]],
    [
      '????????????           no permissions (user in plugdev group; are your udev rules wrong?); see [http://developer.android.com/tools/device.html] usb:1-1 transport_id:1',
      ['????????????', 'adb/no-permissions', '', 1],
    ],
    ['(no serial number)     device transport_id:2', ['(no serial number)', 'ready', '', 2]],
    ['ABC constructor', ['ABC', 'adb/unknown-state', '', undefined]],
  ];
  for (const [line, expected] of rows) {
    const read = parseDeviceList(`${line}\n`).map((d) => [d.serial, d.state.code, d.model, d.transportId]);
    deepEqual(read, [expected], line);
  }
  deepEqual(parseDeviceList('\n\n'), []);
});

test('it has something to do for every state but ready, and reads any text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('\n', '\t', ' ', ':', '(', ')', '?', '_', '1', 'a', 'd', 'usb') }),
      (text) => {
        for (const { state } of parseDeviceList(text)) {
          if (state.code !== 'ready' && state.hint === '') throw new Error(state.raw);
        }
      },
    ),
  );
  for (const raw of [
    'unauthorized',
    'authorizing',
    'connecting',
    'offline',
    'rescue',
    'host',
    'detached',
    'x',
  ]) {
    const { hint, says } = describeState(raw);
    deepEqual([hint.endsWith('.'), says.endsWith('.')], [true, false], raw);
  }
});
