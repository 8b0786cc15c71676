import { concatBytes, type Failure } from '@holdfast/kernel';
import { gone, protocolViolation, refusedService } from '#failures.ts';
import {
  COMMAND,
  checksumOf,
  decodePacketHeader,
  encodePacket,
  PACKET_HEADER_BYTES,
  type Packet,
} from '#wire/apacket.ts';
import { viewOf } from '#wire/little-endian.ts';
import { PacketStream } from './packet-stream.ts';
import type { Reader } from './reader.ts';
import { type LinkTerms, WINDOW_BYTES } from './terms.ts';
import type { AdbStream } from './transport.ts';

const NOTHING = new Uint8Array(0);

/** Most packets for a phone that nobody waits for: one that goes on talking but reads nothing is ended before it fills our memory. */
const MOST_UNSENT = 65_536;

/** Reads one packet; `undefined` when the connection ends before it. Throws `adb/protocol`, `adb/gone`. */
export async function readPacket(
  reader: Reader,
  { mostPayloadBytes, hasChecksums }: LinkTerms,
): Promise<Packet | undefined> {
  const header = await reader.takeOrEnd(PACKET_HEADER_BYTES);
  if (header === undefined) return undefined;
  const { command, arg0, arg1, payloadBytes, checksum } = decodePacketHeader(header, mostPayloadBytes);
  const payload = payloadBytes === 0 ? NOTHING : await reader.take(payloadBytes);
  if (hasChecksums && checksum !== checksumOf(payload))
    throw protocolViolation('a packet with a wrong checksum');
  return { command, arg0, arg1, payload };
}

/** Many streams over one connection (AOSP adb `protocol.txt`). */
export class Multiplexer {
  readonly terms: LinkTerms;
  readonly #link: AdbStream;
  readonly #streams = new Map<number, PacketStream>();
  #lastId = 0;
  #unsent = 0;
  #lost: unknown;

  constructor(link: AdbStream, reader: Reader, terms: LinkTerms) {
    this.terms = terms;
    this.#link = link;
    this.#receive(reader).then(
      () => this.lose(gone()),
      (error: unknown) => this.lose(error),
    );
  }

  /** Asks for a service; `whenOpen` of the stream says what came of it. Throws what the link was lost by. */
  open(service: Uint8Array): PacketStream {
    if (this.#lost !== undefined) throw this.#lost as Error;
    this.#lastId += 1;
    const stream = new PacketStream(this.#lastId, this, refusedService(new TextDecoder().decode(service)));
    this.#streams.set(stream.localId, stream);
    const window = this.terms.isAckDelayed ? WINDOW_BYTES : 0;
    this.tell(COMMAND.open, stream.localId, window, concatBytes([service, Uint8Array.of(0)]));
    return stream;
  }

  send(command: number, arg0: number, arg1: number, payload: Uint8Array = NOTHING): Promise<void> {
    return this.#link.write(encodePacket({ command, arg0, arg1, payload }, this.terms.hasChecksums));
  }

  /** As `send`, for what nobody waits for; should it not get through, the receiving side learns that the link is lost. */
  tell(command: number, arg0: number, arg1: number, payload?: Uint8Array): void {
    this.#unsent += 1;
    this.send(command, arg0, arg1, payload).then(
      () => (this.#unsent -= 1),
      (error: unknown) => this.lose(error),
    );
    if (this.#unsent > MOST_UNSENT) this.lose(protocolViolation('a phone that talks without listening'));
  }

  /** The stream is over and gets no more packets. */
  forget(stream: PacketStream): void {
    this.#streams.delete(stream.localId);
  }

  /** Ends every stream and the connection. */
  lose(reason: unknown): void {
    if (this.#lost !== undefined) return;
    this.#lost = reason;
    this.#link.close(reason);
    for (const stream of this.#streams.values()) stream.lose(reason);
    this.#streams.clear();
  }

  async #receive(reader: Reader): Promise<void> {
    for (;;) {
      const packet = await readPacket(reader, this.terms);
      if (packet === undefined) return;
      const violation = this.#dispatch(packet);
      if (violation !== undefined) throw violation;
    }
  }

  #dispatch({ command, arg0, arg1, payload }: Packet): Failure | undefined {
    // Packets may cross: one for a stream that we have just closed is nothing odd.
    const stream = this.#streams.get(arg1);
    switch (command) {
      case COMMAND.okay:
        // Of a service that we did not wait for: the phone must not keep it running.
        if (stream === undefined) this.tell(COMMAND.close, arg1, arg0);
        return stream?.onOkay(arg0, ackedBytes(payload));
      case COMMAND.write:
        return stream?.onWrite(payload);
      case COMMAND.close:
        stream?.onClose();
        return undefined;
      case COMMAND.connect:
      case COMMAND.auth:
        return gone();
      default:
        return protocolViolation('a packet that has no place here');
    }
  }
}

/** How many bytes an OKAY acknowledges, where it says so. */
function ackedBytes(payload: Uint8Array): number | undefined {
  return payload.length === 4 ? viewOf(payload).getInt32(0, true) : undefined;
}
