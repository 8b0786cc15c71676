import {
  type ByteSource,
  type Clock,
  concatBytes,
  encodeName,
  type RandomBytes,
  systemClock,
} from '@holdfast/kernel';
import { gone, outputTooLarge, protocolViolation, unsupported } from '#failures.ts';
import { Ending, endedBy } from '#link/ending.ts';
import { stalledWhile, Watchdog } from '#link/patience.ts';
import { Reader } from '#link/reader.ts';
import type { AdbStream, AdbTransport } from '#link/transport.ts';
import { decodeShellHeader, encodeShellPacket, SHELL, SHELL_HEADER_BYTES } from '#wire/shell.ts';
import { readUnframed, trailedLine } from './old-shell.ts';
import { quoteLine } from './quote.ts';

/** How a command runs. */
export interface ShellOptions {
  /** Given to the command, then ended; without it the command reads an end at once. Needs `shell_v2`. */
  readonly stdin?: ByteSource;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /**
   * Silent for longer than this, it is given up. Default 35 s: a phone may think for long before it prints; but it may have to be asked
   * once more whether it is there, and a person is to be told within a minute.
   */
  readonly stallAfter?: Temporal.Duration;
  /** Chance, for the mark by which an old phone's exit code is known. */
  readonly random?: RandomBytes;
}

/** What a command prints, as it comes, and last its end. */
export type ShellEvent =
  | { readonly kind: 'stdout' | 'stderr'; readonly bytes: Uint8Array }
  /** `code` is `undefined` where the phone could not say. */
  | { readonly kind: 'exit'; readonly code: number | undefined };

const SILENT_FOR = Temporal.Duration.from({ seconds: 35 });

const NOTHING = new Uint8Array(0);

async function* emptySource(): AsyncGenerator<Uint8Array, void, undefined> {}

/** Most of a packet's data that is taken at a time. */
const PIECE_BYTES = 64 * 1024;

/**
 * Runs a command on the phone: these words, exactly, with nothing expanded. Standard output and standard error come as they
 * are printed; both are read, so neither can block the command. Leaving the loop ends the command's streams.
 *
 * A phone without `shell_v2` (Android before 7) mixes standard error into standard output, and takes no stdin.
 *
 * Fails with `adb/gone`, `adb/stalled`, `adb/unsupported`, `adb/bad-argument`, `adb/command-too-long`; an exit code other than 0
 * is no failure.
 */
export async function* shell(
  transport: AdbTransport,
  words: readonly string[],
  options: ShellOptions = {},
): AsyncGenerator<ShellEvent, void, undefined> {
  const { stdin, signal, clock = systemClock, stallAfter = SILENT_FOR } = options;
  const patience = { clock, stallAfter };
  const line = quoteLine(words);
  const isFramed = transport.features.has('shell_v2');
  if (!isFramed && stdin !== undefined) throw unsupported('Giving a command something to read');
  const trailed = trailedLine(line, options.random);
  const service = isFramed ? concatBytes([encodeName('shell,v2,raw:'), line]) : trailed.service;
  const stream = await transport.openStream(service, signal);
  using dog = new Watchdog(patience, () => stream.close(stalledWhile('running a command', patience)));
  const reader = new Reader(() => dog.during(stream.read()));
  const ending = new Ending();
  const feeding = isFramed ? feed(stream, endedBy(ending, stdin ?? emptySource()), dog) : undefined;
  try {
    yield* isFramed ? readFramed(reader) : readUnframed(reader, trailed.mark);
  } finally {
    // It may have ended before it read everything: what is left, or never comes, is of no use to it.
    stream.close();
    ending.end(gone());
    await feeding;
  }
}

async function* readFramed(reader: Reader): AsyncGenerator<ShellEvent, void, undefined> {
  for (;;) {
    const { id, dataBytes } = decodeShellHeader(await reader.take(SHELL_HEADER_BYTES));
    if (id === SHELL.exit) {
      if (dataBytes !== 1) throw protocolViolation('an exit code that is none');
      const [code] = await reader.take(1);
      yield { kind: 'exit', code };
      return;
    }
    for (let left = dataBytes; left > 0; ) {
      const bytes = await reader.takeSome(Math.min(left, PIECE_BYTES));
      left -= bytes.length;
      if (id === SHELL.stdout) yield { kind: 'stdout', bytes };
      if (id === SHELL.stderr) yield { kind: 'stderr', bytes };
    }
  }
}

/**
 * Gives the command its input. A failure to read that input ends the command. One to send it does not: the command may have
 * ended without it, and what it printed until then is still to be read, or else reading fails too.
 */
async function feed(stream: AdbStream, stdin: ByteSource, dog: Watchdog): Promise<void> {
  const isSent = (id: number, data: Uint8Array): Promise<boolean> =>
    stream.write(encodeShellPacket(id, data)).then(
      () => true,
      () => false,
    );
  try {
    for await (const chunk of stdin) {
      for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
        if (!(await isSent(SHELL.stdin, chunk.subarray(at, at + PIECE_BYTES)))) return;
        dog.touch();
      }
    }
    await isSent(SHELL.closeStdin, NOTHING);
  } catch (error) {
    stream.close(error);
  }
}

/** What became of a command. */
export interface ShellResult {
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** `undefined` where an old phone could not say. */
  readonly exitCode: number | undefined;
}

/** Most output that is held unless the caller says otherwise. */
const MOST_OUTPUT_BYTES = 16 * 1024 * 1024;

/** As `shell`, with everything it prints. Fails with `adb/output-too-large` too, beyond `mostBytes` (default 16 MiB). */
export async function runShell(
  transport: AdbTransport,
  words: readonly string[],
  options: ShellOptions & { readonly mostBytes?: number } = {},
): Promise<ShellResult> {
  const { mostBytes = MOST_OUTPUT_BYTES } = options;
  const stdout: Uint8Array[] = [];
  const stderr: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const event of shell(transport, words, options)) {
    if (event.kind === 'exit') {
      return { stdout: concatBytes(stdout), stderr: concatBytes(stderr), exitCode: event.code };
    }
    heldBytes += event.bytes.length;
    if (heldBytes > mostBytes) throw outputTooLarge(mostBytes);
    (event.kind === 'stdout' ? stdout : stderr).push(event.bytes);
  }
  throw gone();
}
