import { protocolViolation } from '#failures.ts';
import { viewOf } from './little-endian.ts';

/** What a shell packet carries (AOSP adb `shell_protocol.h`). */
export const SHELL = { stdin: 0, stdout: 1, stderr: 2, exit: 3, closeStdin: 4, windowSize: 5 } as const;

/** Length of a shell packet without its data. */
export const SHELL_HEADER_BYTES = 5;

/** The packet's bytes. */
export function encodeShellPacket(id: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(SHELL_HEADER_BYTES + data.length);
  bytes[0] = id;
  viewOf(bytes).setUint32(1, data.length, true);
  bytes.set(data, SHELL_HEADER_BYTES);
  return bytes;
}

/** What five bytes announce. Throws `adb/protocol` for another number of bytes. */
export function decodeShellHeader(bytes: Uint8Array): { readonly id: number; readonly dataBytes: number } {
  if (bytes.length !== SHELL_HEADER_BYTES) throw protocolViolation('a shell packet header of another length');
  return { id: bytes[0] ?? 0, dataBytes: viewOf(bytes).getUint32(1, true) };
}
