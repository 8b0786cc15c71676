import type { JsonLine } from '@holdfast/contract';
import { Failure, isFailure, visibleText } from '@holdfast/kernel';
import { CLI_FAILURES } from '#failures.ts';
import type { World } from '#world.ts';
import { jsonText } from './json-text.ts';
import { ProgressView } from './progress-view.ts';
import { wrap } from './wrap.ts';

/** How a person wants to be told. */
export interface ScreenOptions {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly noColor: boolean;
}

/** So many characters are gathered before they are written: a long listing is not a system call a line. */
const GATHER = 16_384;

/** Longer lines are hard to read. */
const WIDEST = 100;

/** Clears the terminal line the cursor is in (ECMA-48, EL 2). */
const CLEAR_LINE = '\r\x1b[2K';

/** Styles a screen knows (ECMA-48, SGR). */
const STYLES = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33' } as const;

/** The name of a style. */
type Style = keyof typeof STYLES;

/** One of the two streams. */
type Place = 'stdout' | 'stderr';

/** Where a command says things: results on stdout, the rest on stderr; for people as text, for programs as JSON lines. */
export class Screen {
  readonly isJson: boolean;
  readonly columns: number;
  readonly #world: World;
  readonly #isQuiet: boolean;
  readonly #hasColor: Readonly<Record<Place, boolean>>;
  #gathered = '';
  #progress: ProgressView | undefined;
  #mustOutlive = false;
  #lost: { readonly error: unknown } | undefined;
  /** Writes to stderr on their way: they keep their order, and `finish` waits for them. */
  #told: Promise<void> = Promise.resolve();

  constructor(world: World, { isJson, isQuiet, noColor }: ScreenOptions) {
    this.#world = world;
    this.isJson = isJson;
    this.columns = world.stdout.columns;
    this.#isQuiet = isQuiet;
    const { env, stdout, stderr } = world;
    const isPlain = noColor || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
    this.#hasColor = { stdout: stdout.isTTY && !isPlain, stderr: stderr.isTTY && !isPlain };
  }

  /** Prints a result: its line for programs, or its text for people; a text of `undefined` is nothing to them. */
  result(line: JsonLine, text: string | undefined): Promise<void> {
    if (this.isJson) return this.#gather(`${jsonText(line)}\n`);
    return text === undefined ? Promise.resolve() : this.#gather(`${text}\n`);
  }

  /** Prints what only people need with results: a heading, a total they can count themselves, an empty line. */
  text(text: string): Promise<void> {
    return this.isJson ? Promise.resolve() : this.#gather(`${text}\n`);
  }

  /** Prints as it is, whatever form was asked for: a help page, a script. */
  raw(text: string): Promise<void> {
    return this.#gather(text);
  }

  /** Writes a file's bytes to stdout. */
  async bytes(chunk: Uint8Array): Promise<void> {
    await this.flush();
    await this.#world.stdout.write(chunk);
  }

  /** Says on stderr what is worth knowing and no result; `--quiet` leaves it out. */
  note(message: string): void {
    if (!this.#isQuiet) this.trouble(message);
  }

  /** Says on stderr what is missing from the results. Also with `--quiet`. */
  trouble(message: string): void {
    this.#tell(this.isJson ? `${jsonText({ type: 'note', message: message.trimEnd() })}\n` : `${message}\n`);
  }

  /** Says on stderr why the command failed. Also with `--quiet`. */
  failure(line: JsonLine, text: string): void {
    this.#tell(this.isJson ? `${jsonText(line)}\n` : `${text}\n`);
  }

  /** A view for long work; the one before it is over. */
  progress(): ProgressView {
    this.#progress?.clear();
    const { stderr, clock } = this.#world;
    const form = this.#isQuiet ? 'none' : this.isJson ? 'json' : stderr.isTTY ? 'bar' : 'lines';
    this.#progress = new ProgressView({
      form,
      columns: () => stderr.columns,
      nowMs: () => clock.now().epochMilliseconds,
      draw: (line) => this.#write(`${CLEAR_LINE}${line}`),
      line: (text) => this.#write(`${text}\n`),
      json: (line) => this.#write(`${jsonText(line)}\n`),
    });
    return this.#progress;
  }

  /** A sentence, each of its lines behind `indent` and, after the first, `hanging`: as narrow as the terminal, and whole elsewhere. */
  wrapped(text: string, indent = '', hanging = indent): string {
    const { stdout } = this.#world;
    const width = stdout.isTTY ? Math.min(this.columns - 1, WIDEST) : Number.POSITIVE_INFINITY;
    const lines = wrap(text, width - hanging.length);
    return lines.map((line, at) => `${at === 0 ? indent : hanging}${line}`).join('\n');
  }

  /** The text in a style, where the stream it goes to has colours. */
  style(style: Style, text: string, place: Place = 'stdout'): string {
    return this.#hasColor[place] && text !== '' ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text;
  }

  /** Asks before something that cannot be undone; throws `cli/declined` unless the answer is yes. */
  async confirm(question: string): Promise<void> {
    await this.flush();
    this.#progress?.clear();
    await this.#told;
    const { stdin, signal } = this.#world;
    const answer = await stdin.ask(`${question} [y/N] `, { isSecret: false, signal });
    if (/^y(es)?$/i.test(answer.trim())) return;
    throw new Failure(CLI_FAILURES.declined, 'Nothing was changed', {
      hint: 'Answer "y" to go on; --yes answers beforehand, --dry-run only shows the plan.',
    });
  }

  /** Writes what has been gathered. */
  async flush(): Promise<void> {
    const text = this.#gathered;
    this.#gathered = '';
    if (text === '') return;
    this.#progress?.clear();
    // On a terminal both streams are one: the bar goes before the text comes.
    await this.#told;
    await this.#put(text);
  }

  /**
   * From now on the work goes on whatever becomes of its output: for commands that do more than tell. What cannot be
   * written is dropped; `finish` tells why, unless the reader has simply gone.
   */
  outlive(): void {
    this.#mustOutlive = true;
  }

  /** Writes everything; the last thing a command's life needs of its screen. */
  async finish(): Promise<void> {
    this.#progress?.clear();
    try {
      await this.flush();
    } finally {
      await this.#told;
    }
    const lost = this.#lost;
    this.#lost = undefined;
    if (lost !== undefined && !isFailure(lost.error, CLI_FAILURES.outputClosed)) throw lost.error;
  }

  async #put(text: string): Promise<void> {
    if (this.#lost !== undefined) return;
    try {
      await this.#world.stdout.write(text);
    } catch (error) {
      if (!this.#mustOutlive) throw error;
      this.#lost = { error };
    }
  }

  #gather(text: string): Promise<void> {
    this.#gathered += text;
    return this.#world.stdout.isTTY || this.#gathered.length >= GATHER ? this.flush() : Promise.resolve();
  }

  #tell(text: string): void {
    this.#progress?.clear();
    this.#write(text);
  }

  /** What cannot be written to stderr has nowhere else to go. */
  #write(text: string): void {
    const { stderr } = this.#world;
    this.#told = this.#told.then(() => stderr.write(text)).catch(() => {});
  }
}

/** A name from outside as it is, with what would move the cursor made visible. */
export function shown(name: string): string {
  return visibleText(name, 4096);
}
