import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { DNS_TYPE, type DnsMessage, type DnsRecord, decodeDns, encodeDns } from '@holdfast/adb/wire';
import { decodeName, isFailure } from '@holdfast/kernel';
import fc from 'fast-check';

const options = { noNullPrototype: true };
const u16 = fc.integer({ min: 0, max: 65_535 });
const label = fc.uint8Array({ minLength: 1, maxLength: 20 }).map(decodeName);
const name = fc.array(label, { maxLength: 5 });
const byte = fc.integer({ min: 0, max: 255 });
const common = { name, ttlSeconds: fc.integer({ min: 0, max: 0xffffffff }) };
const record: fc.Arbitrary<DnsRecord> = fc.oneof(
  fc.record({ ...common, kind: fc.constant('pointer' as const), target: name }, options),
  fc.record({ ...common, kind: fc.constant('server' as const), target: name, port: u16 }, options),
  fc.record(
    {
      ...common,
      kind: fc.constant('address' as const),
      address: fc.tuple(byte, byte, byte, byte).map((parts) => parts.join('.')),
    },
    options,
  ),
);
const message: fc.Arbitrary<DnsMessage> = fc.record(
  {
    isAnswer: fc.boolean(),
    questions: fc.array(fc.record({ name, type: u16 }, options), { maxLength: 4 }),
    records: fc.array(record, { maxLength: 6 }),
  },
  options,
);

test('it reads back every message it wrote', () => {
  fc.assert(fc.property(message, (given) => deepEqual(decodeDns(encodeDns(given)), given)));
});

test('it gives a value or "adb/protocol" for any bytes', () => {
  const spoilt = fc
    .tuple(message, fc.array(fc.tuple(fc.nat(), byte), { maxLength: 6 }), fc.nat())
    .map(([given, changes, cut]) => {
      const bytes = encodeDns(given);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes.subarray(0, bytes.length - (cut % 8));
    });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), spoilt), (bytes) => {
      try {
        decodeDns(bytes);
      } catch (error) {
        if (!isFailure(error, 'adb/protocol')) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});

/** An answer header with this many records. */
const header = (records: number): string => `000084000000${records.toString(16).padStart(4, '0')}00000000`;
const TCP = '045f746370056c6f63616c00';

test('it writes the question that phones answer', () => {
  const question = { name: ['_adb-tls-connect', '_tcp', 'local'], type: DNS_TYPE.pointer };
  equal(
    encodeDns({ isAnswer: false, questions: [question], records: [] }).toHex(),
    '000000000001000000000000' + '105f6164622d746c732d636f6e6e656374' + TCP + '000c' + '0001',
  );
});

test('it reads names that go on elsewhere, classes with the bit that empties caches, and past what it does not know', () => {
  const hex =
    header(3) +
    // 12: a.local TXT "x"
    '016105' +
    '6c6f63616c00' +
    '0010' +
    '8001' +
    '00000078' +
    '0002' +
    '0178' +
    // b.local (at 14) SRV 0 0 80 a.local (at 12)
    '0162c00e' +
    '0021' +
    '8001' +
    '00000078' +
    '0008' +
    '000000000050' +
    'c00c' +
    // a.local A
    'c00c' +
    '0001' +
    '8001' +
    '00001194' +
    '0004' +
    '0a000001';
  deepEqual(decodeDns(Uint8Array.fromHex(hex)).records, [
    { kind: 'server', name: ['b', 'local'], target: ['a', 'local'], port: 80, ttlSeconds: 120 },
    { kind: 'address', name: ['a', 'local'], address: '10.0.0.1', ttlSeconds: 4500 },
  ]);
});

const refused: [name: string, hex: string][] = [
  ['nothing', ''],
  ['half a header', '0000840000'],
  ['a name that goes on at itself', header(1) + 'c00c'],
  ['a name that goes on further on', header(1) + 'c010'],
  ['a name that goes on in a circle', header(1) + '0161c00c'],
  ['a label of an unknown kind', header(1) + '4061'],
  ['a name of more than 255 bytes', header(1) + `3f${'61'.repeat(63)}`.repeat(4) + '00'],
  ['a record that is cut off', header(1) + '00' + '0001' + '0001' + '00000078' + '0004' + '0a'],
  ['a record longer than it says', header(1) + '00' + '000c' + '0001' + '00000078' + '0001' + '016100'],
  ['fewer records than it says', header(2) + '00' + '0001' + '0001' + '00000078' + '0004' + '0a000001'],
];
for (const [what, hex] of refused) {
  test(`it refuses ${what}`, () => {
    throws(() => decodeDns(Uint8Array.fromHex(hex)), { code: 'adb/protocol' });
  });
}
