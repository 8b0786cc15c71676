import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { formatTime, formatTimeOf, NO_TIME, parseTime } from '@holdfast/restic-format';
import fc from 'fast-check';

const NANOSECONDS = 1_000_000_000n;
/** The years RFC 3339 has. */
const FIRST = -62_167_219_200n * NANOSECONDS;
const LAST = 253_402_300_799n * NANOSECONDS + NANOSECONDS - 1n;
const times = fc.bigInt(FIRST, LAST);

suite('times', () => {
  for (const [text, nanoseconds] of [
    ['1970-01-01T00:00:00Z', 0n],
    ['1970-01-01T00:00:00.000000001Z', 1n],
    ['1969-12-31T23:59:59.999999999Z', -1n],
    ['2014-12-06T17:50:23.34513538Z', 1_417_888_223_345_135_380n],
    ['2024-02-29T12:34:56.1Z', 1_709_210_096_100_000_000n],
    ['2038-01-19T03:14:08Z', 2_147_483_648n * NANOSECONDS],
    ['1901-12-13T20:45:52Z', -2_147_483_648n * NANOSECONDS],
    ['0000-01-01T00:00:00Z', FIRST],
    ['0001-01-01T00:00:00Z', -62_135_596_800n * NANOSECONDS],
    ['9999-12-31T23:59:59.999999999Z', LAST],
  ] as const) {
    test(`it writes and reads ${text}`, () => {
      assert.equal(formatTime(nanoseconds), text);
      assert.equal(parseTime(text), nanoseconds);
    });
  }

  for (const [text, utc] of [
    ['2014-12-06T17:50:23.34513538+01:00', '2014-12-06T16:50:23.34513538Z'],
    ['2014-12-31T23:30:00-05:30', '2015-01-01T05:00:00Z'],
    ['2014-12-06T17:50:23.1234567899Z', '2014-12-06T17:50:23.123456789Z'],
    ['2014-12-06T17:50:23.000Z', '2014-12-06T17:50:23Z'],
  ] as const) {
    test(`it reads ${text} as ${utc}`, () => {
      assert.equal(formatTime(parseTime(text) ?? 0n), utc);
    });
  }

  for (const text of [
    '',
    'now',
    '2014-12-06',
    '2014-12-06T17:50:23',
    '2014-12-06 17:50:23Z',
    '2014-13-06T17:50:23Z',
    '2014-00-06T17:50:23Z',
    '2014-02-29T17:50:23Z',
    '1900-02-29T17:50:23Z',
    '2014-12-00T17:50:23Z',
    '2014-12-06T24:00:00Z',
    '2014-12-06T17:60:23Z',
    '2014-12-06T17:50:60Z',
    '2014-12-06T17:50:23.Z',
    '2014-12-06T17:50:23+24:00',
    '2014-12-06T17:50:23+01:60',
    '12014-12-06T17:50:23Z',
    '2014-12-06T17:50:23Z\n',
  ]) {
    test(`it does not take ${JSON.stringify(text)} for a time`, () => {
      assert.equal(parseTime(text), undefined);
    });
  }

  test('it reads every time it wrote, in any offset', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: -14 * 60, max: 14 * 60 }), (time, offset) => {
        assert.equal(parseTime(formatTime(time)), time);
        const isInside = time > FIRST + 90_000n * NANOSECONDS && time < LAST - 90_000n * NANOSECONDS;
        if (isInside) assert.equal(parseTime(formatTime(time, offset)), time);
      }),
    );
  });

  test('it agrees with Temporal', () => {
    const instants = fc.bigInt(-62_135_596_800n * NANOSECONDS, LAST);
    fc.assert(
      fc.property(instants, (time) => {
        const temporal = Temporal.Instant.fromEpochNanoseconds(time).toString();
        assert.equal(formatTime(time), temporal);
        assert.equal(parseTime(temporal), time);
      }),
    );
  });

  test('it writes the same from seconds and nanoseconds', () => {
    fc.assert(
      fc.property(times, (time) => {
        const nanoseconds = ((time % NANOSECONDS) + NANOSECONDS) % NANOSECONDS;
        assert.equal(
          formatTimeOf(Number((time - nanoseconds) / NANOSECONDS), Number(nanoseconds)),
          formatTime(time),
        );
      }),
    );
  });

  for (const [name, seconds, text] of [
    ['after 9999', 253_402_300_800, '9999-01-01T00:00:00Z'],
    ['on a leap day after 9999', 253_534_406_400 + 12 * 86_400, undefined],
    ['before 0', -62_167_219_201, '0000-12-31T23:59:59Z'],
    ['as far away as a file system can say', 2 ** 53 - 1, undefined],
    ['as long ago as a file system can say', -(2 ** 53 - 1), undefined],
  ] as const) {
    test(`it writes a time ${name} as one RFC 3339 has`, () => {
      const written = formatTimeOf(seconds, 0);
      if (text !== undefined) assert.equal(written, text);
      assert.notEqual(parseTime(written), undefined, written);
    });
  }

  test('it moves every leap day of a year beyond 9999 to a day that exists', () => {
    for (let day = 0; day < 4 * 366; day++) {
      const written = formatTimeOf(253_402_300_800 + day * 86_400, 0);
      assert.notEqual(parseTime(written), undefined, written);
    }
  });

  test('it knows the time Go gives to times nobody set', () => {
    assert.equal(formatTime(parseTime(NO_TIME) ?? 0n), NO_TIME);
  });
});
