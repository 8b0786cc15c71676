import { ADB_FAILURES, type AdbStream, type AdbTransport } from '@holdfast/adb';
import { type Clock, decodeName, isFailure } from '@holdfast/kernel';
import { Mask } from './masking/mask.ts';
import { maskText } from './masking/mask-text.ts';
import { ShellWatch, shellService } from './shell-watch.ts';
import { SyncWatch } from './sync-watch.ts';
import { formatLine, MASKED, type PhoneLine, type TranscriptLine } from './transcript.ts';

/** What a transcript is made with. */
export interface RecorderOptions {
  readonly clock: Clock;
  /** What makes it: `holdfast 0.1.0`. */
  readonly program: string;
  /** Takes the lines, each with its end. */
  readonly write: (line: string) => void;
}

/** Conversations that differ in numbers only, of which this many are written. */
const MOST_ALIKE = 50;

/** Conversations of all kinds that are written. */
const MOST_CONVERSATIONS = 20_000;

/** Features of AOSP's adbd (`transport.cpp`); others keep their form only. */
const FEATURES: ReadonlySet<string> = new Set(
  `shell_v2 cmd stat_v2 ls_v2 libusb push_sync apex fixed_push_mkdir abb fixed_push_symlink_timestamp abb_exec
  remount_shell track_app sendrecv_v2 sendrecv_v2_brotli sendrecv_v2_lz4 sendrecv_v2_zstd
  sendrecv_v2_dry_run_send openscreen_mdns delayed_ack devicetracker_proto_format devraw app_info server_status`.split(
    /\s+/,
  ),
);

/** Listens to one conversation. */
interface Watch {
  wrote(bytes: Uint8Array): void;
  read(bytes: Uint8Array): void;
  told(mask: Mask): { readonly type: string };
}

/**
 * Writes a masked transcript of everything said over the links it is given: nothing of a person leaves it, and what may is listed, word
 * by word (`masking/`). A conversation is written when it ends. The links themselves work as they did.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #mask = new Mask();
  readonly #alike = new Map<string, number>();
  #phones = 0;
  #written = 0;
  #hasHeading = false;
  #waiting: PhoneLine[] = [];

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** The link, listened to. To be disposed in place of it. */
  listenTo(transport: AdbTransport): AdbTransport {
    this.#phones += 1;
    const phone = this.#phones;
    const { clock } = this.#options;
    const began = clock.now();
    const sinceMs = (): number => Math.round(clock.now().since(began).total({ unit: 'milliseconds' }));
    this.#waiting.push(phoneLine(phone, transport));
    const open = new Set<() => void>();
    let left = 0;
    const end = (watch: Watch, atMs: number, model: string, ended: string, key: string): void => {
      this.#head(watch, model);
      const alike = (this.#alike.get(`${phone} ${key}`) ?? 0) + 1;
      this.#alike.set(`${phone} ${key}`, alike);
      if (alike > MOST_ALIKE || this.#written >= MOST_CONVERSATIONS) {
        left += 1;
        return;
      }
      this.#written += 1;
      const { type, ...told } = watch.told(this.#mask);
      this.#line({ type, phone, atMs, tookMs: sinceMs() - atMs, ended, ...told } as TranscriptLine);
    };
    return {
      serial: transport.serial,
      banner: transport.banner,
      features: transport.features,
      openStream: async (service, signal) => {
        const atMs = sinceMs();
        const text = decodeName(service);
        const watch = watchOf(text);
        let isOver = false;
        const over = (ended: string): void => {
          if (isOver) return;
          isOver = true;
          open.delete(left);
          end(watch, atMs, transport.banner.model, ended, text.replace(/\d+/g, '9'));
        };
        const left = (): void => over('left-open');
        open.add(left);
        try {
          return listened(await transport.openStream(service, signal), watch, over);
        } catch (error) {
          over(codeOf(error));
          throw error;
        }
      },
      [Symbol.asyncDispose]: async () => {
        try {
          await transport[Symbol.asyncDispose]();
        } finally {
          for (const leave of open) leave();
          if (left > 0) this.#line({ type: 'alike', phone, left });
        }
      },
    };
  }

  /** The last lines, once every link was disposed of. */
  finish(): void {
    this.#head();
    for (const [of, columns] of this.#mask.ownColumns) {
      const byForm = Object.groupBy(columns, maskText);
      this.#line({ type: 'columns', of, columns: byForm as Record<string, string[]> });
    }
  }

  /** Writes the first line, once it is known what phone it is: the first thing that is asked. */
  #head(watch?: Watch, banner = ''): void {
    if (!this.#hasHeading) {
      this.#hasHeading = true;
      const model = (watch instanceof ShellWatch ? watch.property('ro.product.model') : undefined) ?? banner;
      const android = watch instanceof ShellWatch ? watch.property('ro.build.version.release') : undefined;
      const { clock, program } = this.#options;
      this.#line({
        type: 'transcript',
        version: 1,
        program,
        date: clock.now().toString().slice(0, 10),
        ...(model !== '' && { model }),
        ...(android !== undefined && { android }),
        masked: MASKED,
      });
    }
    for (const line of this.#waiting.splice(0)) this.#line(line);
  }

  #line(line: TranscriptLine): void {
    this.#options.write(`${formatLine(line)}\n`);
  }
}

function watchOf(service: string): Watch {
  const command = shellService(service);
  if (command !== undefined) return new ShellWatch(command);
  if (service === 'sync:') return new SyncWatch();
  const [name = ''] = service.split(':');
  const told = {
    type: 'service',
    service: /^(?:reboot|remount|root|tcpip|usb)$/.test(name) ? name : maskText(name),
  };
  return { wrote: () => {}, read: () => {}, told: () => told };
}

/** The stream, with what goes through it shown to `watch`. */
function listened(stream: AdbStream, watch: Watch, over: (ended: string) => void): AdbStream {
  return {
    async read() {
      try {
        const bytes = await stream.read();
        if (bytes === undefined) over('phone');
        else heard(() => watch.read(bytes));
        return bytes;
      } catch (error) {
        over(codeOf(error));
        throw error;
      }
    },
    async write(bytes) {
      heard(() => watch.wrote(bytes));
      await stream.write(bytes);
    },
    close(reason) {
      stream.close(reason);
      over(reason === undefined ? 'us' : codeOf(reason));
    },
  };
}

/** What is said is passed on, understood or not: what is no ADB, the program itself finds out. */
function heard(listen: () => void): void {
  try {
    listen();
  } catch (error) {
    if (!isFailure(error, ADB_FAILURES.protocol)) throw error;
  }
}

const codeOf = (error: unknown): string => (isFailure(error) ? error.code : 'stopped');

function phoneLine(phone: number, { serial, banner, features }: AdbTransport): PhoneLine {
  return {
    type: 'phone',
    phone,
    serial: maskText(serial),
    banner: { state: banner.state, product: banner.product, model: banner.model, device: banner.device },
    features: [...features].map((feature) => (FEATURES.has(feature) ? feature : maskText(feature))),
  };
}
