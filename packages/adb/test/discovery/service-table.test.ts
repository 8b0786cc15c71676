import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { type DnsRecord, decodeDns, encodeDns } from '@holdfast/adb/wire';
import fc from 'fast-check';
import { SERVICE_NAMES, ServiceTable, type WirelessEvent } from '#discovery/service-table.ts';

const START = Temporal.Instant.from('2026-03-14T15:00:00Z');
const later = (seconds: number): Temporal.Instant => START.add({ seconds });

const names = ['a', 'b', 'c'];
const hosts = [
  ['x', 'local'],
  ['Y', 'local'],
  ['y', 'LOCAL'],
];
const addresses = ['10.0.0.1', '10.0.0.2'];
const ttlSeconds = fc.constantFrom(0, 1, 60, 120, 4500);
const service = fc.constantFrom(SERVICE_NAMES.connect, SERVICE_NAMES.pairing, ['_ipp', '_tcp', 'local']);
const instance = fc.tuple(fc.constantFrom(...names), service).map(([name, rest]) => [name, ...rest]);
const options = { noNullPrototype: true };
const record: fc.Arbitrary<DnsRecord> = fc.oneof(
  fc
    .tuple(instance, ttlSeconds)
    .map(([target, ttl]) => ({ kind: 'pointer' as const, name: target.slice(1), target, ttlSeconds: ttl })),
  fc.record(
    {
      kind: fc.constant('server' as const),
      name: instance,
      target: fc.constantFrom(...hosts),
      port: fc.integer({ min: 0, max: 65_535 }),
      ttlSeconds,
    },
    options,
  ),
  fc.record(
    {
      kind: fc.constant('address' as const),
      name: fc.constantFrom(...hosts),
      address: fc.constantFrom(...addresses),
      ttlSeconds,
    },
    options,
  ),
);

/** What a phone says that is there. */
const announcement = (port: number, address = '10.0.0.1', ttl = 120): DnsRecord[] => [
  { kind: 'pointer', name: SERVICE_NAMES.connect, target: ['a', ...SERVICE_NAMES.connect], ttlSeconds: ttl },
  {
    kind: 'server',
    name: ['A', ...SERVICE_NAMES.connect],
    target: ['Phone', 'local'],
    port,
    ttlSeconds: ttl,
  },
  { kind: 'address', name: ['phone', 'local'], address, ttlSeconds: ttl },
];

const said = (records: DnsRecord[]): Parameters<ServiceTable['hear']>[0] => ({
  isAnswer: true,
  questions: [],
  records,
});

test('it loses only what it found, and never finds twice what it has', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.array(record, { maxLength: 5 }), fc.nat(200))), (messages) => {
      const table = new ServiceTable();
      const present = new Set<string>();
      const follow = ({ kind, service: { kind: of, name, host, port } }: WirelessEvent): void => {
        const key = `${of} ${name} ${host}:${port}`;
        equal(kind === 'lost' ? present.delete(key) : !present.has(key), true, `${kind} ${key}`);
        if (kind === 'found') present.add(key);
      };
      let seconds = 0;
      for (const [records, pause] of messages) {
        table.hear(decodeDns(encodeDns(said(records))), later(seconds));
        table.changes(later(seconds)).forEach(follow);
        seconds += pause;
      }
      table.changes(later(seconds + 5000)).forEach(follow);
      equal(present.size, 0);
      deepEqual(table.missing(), []);
    }),
  );
});

test('it says that a phone whose address changed is lost, then found', () => {
  const table = new ServiceTable();
  table.hear(said(announcement(1)), START);
  const one = { kind: 'connect', name: 'a', host: '10.0.0.1', port: 1 };
  deepEqual(table.changes(START), [{ kind: 'found', service: one }]);
  table.hear(said(announcement(2, '10.0.0.2')), START);
  deepEqual(table.changes(START), [
    { kind: 'lost', service: one },
    { kind: 'found', service: { ...one, host: '10.0.0.2', port: 2 } },
  ]);
});

test('it asks for what a phone did not say, and does not believe a question', () => {
  const table = new ServiceTable();
  const [pointer, server, address] = announcement(1);
  if (pointer === undefined || server === undefined || address === undefined) throw new Error('too little');
  table.hear({ isAnswer: false, questions: [], records: [pointer] }, START);
  deepEqual(table.missing(), []);
  for (const [told, type] of [[pointer, 33] as const, [server, 1] as const]) {
    table.hear(said([told]), START);
    deepEqual(
      table.missing().map((question) => question.type),
      [type],
    );
    deepEqual(table.changes(START), []);
  }
  table.hear(said([address]), START);
  deepEqual(table.missing(), []);
  equal(table.changes(START).length, 1);
  equal(table.questions().length, 4);
});

test('it takes the first of several addresses, and forgets none for the many others in the network', () => {
  const table = new ServiceTable();
  const second: DnsRecord = {
    kind: 'address',
    name: ['phone', 'local'],
    address: '10.0.0.9',
    ttlSeconds: 120,
  };
  table.hear(said([...announcement(1), second]), START);
  equal(table.changes(START)[0]?.service.host, '10.0.0.1');
  for (let host = 0; host < 500; host += 1) {
    table.hear(said([{ ...second, name: [`printer-${host}`, 'local'] }]), START);
  }
  deepEqual(table.changes(START), []);
});

test('it holds no more phones than anybody has', () => {
  const table = new ServiceTable();
  for (let phone = 0; phone < 500; phone += 1) {
    const target = [`phone-${phone}`, ...SERVICE_NAMES.pairing];
    table.hear(said([{ kind: 'pointer', name: SERVICE_NAMES.pairing, target, ttlSeconds: 4500 }]), START);
  }
  equal(table.missing().length, 64);
});
