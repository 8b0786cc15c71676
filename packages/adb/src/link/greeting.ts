import { type Clock, systemClock } from '@holdfast/kernel';
import { commandTooLong, gone, protocolViolation, unauthorized } from '#failures.ts';
import {
  AUTH,
  COMMAND,
  encodePacket,
  MOST_PAYLOAD_BYTES,
  type Packet,
  VERSION_WITHOUT_CHECKSUM,
} from '#wire/apacket.ts';
import { parseBanner } from './banner.ts';
import type { AdbKey } from './key.ts';
import { Multiplexer, readPacket } from './multiplexer.ts';
import { type Patience, STALL_AFTER, stalledWhile, within } from './patience.ts';
import { Reader } from './reader.ts';
import { closeOn, until } from './socket-stream.ts';
import type { LinkTerms } from './terms.ts';
import type { AdbStream, AdbTransport } from './transport.ts';

/** Who we are to a phone, and how long it gets. */
export interface GreetingOptions {
  readonly key: AdbKey;
  readonly clock?: Clock;
  /** Without a sign of life for this long, the phone is taken for gone. Default 20 s. */
  readonly stallAfter?: Temporal.Duration;
  /** How long the person has to answer the phone's prompt. Default 60 s. */
  readonly authorizeWithin?: Temporal.Duration;
  /** Called once the phone shows its prompt: now the person is needed. */
  readonly onPrompt?: () => void;
}

/** What we tell the phone that we can do. */
const OUR_FEATURES = [
  'shell_v2',
  'cmd',
  'stat_v2',
  'ls_v2',
  'fixed_push_mkdir',
  'sendrecv_v2',
  'delayed_ack',
];

const ANSWER_WITHIN = Temporal.Duration.from({ seconds: 60 });

/** Terms of the greeting: version 1 wants checksums of us, newer ones do not send any. */
export const GREETING: LinkTerms = {
  mostPayloadBytes: MOST_PAYLOAD_BYTES,
  hasChecksums: false,
  isAckDelayed: false,
};

const ENCODER = new TextEncoder();

/**
 * A link to a phone's adb daemon over bytes that somebody else carries: it owns `link` from now on. Fails as `connectTcp` does once
 * it has reached the phone; one that wants encryption is `adb/protocol`.
 */
export async function connectOver(
  link: AdbStream,
  serial: string,
  options: GreetingOptions,
  signal?: AbortSignal,
): Promise<AdbTransport> {
  const { clock = systemClock, stallAfter = STALL_AFTER } = options;
  const patience = { clock, stallAfter };
  const release = closeOn(signal, link);
  try {
    const reader = new Reader(() => link.read());
    const answer = await greet(link, reader, options, patience);
    if (answer.command !== COMMAND.connect) throw protocolViolation('encryption where there can be none');
    return transportOf(serial, answer, link, reader, patience);
  } catch (error) {
    link.close(error);
    throw error;
  } finally {
    release();
  }
}

/** Says hello and proves who we are, until the phone says hello too or wants to go on encrypted. */
export async function greet(
  link: AdbStream,
  reader: Reader,
  options: GreetingOptions,
  patience: Patience,
): Promise<Packet> {
  const { key, authorizeWithin = ANSWER_WITHIN, onPrompt } = options;
  const send = (command: number, arg0: number, arg1: number, payload: Uint8Array): Promise<void> =>
    link.write(encodePacket({ command, arg0, arg1, payload }, true));
  const banner = ENCODER.encode(`host::features=${OUR_FEATURES.join(',')}`);
  await send(COMMAND.connect, VERSION_WITHOUT_CHECKSUM, MOST_PAYLOAD_BYTES, banner);
  let attempts = 0;
  for (;;) {
    const hasAsked = attempts > 1;
    const packet = await within(
      readPacket(reader, GREETING),
      hasAsked ? { ...patience, stallAfter: authorizeWithin } : patience,
      () => (hasAsked ? unauthorized() : stalledWhile('greeting it', patience)),
    );
    if (packet === undefined) throw hasAsked ? unauthorized() : gone();
    if (packet.command === COMMAND.connect || packet.command === COMMAND.startTls) return packet;
    if (packet.command !== COMMAND.auth || packet.arg0 !== AUTH.token) {
      throw protocolViolation('a greeting that is none');
    }
    attempts += 1;
    if (attempts === 1) {
      await send(COMMAND.auth, AUTH.signature, 0, key.sign(packet.payload));
    } else if (attempts === 2) {
      await send(COMMAND.auth, AUTH.publicKey, 0, ENCODER.encode(`${key.publicLine}\0`));
      onPrompt?.();
    } else {
      throw unauthorized();
    }
  }
}

/** The way to a phone that said hello. */
export function transportOf(
  serial: string,
  { arg0: version, arg1: mostPayloadBytes, payload }: Packet,
  link: AdbStream,
  reader: Reader,
  patience: Patience,
): AdbTransport {
  const { banner, features } = parseBanner(payload);
  if (mostPayloadBytes === 0) throw protocolViolation('a phone that takes no data');
  const multiplexer = new Multiplexer(link, reader, {
    mostPayloadBytes: Math.min(mostPayloadBytes, MOST_PAYLOAD_BYTES),
    hasChecksums: version < VERSION_WITHOUT_CHECKSUM,
    isAckDelayed: features.has('delayed_ack'),
  });
  return {
    serial,
    banner,
    features,
    async openStream(service, signal) {
      signal?.throwIfAborted();
      const limit = multiplexer.terms.mostPayloadBytes - 1;
      if (service.length > limit) throw commandTooLong(service.length, limit);
      const opening = multiplexer.open(service);
      const stream = until(signal, opening);
      try {
        await within(opening.whenOpen(), patience, () => stalledWhile('opening a service', patience));
      } catch (error) {
        stream.close(error);
        throw error;
      }
      return stream;
    },
    async [Symbol.asyncDispose]() {
      multiplexer.lose(gone());
    },
  };
}
