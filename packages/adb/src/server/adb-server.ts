import { type Clock, encodeName, Failure, systemClock } from '@holdfast/kernel';
import { gone, noServer, protocolViolation, refusedByServer } from '#failures.ts';
import { parseFeatures } from '#link/banner.ts';
import { type Patience, STALL_AFTER, stalledWhile, within } from '#link/patience.ts';
import { Reader } from '#link/reader.ts';
import { connectSocket, until } from '#link/socket-stream.ts';
import type { AdbStream, AdbTransport } from '#link/transport.ts';
import { describeState, notReady } from '#states.ts';
import { decodeServerLength, encodeServerMessage, LENGTH_DIGITS } from '#wire/smart-socket.ts';
import { type ListedDevice, parseDeviceList } from './device-list.ts';

/** Where the adb server is. */
export interface AdbServerOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 5037. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Without a sign of life for this long, server and phone are taken for gone. Default 20 s. */
  readonly stallAfter?: Temporal.Duration;
}

const DEFAULT_PORT = 5037;

interface Conversation {
  readonly stream: AdbStream;
  readonly reader: Reader;
}

/**
 * A running adb server (AOSP adb `SERVICES.TXT`): the phones it sees, and a link to each.
 *
 * Every call is a connection of its own. Each may fail with `adb/no-server`, `adb/refused-by-server`, `adb/stalled`,
 * `adb/gone` and `adb/protocol`. It never starts or stops a server.
 */
export class AdbServer {
  readonly #host: string;
  readonly #port: number;
  readonly #patience: Patience;

  constructor({
    host = '127.0.0.1',
    port = DEFAULT_PORT,
    clock = systemClock,
    stallAfter = STALL_AFTER,
  }: AdbServerOptions = {}) {
    this.#host = host;
    this.#port = port;
    this.#patience = { clock, stallAfter };
  }

  /** The version of the server's protocol: 41 for years now. */
  async version(signal?: AbortSignal): Promise<number> {
    const text = await this.#ask('host:version', signal);
    if (!/^[0-9a-fA-F]{1,8}$/.test(text)) throw protocolViolation('an adb server without a version');
    return Number.parseInt(text, 16);
  }

  /** The phones it sees now, those it cannot use among them. */
  async devices(signal?: AbortSignal): Promise<ListedDevice[]> {
    return parseDeviceList(await this.#ask('host:devices-l', signal));
  }

  /**
   * The phones it sees: now, and whenever something changes. Goes on until the loop is left, or `signal` aborts; ends with
   * `adb/gone` when the server does.
   */
  async *trackDevices(signal?: AbortSignal): AsyncGenerator<readonly ListedDevice[], void, undefined> {
    const { stream, reader } = await this.#request('host:track-devices-l', signal);
    try {
      for (;;) {
        // A change may take days: nothing is late here.
        yield parseDeviceList(await readMessage(reader));
        signal?.throwIfAborted();
      }
    } finally {
      stream.close();
    }
  }

  /** A link to a phone of the list. Fails with the code of its state when it is not ready. */
  async connect(device: ListedDevice, signal?: AbortSignal): Promise<AdbTransport> {
    const { serial, transportId, product, model, state } = device;
    if (state.code !== 'ready') throw notReady(serial, state);
    // Two phones may have one serial number, a clone its original's; the server's number is unambiguous.
    const address = transportId === undefined ? `transport:${serial}` : `transport-id:${transportId}`;
    const prefix = transportId === undefined ? `host-serial:${serial}` : `host-transport-id:${transportId}`;
    const features = parseFeatures(await this.#ask(`${prefix}:features`, signal, serial));
    const closing = new AbortController();
    return {
      serial,
      banner: { state: state.raw, product, model, device: device.device },
      features,
      openStream: async (service, streamSignal) => {
        const signals =
          streamSignal === undefined ? closing.signal : AbortSignal.any([closing.signal, streamSignal]);
        const conversation = await this.#request(`host:${address}`, signals, serial);
        return this.#open(conversation, service);
      },
      async [Symbol.asyncDispose]() {
        closing.abort(gone());
      },
    };
  }

  async #open({ stream, reader }: Conversation, service: Uint8Array): Promise<AdbStream> {
    try {
      const opening = stream.write(encodeServerMessage(service)).then(() => readStatus(reader));
      await this.#soon(opening, 'opening a service');
      return {
        read: () => reader.next(),
        write: (bytes) => stream.write(bytes),
        close: (reason) => stream.close(reason),
      };
    } catch (error) {
      stream.close(error);
      throw error;
    }
  }

  /** Sends a request and reads OKAY. */
  async #request(request: string, signal: AbortSignal | undefined, serial?: string): Promise<Conversation> {
    const address = `${this.#host}:${this.#port}`;
    const stream = until(
      signal,
      await connectSocket(
        this.#host,
        this.#port,
        this.#patience,
        (cause) => noServer(address, cause),
        signal,
      ),
    );
    try {
      const reader = new Reader(() => stream.read());
      const asking = stream
        .write(encodeServerMessage(encodeName(request)))
        .then(() => readStatus(reader, serial));
      await this.#soon(asking, 'asking the adb server');
      return { stream, reader };
    } catch (error) {
      stream.close(error);
      throw error;
    }
  }

  async #ask(request: string, signal: AbortSignal | undefined, serial?: string): Promise<string> {
    const { stream, reader } = await this.#request(request, signal, serial);
    try {
      return await this.#soon(readMessage(reader), 'asking the adb server');
    } finally {
      stream.close();
    }
  }

  #soon<T>(work: Promise<T>, doing: string): Promise<T> {
    return within(work, this.#patience, () => stalledWhile(doing, this.#patience));
  }
}

async function readMessage(reader: Reader): Promise<string> {
  const length = decodeServerLength(await reader.take(LENGTH_DIGITS));
  return new TextDecoder().decode(await reader.take(length));
}

/** Reads OKAY, or FAIL and the reason. */
async function readStatus(reader: Reader, serial = ''): Promise<void> {
  const status = Buffer.from(await reader.take(LENGTH_DIGITS)).toString('latin1');
  if (status === 'OKAY') return;
  if (status !== 'FAIL') throw protocolViolation('an adb server that says neither OKAY nor FAIL');
  throw refusalOf(serial, await readMessage(reader));
}

/** What the server said of a phone it will not use (AOSP adb `transport.cpp`, `acquire_one_transport`), as the failure of that state. */
function refusalOf(serial: string, said: string): Failure {
  const state = /^device (unauthorized|offline|still connecting|still authorizing)/.exec(said)?.[1];
  if (state === undefined)
    return /^device .*not found/.test(said) ? gone(refusedByServer(said)) : refusedByServer(said);
  return notReady(serial, describeState(state.replace('still ', '')));
}
