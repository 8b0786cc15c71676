import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { bitString, der, oid, sequence, TAG, text } from './der.ts';

const ONE = Uint8Array.of(1);
const YES = Uint8Array.of(0xff);
const SHA256_WITH_RSA = sequence(oid('1.2.840.113549.1.1.11'), der(TAG.null));

/** digitalSignature, keyCertSign, cRLSign: bits 0, 5 and 6 of seven (RFC 5280, section 4.2.1.3). */
const KEY_USAGE = Uint8Array.of(1, 0b1000_0110);

/** A time that does not end (RFC 5280, section 4.1.2.5): nobody looks at it, and then nobody has to renew it. */
const FOREVER = sequence(text(TAG.utcTime, '200101000000Z'), text(TAG.generalizedTime, '99991231235959Z'));

const NAME = sequence(nameEntry('2.5.4.10', 'Android'), nameEntry('2.5.4.3', 'Adb'));

/**
 * The X.509 certificate, in PEM, under which a TLS connection shows the RSA key of this PEM: signed by the key itself, and the same every
 * time it is made. Phones look at nothing in it but the key; names and extensions are those that AOSP's adb gives its own
 * (`x509_generator.cpp`).
 */
export function certificateOf(pem: string): string {
  const key = createPrivateKey(pem);
  const publicKey = createPublicKey(key);
  const keyId = createHash('sha1')
    .update(publicKey.export({ type: 'pkcs1', format: 'der' }))
    .digest();
  const body = sequence(
    // Version 3, counted from nought.
    der(TAG.version, der(TAG.integer, Uint8Array.of(2))),
    der(TAG.integer, ONE),
    SHA256_WITH_RSA,
    NAME,
    FOREVER,
    NAME,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      TAG.extensions,
      sequence(
        extension('2.5.29.19', true, sequence(der(TAG.boolean, YES))),
        extension('2.5.29.15', true, der(TAG.bits, KEY_USAGE)),
        extension('2.5.29.14', false, der(TAG.octets, keyId)),
      ),
    ),
  );
  const whole = sequence(body, SHA256_WITH_RSA, bitString(sign('sha256', body, key)));
  const lines = whole.toBase64().match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function nameEntry(type: string, value: string): Uint8Array {
  return der(TAG.set, sequence(oid(type), text(TAG.utf8, value)));
}

function extension(type: string, isCritical: boolean, value: Uint8Array): Uint8Array {
  const critical = isCritical ? [der(TAG.boolean, YES)] : [];
  return sequence(oid(type), ...critical, der(TAG.octets, value));
}
