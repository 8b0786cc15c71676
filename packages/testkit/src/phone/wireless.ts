import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import {
  COMMAND,
  decodePacketHeader,
  encodePacket,
  PACKET_HEADER_BYTES,
  type Packet,
  TLS_VERSION,
} from '@holdfast/adb/wire';
import { Intake } from './intake.ts';
import { isKnown, secured } from './tls.ts';

/**
 * What wireless debugging does with a connection before it speaks ADB: hears the host's greeting, insists on TLS, and goes on
 * only with a host it knows. To another one a real phone says "certificate unknown" as it hangs up; this one only hangs up,
 * for Node's TLS cannot say it.
 */
export async function startWireless(
  socket: Socket,
  knownKeys: Iterable<string>,
): Promise<{ readonly secure: TLSSocket; readonly hello: Packet } | undefined> {
  const intake = new Intake();
  const onBytes = (chunk: Uint8Array): void => intake.put(chunk);
  const onClose = (): void => intake.end();
  socket.on('data', onBytes).on('close', onClose).on('error', onClose);
  const hello = await receive(intake);
  if (hello?.command !== COMMAND.connect) return undefined;
  const request = { command: COMMAND.startTls, arg0: TLS_VERSION, arg1: 0, payload: new Uint8Array(0) };
  socket.write(encodePacket(request, true));
  const answer = await receive(intake);
  if (answer?.command !== COMMAND.startTls || answer.arg0 !== TLS_VERSION) return undefined;
  // The host does not wait before it begins.
  socket.off('data', onBytes).pause().unshift(intake.takeAll());
  const secure = await secured(socket);
  if (isKnown(secure, knownKeys)) return { secure, hello };
  secure.on('error', () => undefined).destroySoon();
  return undefined;
}

async function receive(intake: Intake): Promise<Packet | undefined> {
  const header = await intake.take(PACKET_HEADER_BYTES);
  if (header === undefined) return undefined;
  const { command, arg0, arg1, payloadBytes } = decodePacketHeader(header, 4096);
  const payload = await intake.take(payloadBytes);
  return payload && { command, arg0, arg1, payload };
}
