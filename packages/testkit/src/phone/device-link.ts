import {
  COMMAND,
  decodePacketHeader,
  encodePacket,
  PACKET_HEADER_BYTES,
  type Packet,
} from '@holdfast/adb/wire';
import { Intake } from './intake.ts';

/** The phone's end of a cable: a socket, or what is like one. */
export interface PhoneSocket {
  readonly destroyed: boolean;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'close' | 'error', listener: () => void): unknown;
  write(bytes: Uint8Array): unknown;
  pause(): unknown;
  destroy(error?: Error): unknown;
  destroySoon(): unknown;
}

/** What both sides agreed on. */
export interface DeviceTerms {
  mostPayloadBytes: number;
  hasChecksums: boolean;
  isAckDelayed: boolean;
}

/** Faults of the connection. */
export interface LinkFaults {
  /** After it has got so many bytes, the phone takes no more. */
  readonly deafAfterBytes?: number;
  /** Counted in bytes the phone has sent: then the cable is pulled. */
  readonly cutAfterBytes?: number;
  /** Counted likewise: then nothing more comes, and nothing says so. */
  readonly stallAfterBytes?: number;
}

/** What serves a stream, by the name of the service; `undefined` for one that is not offered. */
export type ServiceFor = (service: Uint8Array) => ((stream: DeviceStream) => Promise<void>) | undefined;

const WINDOW_BYTES = 32 * 1024 * 1024;

/** The phone's side of one connection. */
export class DeviceLink {
  readonly terms: DeviceTerms = { mostPayloadBytes: 4096, hasChecksums: true, isAckDelayed: false };
  readonly #socket: PhoneSocket;
  readonly #intake = new Intake();
  readonly #faults: LinkFaults;
  readonly #streams = new Map<number, DeviceStream>();
  #sentBytes = 0;
  #isCut = false;
  #lastId = 0;

  constructor(socket: PhoneSocket, faults: LinkFaults) {
    this.#socket = socket;
    this.#faults = faults;
    let gotBytes = 0;
    socket.on('data', (chunk: Uint8Array) => {
      this.#intake.put(chunk);
      gotBytes += chunk.length;
      if (gotBytes >= (faults.deafAfterBytes ?? Infinity)) socket.pause();
    });
    socket.on('close', () => this.#intake.end());
    // A host that hangs up in the middle is nothing odd.
    socket.on('error', () => this.#intake.end());
  }

  async receive(): Promise<Packet | undefined> {
    const header = await this.#intake.take(PACKET_HEADER_BYTES);
    if (header === undefined) return undefined;
    const { command, arg0, arg1, payloadBytes } = decodePacketHeader(header, 1024 * 1024);
    const payload = await this.#intake.take(payloadBytes);
    return payload && { command, arg0, arg1, payload };
  }

  send(command: number, arg0: number, arg1: number, payload: Uint8Array = new Uint8Array(0)): void {
    const { cutAfterBytes = Infinity, stallAfterBytes = Infinity } = this.#faults;
    const bytes = encodePacket({ command, arg0, arg1, payload }, this.terms.hasChecksums);
    const room = Math.min(cutAfterBytes, stallAfterBytes) - this.#sentBytes;
    this.#sentBytes += bytes.length;
    if (room > 0 && !this.#socket.destroyed) this.#socket.write(bytes.subarray(0, room));
    if (this.#sentBytes > cutAfterBytes && !this.#isCut) {
      this.#isCut = true;
      this.#socket.destroySoon();
    }
  }

  /** Serves streams until the host hangs up. */
  async serve(serviceFor: ServiceFor): Promise<void> {
    for (;;) {
      const packet = await this.receive();
      if (packet === undefined) break;
      const { command, arg0, arg1, payload } = packet;
      if (command === COMMAND.open) this.#open(arg0, arg1, payload, serviceFor);
      else if (command === COMMAND.okay) this.#streams.get(arg1)?.onOkay(payload);
      else if (command === COMMAND.write) this.#streams.get(arg1)?.intake.put(payload);
      else if (command === COMMAND.close) this.#streams.get(arg1)?.end();
    }
    for (const stream of this.#streams.values()) stream.end();
  }

  #open(remoteId: number, window: number, payload: Uint8Array, serviceFor: ServiceFor): void {
    const end = payload.indexOf(0);
    const service = serviceFor(end < 0 ? payload : payload.subarray(0, end));
    if (service === undefined) {
      this.send(COMMAND.close, 0, remoteId);
      return;
    }
    this.#lastId += 1;
    const stream = new DeviceStream(this, this.#lastId, remoteId, window);
    this.#streams.set(stream.localId, stream);
    stream.acknowledge(WINDOW_BYTES);
    service(stream)
      .finally(() => stream.end())
      .catch((error: unknown) => this.#socket.destroy(error as Error));
  }

  forget(stream: DeviceStream): void {
    this.#streams.delete(stream.localId);
  }
}

/** The phone's side of one stream. */
export class DeviceStream {
  readonly localId: number;
  readonly intake: Intake;
  readonly #link: DeviceLink;
  readonly #remoteId: number;
  readonly #over = Promise.withResolvers<void>();
  #credit: number;
  #writing: Promise<void> = Promise.resolve();
  /** Wakes those who wait for room. */
  #wake = Promise.withResolvers<void>();
  #isOver = false;

  constructor(link: DeviceLink, localId: number, remoteId: number, window: number) {
    this.localId = localId;
    this.#link = link;
    this.#remoteId = remoteId;
    this.#credit = link.terms.isAckDelayed ? window : 1;
    this.intake = new Intake((length) => this.acknowledge(length));
  }

  /** True once either side has ended it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Resolves once either side has ended it. */
  whenOver(): Promise<void> {
    return this.#over.promise;
  }

  /**
   * Sends, as the host makes room; what comes after the end is dropped. Whoever calls meanwhile waits for its turn: a
   * command's two outputs come at once, and nothing of one may stand within a message of the other.
   */
  write(bytes: Uint8Array): Promise<void> {
    const written = this.#writing.then(() => this.#send(bytes));
    this.#writing = written;
    return written;
  }

  /** Resolves when the host has room for something, or the stream is over. */
  async room(): Promise<void> {
    while (this.#credit <= 0 && !this.#isOver) await this.#wake.promise;
  }

  #wakeAll(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }

  async #send(bytes: Uint8Array): Promise<void> {
    const { mostPayloadBytes, isAckDelayed } = this.#link.terms;
    for (let at = 0; at < bytes.length; at += mostPayloadBytes) {
      await this.room();
      if (this.#isOver) return;
      const part = bytes.subarray(at, at + mostPayloadBytes);
      this.#credit -= isAckDelayed ? part.length : 1;
      this.#link.send(COMMAND.write, this.localId, this.#remoteId, part);
    }
  }

  acknowledge(length: number): void {
    if (this.#isOver) return;
    const count = new Uint8Array(4);
    new DataView(count.buffer).setInt32(0, length, true);
    this.#link.send(
      COMMAND.okay,
      this.localId,
      this.#remoteId,
      this.#link.terms.isAckDelayed ? count : undefined,
    );
  }

  onOkay(payload: Uint8Array): void {
    if (payload.length === 4) {
      this.#credit += new DataView(payload.buffer, payload.byteOffset).getInt32(0, true);
    } else {
      this.#credit = 1;
    }
    this.#wakeAll();
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#link.forget(this);
    this.#link.send(COMMAND.close, this.localId, this.#remoteId);
    this.intake.end();
    this.#over.resolve();
    this.#wakeAll();
  }
}
