import { commandTooLong, protocolViolation } from '#failures.ts';

/** Length of the four hexadecimal digits before each message between an adb server and its clients. */
export const LENGTH_DIGITS = 4;

const MOST_BYTES = 0xffff;
const ENCODER = new TextEncoder();

/** A request to an adb server: four hexadecimal digits of length, then the text. Throws `adb/command-too-long` above 65535 bytes. */
export function encodeServerMessage(message: Uint8Array): Uint8Array {
  if (message.length > MOST_BYTES) throw commandTooLong(message.length, MOST_BYTES);
  const bytes = new Uint8Array(LENGTH_DIGITS + message.length);
  bytes.set(ENCODER.encode(message.length.toString(16).padStart(LENGTH_DIGITS, '0')));
  bytes.set(message, LENGTH_DIGITS);
  return bytes;
}

/** The length that four hexadecimal digits spell. Throws `adb/protocol` for anything else. */
export function decodeServerLength(digits: Uint8Array): number {
  const text = Buffer.from(digits).toString('latin1');
  if (!/^[0-9a-fA-F]{4}$/.test(text))
    throw protocolViolation('a message of the adb server without its length');
  return Number.parseInt(text, 16);
}
