import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import {
  checksumOf,
  decodeEntry1,
  decodeEntry2,
  decodePacketHeader,
  decodePublicKey,
  decodeServerLength,
  decodeShellHeader,
  decodeStat1,
  decodeStat2,
  decodeSyncHeader,
  ENTRY2_BYTES,
  encodePacket,
  encodePublicKey,
  encodeSend2Setup,
  encodeServerMessage,
  encodeShellPacket,
  encodeStat1,
  encodeStat2,
  encodeSyncHeader,
  encodeSyncMessage,
  encodeSyncRequest,
  SYNC,
} from '@holdfast/adb/wire';
import { concatBytes, isFailure } from '@holdfast/kernel';
import fc from 'fast-check';

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const s64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const stat1 = fc.record({ mode: u32, size: u32, mtime: u32 }, { noNullPrototype: true });
const stat2 = fc.record(
  {
    error: u32,
    dev: u64,
    ino: u64,
    mode: u32,
    nlink: u32,
    uid: u32,
    gid: u32,
    size: u64,
    atime: s64,
    mtime: s64,
    ctime: s64,
  },
  { noNullPrototype: true },
);

/** Four bytes behind a stat make it an entry. */
const withLength = (stat: Uint8Array, length: number): Uint8Array =>
  concatBytes([stat, encodeSyncHeader(length, 0).subarray(0, 4)]);

test('it reads back every packet it wrote', () => {
  fc.assert(
    fc.property(u32, u32, u32, fc.uint8Array(), fc.boolean(), (command, arg0, arg1, payload, hasChecksum) => {
      const bytes = encodePacket({ command, arg0, arg1, payload }, hasChecksum);
      const checksum = hasChecksum ? checksumOf(payload) : 0;
      deepEqual(decodePacketHeader(bytes.subarray(0, 24), payload.length), {
        command,
        arg0,
        arg1,
        payloadBytes: payload.length,
        checksum,
      });
      deepEqual(bytes.subarray(24), payload);
    }),
  );
});

test('it reads back every message of the file service', () => {
  fc.assert(
    fc.property(stat1, stat2, u32, u32, (one, two, id, value) => {
      deepEqual(decodeSyncHeader(encodeSyncHeader(id, value)), { id, value });
      deepEqual(decodeStat1(encodeStat1(id, one)), one);
      deepEqual(decodeStat2(encodeStat2(id, two)), two);
      deepEqual(decodeEntry1(withLength(encodeStat1(id, one), value)), { stat: one, nameBytes: value });
      deepEqual(decodeEntry2(withLength(encodeStat2(id, two), value)), { stat: two, nameBytes: value });
    }),
  );
});

test('it reads back lengths of shell packets, messages of a server and public keys', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), fc.uint8Array(), (id, data) => {
      const packet = encodeShellPacket(id, data);
      deepEqual(decodeShellHeader(packet.subarray(0, 5)), { id, dataBytes: data.length });
      deepEqual(packet.subarray(5), data);
      equal(decodeServerLength(encodeServerMessage(data).subarray(0, 4)), data.length);
    }),
  );
  const odd = fc.bigInt({ min: 2n ** 2047n, max: 2n ** 2048n - 1n }).map((n) => n | 1n);
  fc.assert(
    fc.property(odd, (modulus) => {
      const bytes = encodePublicKey({ modulus, exponent: 65537 });
      deepEqual(decodePublicKey(bytes), { modulus, exponent: 65537 });
      const n0inv = BigInt(new DataView(bytes.buffer).getUint32(4, true));
      equal((n0inv * modulus + 1n) % 2n ** 32n, 0n);
    }),
    { numRuns: 20 },
  );
});

test('it gives a value or "adb/protocol" for any bytes', () => {
  const decoders: ((bytes: Uint8Array) => unknown)[] = [
    (bytes) => decodePacketHeader(bytes, 1024),
    decodeSyncHeader,
    decodeStat1,
    decodeStat2,
    decodeEntry1,
    decodeEntry2,
    decodeShellHeader,
    decodeServerLength,
    decodePublicKey,
  ];
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: ENTRY2_BYTES + 4 }),
      fc.constantFrom(...decoders),
      (bytes, decode) => {
        try {
          decode(bytes);
        } catch (error) {
          if (!isFailure(error, 'adb/protocol')) throw error;
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('it writes the bytes that the phone expects', () => {
  const rows: [name: string, bytes: Uint8Array, hex: string][] = [
    [
      'CNXN',
      encodePacket({ command: 0x4e584e43, arg0: 0x01000001, arg1: 4096, payload: Uint8Array.of(1, 2) }, true),
      '434e584e010000010010000002000000' + '03000000' + 'bcb1a7b1' + '0102',
    ],
    [
      'a server request',
      encodeServerMessage(new TextEncoder().encode('host:version')),
      '30303063686f73743a76657273696f6e',
    ],
    ['RECV', encodeSyncRequest(SYNC.receive, Uint8Array.of(0x2f)), '52454356010000002f'],
    ['DATA', encodeSyncMessage(SYNC.data, Uint8Array.of(9)), '444154410100000009'],
    ['SND2', encodeSend2Setup(0o100644), '534e4432a481000000000000'],
    ['close stdin', encodeShellPacket(4, new Uint8Array(0)), '0400000000'],
  ];
  for (const [name, bytes, hex] of rows) equal(bytes.toHex(), hex, name);
});

test('it refuses what is longer than the wire takes', () => {
  throws(() => encodeSyncRequest(SYNC.list, new Uint8Array(1025)), { code: 'adb/path-too-long' });
  throws(() => encodeServerMessage(new Uint8Array(65_536)), { code: 'adb/command-too-long' });
  const packet = encodePacket({ command: 1, arg0: 0, arg1: 0, payload: new Uint8Array(2) }, false);
  throws(() => decodePacketHeader(packet.subarray(0, 24), 1), { code: 'adb/protocol' });
});
