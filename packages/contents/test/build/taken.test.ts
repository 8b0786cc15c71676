import { equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { takenAt } from '#build/taken.ts';
import { Zone } from '#words/zone.ts';

const zone = new Zone('Europe/Berlin');
const CHANGED = Date.parse('2024-06-12T08:00:00Z');

const rows: readonly [name: string, taken: string][] = [
  ['IMG_20240612_101010.jpg', '2024-06-12T08:10:10.000Z'],
  ['20240612_101010.jpg', '2024-06-12T08:10:10.000Z'],
  ['VID_20240112_101010.mp4', '2024-01-12T09:10:10.000Z'],
  ['PXL_20240612_101010123.MP.jpg', '2024-06-12T10:10:10.123Z'],
  ['Screenshot_2024-06-12-10-10-10-123_org.example.jpg', '2024-06-12T08:10:10.123Z'],
  ['signal-2024-06-12-10-10-10-123.jpg', '2024-06-12T08:10:10.123Z'],
  ['IMG-20240612-WA0001.jpg', '2024-06-12T08:00:00.000Z'],
  ['IMG-20240613-WA0001.jpg', '2024-06-13T10:00:00.000Z'],
  ['IMG_20241399_101010.jpg', '2024-06-12T08:00:00.000Z'],
  ['IMG_20240612_251010.jpg', '2024-06-12T08:00:00.000Z'],
  ['120240612_101010123456.jpg', '2024-06-12T08:00:00.000Z'],
  ['DSC_0001.jpg', '2024-06-12T08:00:00.000Z'],
];

suite('when a photo was taken', () => {
  for (const [name, taken] of rows)
    test(`it is ${taken} for ${name}`, () => {
      equal(new Date(takenAt(name, CHANGED, zone)).toISOString(), taken);
    });
});

suite('a zone', () => {
  test('it shows what clocks there show, in summer and in winter', () => {
    const time = fc.integer({ min: Date.UTC(1900), max: Date.UTC(2100) });
    fc.assert(
      fc.property(time, (ms) => {
        const shown = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('Europe/Berlin');
        equal(zone.dayOf(ms), shown.toPlainDate().toString());
        equal(zone.offsetAt(ms), shown.offsetNanoseconds / 1e6);
      }),
    );
  });
});
