import { protocolViolation } from '#failures.ts';
import { idOf, viewOf } from './little-endian.ts';

/** Commands of the packet link (AOSP adb `types.h`, `protocol.txt`). */
export const COMMAND = {
  connect: idOf('CNXN'),
  auth: idOf('AUTH'),
  startTls: idOf('STLS'),
  open: idOf('OPEN'),
  okay: idOf('OKAY'),
  write: idOf('WRTE'),
  close: idOf('CLSE'),
} as const;

/** First argument of an AUTH packet (AOSP `adb_auth.h`). */
export const AUTH = { token: 1, signature: 2, publicKey: 3 } as const;

/** The version of STLS, its first argument (AOSP adb `types.h`, `A_STLS_VERSION`). */
export const TLS_VERSION = 0x01000000;

/** From this protocol version on, nobody looks at checksums. */
export const VERSION_WITHOUT_CHECKSUM = 0x01000001;

/** Largest payload we take or send; phones with an older protocol take less, and say so. */
export const MOST_PAYLOAD_BYTES = 1024 * 1024;

/** Length of a packet without its payload. */
export const PACKET_HEADER_BYTES = 24;

/** One packet. */
export interface Packet {
  readonly command: number;
  readonly arg0: number;
  readonly arg1: number;
  readonly payload: Uint8Array;
}

/** A packet before its payload came. */
export interface PacketHeader {
  readonly command: number;
  readonly arg0: number;
  readonly arg1: number;
  readonly payloadBytes: number;
  readonly checksum: number;
}

/** The packet's bytes; with its checksum, which costs a pass over the payload, only when asked for (older protocols). */
export function encodePacket(packet: Packet, hasChecksum: boolean): Uint8Array {
  const { command, arg0, arg1, payload } = packet;
  const bytes = new Uint8Array(PACKET_HEADER_BYTES + payload.length);
  const view = viewOf(bytes);
  view.setUint32(0, command, true);
  view.setUint32(4, arg0, true);
  view.setUint32(8, arg1, true);
  view.setUint32(12, payload.length, true);
  view.setUint32(16, hasChecksum ? checksumOf(payload) : 0, true);
  view.setUint32(20, ~command, true);
  bytes.set(payload, PACKET_HEADER_BYTES);
  return bytes;
}

/** The header that 24 bytes spell. Throws `adb/protocol` when they are none, or promise more than `mostPayloadBytes`. */
export function decodePacketHeader(bytes: Uint8Array, mostPayloadBytes: number): PacketHeader {
  if (bytes.length !== PACKET_HEADER_BYTES) throw protocolViolation('a packet header of another length');
  const view = viewOf(bytes);
  const command = view.getUint32(0, true);
  if (view.getUint32(20, true) !== ~command >>> 0)
    throw protocolViolation('a packet without its magic number');
  const payloadBytes = view.getUint32(12, true);
  if (payloadBytes > mostPayloadBytes) throw protocolViolation('a packet larger than agreed');
  return {
    command,
    arg0: view.getUint32(4, true),
    arg1: view.getUint32(8, true),
    payloadBytes,
    checksum: view.getUint32(16, true),
  };
}

/** The sum of all bytes, modulo 2^32. */
export function checksumOf(payload: Uint8Array): number {
  let sum = 0;
  for (const byte of payload) sum = (sum + byte) >>> 0;
  return sum;
}
