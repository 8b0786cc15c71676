import { deepEqual, equal } from 'node:assert/strict';
import { createPublicKey, hkdfSync, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import {
  certificateOf,
  decodePairingHeader,
  decodePeer,
  encodePairingPacket,
  encodePeer,
  openPeer,
  PAIRING,
  PAIRING_HEADER_BYTES,
  pairingKey,
  pairingPassword,
  sealPeer,
} from '@holdfast/adb/wire';
import { isFailure } from '@holdfast/kernel';
import fc from 'fast-check';
import { key } from '../../test-setup/phones.ts';

const aesKey = fc.uint8Array({ minLength: 16, maxLength: 16 });
const name = fc.stringMatching(/^[a-zA-Z0-9+/=@ -]{0,300}$/);

test('it reads back every packet and every side it wrote', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 255 }),
      fc.uint8Array({ minLength: 1 }),
      fc.constantFrom('key', 'guid'),
      name,
      (kind, payload, peerKind, text) => {
        const packet = encodePairingPacket(kind, payload);
        deepEqual(decodePairingHeader(packet.subarray(0, PAIRING_HEADER_BYTES)), {
          kind,
          payloadBytes: payload.length,
        });
        deepEqual(packet.subarray(PAIRING_HEADER_BYTES), payload);
        deepEqual(decodePeer(encodePeer({ kind: peerKind, text })), { kind: peerKind, text });
      },
    ),
  );
});

test('it opens what it sealed with the same key, and nothing else', () => {
  fc.assert(
    fc.property(aesKey, aesKey, fc.uint8Array(), fc.nat(), (one, other, plaintext, at) => {
      const sealed = sealPeer(one, plaintext);
      equal(sealed.length, plaintext.length + 16);
      deepEqual(openPeer(one, sealed), plaintext);
      if (Buffer.compare(one, other) !== 0) equal(openPeer(other, sealed), undefined);
      const spoilt = sealed.with(at % sealed.length, (sealed[at % sealed.length] ?? 0) ^ 1);
      equal(openPeer(one, spoilt), undefined);
      equal(openPeer(one, sealed.subarray(0, at % sealed.length)), undefined);
    }),
  );
});

test('it gives a value or "adb/protocol" for any bytes', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ minLength: 8192, maxLength: 8192 })),
      fc.constantFrom<(bytes: Uint8Array) => unknown>(decodePairingHeader, decodePeer),
      (bytes, decode) => {
        try {
          decode(bytes);
        } catch (error) {
          if (!isFailure(error, 'adb/protocol')) throw error;
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('it writes the bytes that the phone expects', () => {
  equal(encodePairingPacket(PAIRING.peer, Uint8Array.of(7, 8)).toHex(), '010100000002' + '0708');
  equal(pairingPassword('592781', Uint8Array.of(0xff)).toHex(), '353932373831' + 'ff');
  const peer = encodePeer({ kind: 'guid', text: 'adb' });
  equal(peer.length, 8192);
  equal(peer.subarray(0, 6).toHex(), '016164620000');
  // The phone wants a NUL behind the text, however long.
  equal(encodePeer({ kind: 'key', text: 'x'.repeat(9000) }).at(-1), 0);

  const agreed = new Uint8Array(64).fill(3);
  const info = Buffer.from('6164622070616972696e675f61757468206165732d3132382d67636d206b6579', 'hex');
  deepEqual(pairingKey(agreed), new Uint8Array(hkdfSync('sha256', agreed, '', info, 16)));
  // The first case of the GCM specification with a plaintext: key, nonce and plaintext are nought.
  equal(
    sealPeer(new Uint8Array(16), new Uint8Array(16)).toHex(),
    '0388dace60b6a392f328c2b971b2fe78' + 'ab6e47d42cec13bdf53a67b21257bddf',
  );
});

test('it makes the same certificate each time, signed by the key that it shows', () => {
  const pem = certificateOf(key.pem);
  equal(certificateOf(key.pem), pem);
  const certificate = new X509Certificate(pem);
  const publicKey = createPublicKey(key.pem);
  equal(certificate.publicKey.equals(publicKey), true);
  equal(certificate.verify(publicKey), true);
  equal(certificate.checkIssued(certificate), true);
  equal(certificate.ca, true);
  equal(certificate.subject, 'O=Android\nCN=Adb');
  equal(certificate.serialNumber, '01');
  deepEqual(
    [certificate.validFrom, certificate.validTo],
    ['Jan  1 00:00:00 2020 GMT', 'Dec 31 23:59:59 9999 GMT'],
  );
});
