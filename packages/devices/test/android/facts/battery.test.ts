import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { batteryOf } from '@holdfast/devices/android';
import { parseBattery } from '#android/facts/battery.ts';
import { ABSENT, told, unrecognised } from '#android/facts/told.ts';
import { samplePhoneWith } from '../../../test-setup/sample-phones.ts';

const printed = (lines: readonly string[]): string =>
  ['Current Battery Service state:', ...lines, ''].join('\n');

const ROWS: readonly [string, string, percent: unknown, isCharging: unknown][] = [
  [
    'a phone on a cable',
    printed(['  AC powered: false', '  USB powered: true', '  status: 2', '  level: 12', '  scale: 100']),
    told(12),
    told(true),
  ],
  [
    'a phone that lies on the table',
    printed(['  AC powered: false', '  USB powered: false', '  status: 3', '  level: 99', '  scale: 100']),
    told(99),
    told(false),
  ],
  ['another scale', printed(['  status: 5', '  level: 25', '  scale: 50']), told(50), told(true)],
  ['no scale', printed(['  status: 4', '  level: 25']), told(25), told(false)],
  [
    'line ends of old phones',
    printed(['  level: 7', '  status: 3']).replaceAll('\n', '\r\n'),
    told(7),
    told(false),
  ],
  [
    'the first of two',
    printed(['  level: 7', '  level: 90', '  status: 3', ' level: 91', '[log]', '  USB powered: true']),
    told(7),
    told(false),
  ],
  ['what is not there', printed([]), ABSENT, ABSENT],
  [
    'numbers that cannot be',
    printed(['  level: 300', '  status: 9']),
    unrecognised('300/100'),
    unrecognised('9'),
  ],
  [
    'no numbers',
    printed(['  level: -1', '  scale: 0', '  status: 1']),
    unrecognised('-1/0'),
    unrecognised('1'),
  ],
  [
    'a complaint',
    "Can't find service: battery",
    unrecognised("Can't find service: battery"),
    unrecognised("Can't find service: battery"),
  ],
];
for (const [name, output, percent, isCharging] of ROWS)
  test(`it reads the battery of ${name}`, () => {
    const told = parseBattery(output);
    deepEqual({ percent: told.percent, isCharging: told.isCharging }, { percent, isCharging });
  });

const HEATS: readonly [string, string, unknown][] = [
  ['tenths of a degree', '  temperature: 287', told(28.7)],
  ['frost', '  temperature: -51', told(-5.1)],
  ['none', '  level: 3', ABSENT],
  ['words', '  temperature: warm', unrecognised('warm')],
];
for (const [name, line, celsius] of HEATS)
  test(`it reads how warm a battery is from ${name}`, () =>
    deepEqual(parseBattery(printed([line])).celsius, celsius));

test('it asks a phone', async () => {
  await using phone = await samplePhoneWith();
  deepEqual(await batteryOf(phone.transport), {
    percent: told(83),
    isCharging: told(true),
    celsius: told(28.7),
  });
});
