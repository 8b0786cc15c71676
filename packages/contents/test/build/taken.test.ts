import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { takenAt } from '#build/taken.ts';
import type { ToldTime } from '#facts/told.ts';
import { clockText, Zone } from '#words/zone.ts';

const zone = new Zone('Europe/Berlin');
const CHANGED = Date.parse('2024-06-12T08:00:00Z');

const camera = (offsetMinutes?: number): ToldTime => ({
  by: 'camera',
  local: '2023-01-01T23:30:00',
  ...(offsetMinutes !== undefined && { offsetMinutes }),
});
const written = { by: 'file', local: '2024-06-12T20:00:00', offsetMinutes: 0 } as const;

const rows: readonly (readonly [name: string, taken: string, by: string, told?: ToldTime])[] = [
  ['IMG_20240612_101010.jpg', '2024-06-12T10:10:10.000+02:00', 'name'],
  ['20240612_101010.jpg', '2024-06-12T10:10:10.000+02:00', 'name'],
  ['VID_20240112_101010.mp4', '2024-01-12T10:10:10.000+01:00', 'name'],
  ['PXL_20240612_101010123.MP.jpg', '2024-06-12T12:10:10.123+02:00', 'name'],
  ['Screenshot_2024-06-12-10-10-10-123_org.example.jpg', '2024-06-12T10:10:10.123+02:00', 'name'],
  ['signal-2024-06-12-10-10-10-123.jpg', '2024-06-12T10:10:10.123+02:00', 'name'],
  ['IMG-20240612-WA0001.jpg', '2024-06-12T10:00:00.000+02:00', 'name'],
  ['IMG-20240613-WA0001.jpg', '2024-06-13T12:00:00.000+02:00', 'name'],
  ['IMG_20241399_101010.jpg', '2024-06-12T10:00:00.000+02:00', 'file'],
  ['IMG_20240612_251010.jpg', '2024-06-12T10:00:00.000+02:00', 'name'],
  ['120240612_101010123456.jpg', '2024-06-12T10:00:00.000+02:00', 'file'],
  ['DSC_0001.jpg', '2024-06-12T10:00:00.000+02:00', 'file'],
  ['DSC_0001.jpg', '2023-01-01T23:30:00.000+01:00', 'camera', camera()],
  ['DSC_0001.jpg', '2023-01-01T23:30:00.000-09:30', 'camera', camera(-570)],
  ['IMG_20240612_101010.jpg', '2023-01-01T23:30:00.000-09:30', 'camera', camera(-570)],
  ['VID_20240612_101010.mp4', '2024-06-12T10:10:10.000+02:00', 'name', written],
  ['VID-20240612-WA0001.mp4', '2024-06-12T22:00:00.000+02:00', 'name', written],
  ['VID-20240613-WA0001.mp4', '2024-06-13T12:00:00.000+02:00', 'name', written],
  ['movie.mp4', '2024-06-12T22:00:00.000+02:00', 'file', written],
  ['scan.jpg', '2024-06-12T20:00:00.000+02:00', 'file', { by: 'file', local: '2024-06-12T20:00:00' }],
];

suite('when a photo was taken', () => {
  for (const [name, expected, by, told] of rows)
    test(`it is ${expected} for ${name}${told === undefined ? '' : ` with a time by its ${told.by}`}`, () => {
      const taken = takenAt(name, CHANGED, zone, told);
      deepEqual([clockText(taken.wall, taken.offset), taken.by], [expected, by]);
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
