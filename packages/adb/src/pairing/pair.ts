import { randomBytes } from 'node:crypto';
import { type Clock, type Failure, isFailure, type RandomBytes, systemClock } from '@holdfast/kernel';
import { ADB_FAILURES, noPairing, noPhone, pairingClosed, protocolViolation, wrongCode } from '#failures.ts';
import type { AdbKey } from '#link/key.ts';
import { type Patience, STALL_AFTER, stalledWhile, within } from '#link/patience.ts';
import { Reader } from '#link/reader.ts';
import { closeOn, connectSocket, type SocketStream } from '#link/socket-stream.ts';
import { certificateOf } from '#wire/certificate.ts';
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
} from '#wire/pairing.ts';
import { startSpake2 } from '#wire/spake2.ts';

/** What a phone is paired with, and how. */
export interface PairOptions {
  readonly host: string;
  /** The port that the phone's pairing dialog shows; connecting takes another one. */
  readonly port: number;
  /** The code that the dialog shows. */
  readonly code: string;
  readonly key: AdbKey;
  /** What the phone calls this computer in its list, as user@computer. Default: the comment of the key. */
  readonly name?: string;
  readonly clock?: Clock;
  /** Without a sign of life for this long, the phone is taken for gone. Default 20 s. */
  readonly stallAfter?: Temporal.Duration;
  readonly random?: RandomBytes;
  readonly signal?: AbortSignal;
}

/**
 * Makes this computer known to a phone whose pairing dialog is open (Android 11 and later), and gives the phone's GUID: the
 * name under which it announces itself for connecting.
 *
 * Fails with `adb/wrong-code`, `adb/no-pairing` (no dialog is open there), `adb/pairing-closed` (the dialog was closed, or
 * the port is not that of a pairing), `adb/no-phone`, `adb/stalled`, `adb/protocol`. The phone keeps the key once it has
 * shown that it worked, so an abort at the very end may leave a phone paired.
 */
export async function pair(options: PairOptions): Promise<string> {
  const { host, port, clock = systemClock, stallAfter = STALL_AFTER, signal } = options;
  const address = `${host}:${port}`;
  const patience = { clock, stallAfter };
  const refuse = (cause: unknown): Failure =>
    isRefusal(cause) ? noPairing(address, cause) : noPhone(address, cause);
  const link = await connectSocket(host, port, patience, refuse, signal);
  const release = closeOn(signal, link);
  try {
    return await converse(link, options, address, patience);
  } finally {
    release();
    link.close();
  }
}

/** In TLS 1.3 an empty context and none are the same (RFC 8446, section 7.5). */
const NO_CONTEXT = Buffer.alloc(0);

async function converse(
  link: SocketStream,
  { code, key, name, random = randomBytes }: PairOptions,
  address: string,
  patience: Patience,
): Promise<string> {
  /** What the phone's hanging up means depends on how far we are. */
  const orIfGone = async <T>(work: Promise<T>, meaning: typeof wrongCode): Promise<T> => {
    try {
      return await within(work, patience, () => stalledWhile('pairing', patience));
    } catch (error) {
      throw isFailure(error, ADB_FAILURES.gone) ? meaning(address, error) : error;
    }
  };
  const reader = new Reader(() => link.read());

  const tls = await orIfGone(link.startTls({ key: key.pem, cert: certificateOf(key.pem) }), pairingClosed);
  const exported = tls.exportKeyingMaterial(EXPORT_BYTES, EXPORT_LABEL, NO_CONTEXT);
  const exchange = startSpake2('client', pairingPassword(code, exported), random(64));
  await orIfGone(link.write(encodePairingPacket(PAIRING.spake2, exchange.message)), pairingClosed);
  const theirs = await orIfGone(readPairing(reader, PAIRING.spake2), pairingClosed);
  const sealingKey = pairingKey(exchange.finish(theirs));

  // The phone opens this and learns whether the code was right. If not, it hangs up, or what it sends cannot be opened.
  const us = encodePeer({ kind: 'key', text: publicLineOf(key, name) });
  await orIfGone(link.write(encodePairingPacket(PAIRING.peer, sealPeer(sealingKey, us))), wrongCode);
  const sealed = await orIfGone(readPairing(reader, PAIRING.peer), wrongCode);
  const opened = openPeer(sealingKey, sealed);
  if (opened === undefined) throw wrongCode(address);
  const { kind, text } = decodePeer(opened);
  if (kind !== 'guid') throw protocolViolation('a pairing with something that is no phone');
  await partFrom(link, reader, patience.clock);
  return text;
}

/** How long the phone may take to hang up after a pairing. */
const PARTING = Temporal.Duration.from({ seconds: 2 });

/** Lets the phone hang up: then it has read all of ours and noted the key, and connecting works at once. One that does not is left. */
async function partFrom(link: SocketStream, reader: Reader, clock: Clock): Promise<void> {
  link.end();
  const patience = { clock, stallAfter: PARTING };
  await within(reader.next(), patience, () => stalledWhile('parting', patience)).catch(() => undefined);
}

async function readPairing(reader: Reader, expected: number): Promise<Uint8Array> {
  const { kind, payloadBytes } = decodePairingHeader(await reader.take(PAIRING_HEADER_BYTES));
  if (kind !== expected) throw protocolViolation('a pairing in the wrong order');
  return reader.take(payloadBytes);
}

/** Somebody is there, and nothing listens. An error for several addresses of a name carries the code of the first. */
const isRefusal = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';

/** The line the phone keeps. White space would end its name there. */
function publicLineOf({ publicLine }: AdbKey, name: string | undefined): string {
  if (name === undefined) return publicLine;
  const [struct = ''] = publicLine.split(' ');
  return `${struct} ${name.replaceAll(/[\s\p{Cc}]+/gu, '-').slice(0, 100)}`;
}
