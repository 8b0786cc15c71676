import { type Failure, isFailure, systemClock } from '@holdfast/kernel';
import { ADB_FAILURES, noPhone, notPaired, protocolViolation } from '#failures.ts';
import { COMMAND, encodePacket, type Packet, TLS_VERSION } from '#wire/apacket.ts';
import { certificateOf } from '#wire/certificate.ts';
import { GREETING, type GreetingOptions, greet, transportOf } from './greeting.ts';
import { readPacket } from './multiplexer.ts';
import { type Patience, STALL_AFTER, stalledWhile, within } from './patience.ts';
import { Reader } from './reader.ts';
import { closeOn, connectSocket, type SocketStream } from './socket-stream.ts';
import type { AdbTransport } from './transport.ts';

/** How to reach a phone over TCP. */
export interface TcpOptions extends GreetingOptions {
  readonly host: string;
  /** 5555 for a phone that listens in the open; that of wireless debugging (Android 11 and later) changes. */
  readonly port: number;
}

/**
 * A link straight to a phone's adb daemon, which listens on TCP, with no adb server between. Whether the phone is open to
 * everybody, asks the person, or speaks to computers that are paired with it and encrypted only, is up to the phone.
 *
 * Fails with `adb/no-phone`, `adb/unauthorized` (nobody allowed this computer in time), `adb/not-paired`, `adb/stalled`,
 * `adb/gone`, `adb/protocol`. An abort of `signal` ends the attempt, not the link once made.
 */
export async function connectTcp(options: TcpOptions, signal?: AbortSignal): Promise<AdbTransport> {
  const { host, port, clock = systemClock, stallAfter = STALL_AFTER } = options;
  const patience = { clock, stallAfter };
  const serial = `${host}:${port}`;
  const link = await connectSocket(host, port, patience, (cause) => noPhone(serial, cause), signal);
  const release = closeOn(signal, link);
  try {
    const reader = new Reader(() => link.read());
    const answer = await greet(link, reader, options, patience);
    const connected =
      answer.command === COMMAND.startTls ? await encrypt(link, reader, options, patience) : answer;
    return transportOf(serial, connected, link, reader, patience);
  } catch (error) {
    link.close(error);
    throw error;
  } finally {
    release();
  }
}

/** Goes on encrypted: the phone says hello in there, if it knows our key, and hangs up otherwise. */
async function encrypt(
  link: SocketStream,
  reader: Reader,
  { host, port, key }: TcpOptions,
  patience: Patience,
): Promise<Packet> {
  const soon = <T>(work: Promise<T>): Promise<T> =>
    within(work, patience, () => stalledWhile('setting up encryption', patience));
  await link.write(
    encodePacket({ command: COMMAND.startTls, arg0: TLS_VERSION, arg1: 0, payload: new Uint8Array(0) }, true),
  );
  if (reader.takeNow(1) !== undefined) throw protocolViolation('data where TLS should begin');
  await soon(link.startTls({ key: key.pem, cert: certificateOf(key.pem) }));
  const refusal = (cause?: unknown): Failure => notPaired(`${host}:${port}`, cause);
  const packet = await soon(readPacket(reader, GREETING)).catch((error: unknown) => {
    throw isFailure(error, ADB_FAILURES.gone) ? refusal(error) : error;
  });
  if (packet === undefined) throw refusal();
  if (packet.command !== COMMAND.connect) throw protocolViolation('a greeting that is none');
  return packet;
}
