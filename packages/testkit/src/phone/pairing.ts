import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import {
  decodePairingHeader,
  decodePeer,
  EXPORT_BYTES,
  EXPORT_LABEL,
  encodePairingPacket,
  encodePeer,
  openPeer,
  PAIRING,
  PAIRING_HEADER_BYTES,
  pairingKey,
  pairingPassword,
  sealPeer,
  startSpake2,
} from '@holdfast/adb/wire';
import { Intake } from './intake.ts';
import { secured } from './tls.ts';

/** How far a pairing gets: to the connection, to TLS, to the phone's first message, to what it tells of itself. */
export type PairingStep = 'connection' | 'tls' | 'message' | 'peer';

/** How a phone pairs. */
export interface PairingOptions {
  /** What its dialog shows. */
  readonly code: string;
  readonly guid?: string;
  /** Gets the line of each computer that had the right code. */
  readonly knownKeys?: Set<string>;
  /** The person closes the dialog, or the phone falls silent, before this step. */
  readonly fault?: { readonly before: PairingStep; readonly is: End };
  /** Tells of itself before it has heard the computer, and so before it knows whether the code was right. */
  readonly tellsFirst?: boolean;
}

/** A pairing dialog that is open. */
export interface SimulatedPairing extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Resolves when a phone that falls silent has done so. */
  readonly whenSilent: Promise<void>;
}

/** Opens the pairing dialog of a phone, on a port of 127.0.0.1 that is free. */
export async function startPairing(options: PairingOptions): Promise<SimulatedPairing> {
  const sockets = new Set<Socket>();
  const silent = Promise.withResolvers<void>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A host that hangs up in the middle is nothing odd.
    socket.on('error', () => socket.destroy());
    pairWith(socket, options).then(
      (end) => (end === 'closed' ? socket.destroySoon() : silent.resolve()),
      () => socket.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    whenSilent: silent.promise,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

type End = 'closed' | 'silent';

/** One pairing, and how it ended; fails when the computer does not keep to the protocol. */
async function pairWith(socket: Socket, options: PairingOptions): Promise<End> {
  const { code, guid = 'adb-SIMULATED-a1B2c3', knownKeys, fault, tellsFirst } = options;
  if (fault?.before === 'connection') return fault.is;
  if (fault?.before === 'tls') {
    await once(socket, 'data');
    return fault.is;
  }
  const secure = await secured(socket);
  const intake = new Intake();
  secure.on('data', (chunk: Uint8Array) => intake.put(chunk));
  secure.on('close', () => intake.end()).on('error', () => intake.end());
  const send = (kind: number, payload: Uint8Array): void => {
    secure.write(encodePairingPacket(kind, payload));
  };

  const exported = secure.exportKeyingMaterial(EXPORT_BYTES, EXPORT_LABEL, Buffer.alloc(0));
  const exchange = startSpake2('server', pairingPassword(code, exported), randomBytes(64));
  const theirs = await receive(intake, PAIRING.spake2);
  if (fault?.before === 'message') return over(secure, fault.is);
  send(PAIRING.spake2, exchange.message);
  const key = pairingKey(exchange.finish(theirs));

  const tell = (): void => send(PAIRING.peer, sealPeer(key, encodePeer({ kind: 'guid', text: guid })));
  if (fault?.before === 'peer') return over(secure, fault.is);
  if (tellsFirst === true) tell();
  const opened = openPeer(key, await receive(intake, PAIRING.peer));
  if (opened !== undefined) {
    const { kind, text } = decodePeer(opened);
    if (kind === 'key') knownKeys?.add(text);
    if (tellsFirst !== true) tell();
  }
  return over(secure, 'closed');
}

/** Hangs up inside TLS too, if anybody hangs up. */
function over(secure: Socket, end: End): End {
  if (end === 'closed') secure.end();
  return end;
}

async function receive(intake: Intake, expected: number): Promise<Uint8Array> {
  const header = await intake.take(PAIRING_HEADER_BYTES);
  if (header === undefined) throw new Error('the computer hung up');
  const { kind, payloadBytes } = decodePairingHeader(header);
  const payload = await intake.take(payloadBytes);
  if (kind !== expected || payload === undefined) throw new Error('the computer does not pair');
  return payload;
}
