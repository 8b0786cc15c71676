import { decodeShellHeader, SHELL, SHELL_HEADER_BYTES } from '@holdfast/adb/wire';
import { concatBytes, decodeName } from '@holdfast/kernel';
import type { Mask } from './masking/mask.ts';
import { propertyIn } from './masking/properties.ts';
import { Pieces } from './pieces.ts';
import { rounded } from './rounded.ts';
import type { Printed, ShellLine } from './transcript.ts';

/** Most that is kept of what a command prints on each of its outputs. */
const MOST_KEPT_BYTES = 64 * 1024;

/** One output of a command, its beginning kept. */
class Output {
  readonly #parts: Uint8Array[] = [];
  #keptBytes = 0;
  #allBytes = 0;

  put(bytes: Uint8Array): void {
    this.#allBytes += bytes.length;
    const kept = bytes.slice(0, MOST_KEPT_BYTES - this.#keptBytes);
    if (kept.length === 0) return;
    this.#keptBytes += kept.length;
    this.#parts.push(kept);
  }

  get text(): string {
    return decodeName(concatBytes(this.#parts));
  }

  /** What was kept of it, whole lines where there is more; `mask` gives nothing where nothing of it may be. */
  told(mask: (text: string) => string | undefined): Printed | undefined {
    if (this.#allBytes === 0) return undefined;
    const bytes = concatBytes(this.#parts);
    const isAll = this.#allBytes === bytes.length;
    const whole = isAll ? bytes : bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1 || bytes.length);
    const text = mask(decodeName(whole));
    const more = this.#allBytes - (text === undefined ? 0 : whole.length);
    return { text: text ?? '', ...(more > 0 && { more: rounded(more) }) };
  }
}

/** `(` line `) </dev/null 2>&1; echo mark:$?`, as the exit code of a command is had from old phones. */
const TRAILED = /^\((?<line>.*)\n\) <\/dev\/null 2>&1; echo (?<mark>[0-9a-f]{8,}):\$\?$/s;

/** What a service that runs a command says, by its name; `undefined` for every other service. */
export function shellService(
  service: string,
): { readonly framing: 'v2' | 'plain'; readonly line: string; readonly mark?: string } | undefined {
  const [, name = '', line = ''] = /^([^:]*):(.*)$/s.exec(service) ?? [];
  if (/^shell,v2(,|$)/.test(name)) return { framing: 'v2', line };
  if (name !== 'exec' && !/^shell(,|$)/.test(name)) return undefined;
  const trailed = TRAILED.exec(line)?.groups;
  if (trailed === undefined) return { framing: 'plain', line };
  return { framing: 'plain', line: trailed['line'] ?? '', mark: trailed['mark'] ?? '' };
}

/** The words of a line in which every one is in quotes; `undefined` for any other line. */
export function quotedWords(line: string): string[] | undefined {
  if (!/^(?:'[^']*'(?:\\''[^']*')*)(?: '[^']*'(?:\\''[^']*')*)*$/.test(line)) return undefined;
  return [...line.matchAll(/(?:'[^']*'|\\')+/g)].map(([word]) =>
    word.replace(/'([^']*)'|\\'/g, (_, inner: string | undefined) => inner ?? "'"),
  );
}

/** Listens to one command: what goes to it and comes from it, as it is on the wire. */
export class ShellWatch {
  readonly #service: NonNullable<ReturnType<typeof shellService>>;
  readonly #stdout = new Output();
  readonly #stderr = new Output();
  readonly #pieces = new Pieces();
  #tail: Uint8Array = new Uint8Array(0);
  #packet: { readonly id: number; leftBytes: number } | undefined;
  #stdinBytes = 0;
  #exit: number | undefined;

  constructor(service: NonNullable<ReturnType<typeof shellService>>) {
    this.#service = service;
  }

  wrote(bytes: Uint8Array): void {
    if (bytes[0] === SHELL.stdin) this.#stdinBytes += bytes.length - SHELL_HEADER_BYTES;
  }

  read(bytes: Uint8Array): void {
    if (this.#service.framing === 'v2') this.#readFramed(bytes);
    else this.#readPlain(bytes);
  }

  /** The value of a property, where this is the command that prints all of them. */
  property(name: string): string | undefined {
    return quotedWords(this.#service.line)?.join(' ') === 'getprop'
      ? propertyIn(this.#stdout.text, name)
      : undefined;
  }

  /** What was said, masked. */
  told(
    mask: Mask,
  ): Pick<ShellLine, 'type' | 'words' | 'line' | 'framing' | 'stdinBytes' | 'stdout' | 'stderr' | 'exit'> {
    const { framing, line } = this.#service;
    if (framing === 'plain') this.#endPlain();
    const words = quotedWords(line);
    const stdout = this.#stdout.told((text) =>
      words === undefined ? mask.report(text) : mask.stdout(words, text),
    );
    const stderr = this.#stderr.told((text) => mask.report(text));
    return {
      type: 'shell',
      ...(words === undefined ? { line: mask.report(line) } : { words: mask.words(words) }),
      framing,
      ...(this.#stdinBytes > 0 && { stdinBytes: rounded(this.#stdinBytes) }),
      ...(stdout && { stdout }),
      ...(stderr && { stderr }),
      ...(this.#exit !== undefined && { exit: this.#exit }),
    };
  }

  #readFramed(bytes: Uint8Array): void {
    this.#pieces.put(bytes);
    for (;;) {
      if (this.#packet === undefined) {
        const header = this.#pieces.take(SHELL_HEADER_BYTES);
        if (header === undefined) return this.#pieces.keep();
        const { id, dataBytes } = decodeShellHeader(header);
        this.#packet = { id, leftBytes: dataBytes };
      }
      const { id, leftBytes } = this.#packet;
      const data = this.#pieces.drop(leftBytes);
      this.#packet.leftBytes -= data.length;
      if (id === SHELL.stdout) this.#stdout.put(data);
      if (id === SHELL.stderr) this.#stderr.put(data);
      if (id === SHELL.exit && data.length > 0) this.#exit = data[0];
      if (this.#packet.leftBytes > 0) return;
      this.#packet = undefined;
    }
  }

  /** The mark may be in what came last: so much is held back. */
  #readPlain(bytes: Uint8Array): void {
    const all = concatBytes([this.#tail, bytes]);
    const sure = Math.max(0, all.length - (this.#service.mark?.length ?? 0) - 8);
    this.#stdout.put(all.subarray(0, sure));
    this.#tail = all.slice(sure);
  }

  #endPlain(): void {
    const { mark } = this.#service;
    const text = Buffer.from(this.#tail).toString('latin1');
    const found = mark === undefined ? null : new RegExp(`${mark}:(\\d{1,3})\\r?\\n$`).exec(text);
    this.#stdout.put(found === null ? this.#tail : this.#tail.subarray(0, found.index));
    if (found !== null) this.#exit = Number(found[1]);
    this.#tail = new Uint8Array(0);
  }
}
