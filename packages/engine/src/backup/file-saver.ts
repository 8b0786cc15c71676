import type { ReasonCode } from '@holdfast/contract';
import { MOST_READ_AT_ONCE, type Source, type SourceFile } from '@holdfast/devices';
import { type ByteSource, type Clock, type Failure, isFailure, Slots } from '@holdfast/kernel';
import type { SavedContent } from '@holdfast/repository';
import type { Node } from '@holdfast/restic-format';
import type { ItemReporter } from './item-reporter.ts';
import { fileNode, hasSameTraits } from './nodes.ts';
import { reasonOfErrno, reasonOfFailure } from './reasons.ts';
import type { Saver } from './saver.ts';

/**
 * Files at once on their way through the saver: enough to fill its batches of small ones. With twice as many, what the main
 * thread knows of them outlives the collections of young garbage, which cost a twentieth of the backup more.
 */
const MOST_UNDER_WAY = 192;

/** A file that changed while it was read is tried again so often, each time after a longer wait. */
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 100;

/** While so many are under way, one in eight is told as it is taken up: nobody could read them all. */
const MANY = 32;
const TOLD_OF_MANY = 8;

const nobodysYet = (): void => {};

/** What reading a file once came to. */
type Attempt =
  | SavedContent
  | { readonly kind: 'failed'; readonly reason: ReasonCode; readonly detail: string };

/** Saves the content of files, many at a time; trouble with one sets it aside and never stops the others. */
export class FileSaver {
  readonly #source: Source;
  readonly #saver: Saver;
  readonly #report: ItemReporter;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #slots = new Slots(MOST_UNDER_WAY);
  readonly #readSlots = new Slots(MOST_READ_AT_ONCE);
  #underWay = 0;
  #begun = 0;

  constructor(parts: {
    source: Source;
    saver: Saver;
    report: ItemReporter;
    clock: Clock;
    signal: AbortSignal;
  }) {
    this.#source = parts.source;
    this.#saver = parts.saver;
    this.#report = parts.report;
    this.#clock = parts.clock;
    this.#signal = parts.signal;
  }

  /**
   * Resolves when the file is under way, with the promise of its node, wrapped so that awaiting this does not await that;
   * the node is `undefined` when the file was set aside.
   */
  async begin(
    file: SourceFile,
    path: string,
    previous: Node | undefined,
  ): Promise<{ node: Promise<Node | undefined> }> {
    await this.#slots.take();
    this.#underWay += 1;
    this.#begun += 1;
    if (this.#underWay < MANY || this.#begun % TOLD_OF_MANY === 0) this.#report.saving(path);
    const node = this.#file(file, path, previous);
    // Awaited with its folder, possibly much later; until then its failure is nobody's yet.
    node.catch(nobodysYet);
    return { node };
  }

  /** In its slot, which it gives back. */
  async #file(file: SourceFile, path: string, previous: Node | undefined): Promise<Node | undefined> {
    try {
      if (this.#saver.isPretending === true) return this.#pretend(file, path);
      for (let attempt = 1; ; attempt++) {
        const saved = await this.#content(file, path);
        if (saved.kind === 'saved') return this.#settle(file, path, saved, previous);
        if (saved.kind === 'unreadable') {
          this.#setAside(file, path, reasonOfErrno(saved.errno), `${saved.errno}, ${saved.syscall}`);
          return undefined;
        }
        if (saved.kind === 'failed') {
          this.#setAside(file, path, saved.reason, saved.detail);
          return undefined;
        }
        if (attempt === ATTEMPTS) {
          this.#setAside(file, path, 'changed-while-reading');
          return undefined;
        }
        const waitMs = FIRST_WAIT_MS * 2 ** (attempt - 1);
        await this.#clock.sleep(Temporal.Duration.from({ milliseconds: waitMs }), this.#signal);
      }
    } finally {
      this.#underWay -= 1;
      this.#slots.give();
    }
  }

  /** In a dry run: a made file counts for as many records as it was listed with. */
  #pretend(file: SourceFile, path: string): undefined {
    const { sizeBytes: bytes, made } = file;
    this.#report.saved({ path, bytes, newBytes: bytes, items: made?.items ?? 1, content: [] });
  }

  #settle(
    file: SourceFile,
    path: string,
    { content, sizeBytes, newBytes, facts }: Extract<SavedContent, { kind: 'saved' }>,
    previous: Node | undefined,
  ): Node {
    if (file.made === undefined) {
      const asRead = facts ?? this.#source.asRead?.(path);
      const { sizeBytes: bytes } = file;
      this.#report.saved({ path, bytes, newBytes, items: 1, content, ...(asRead && { asRead }) });
      return fileNode(file, content, sizeBytes, asRead);
    }
    const records = this.#source.recordsOf?.(path) ?? [];
    this.#report.found(records.length - file.made.items, sizeBytes - file.sizeBytes);
    let items = 0;
    for (const { key, reason, detail } of records) {
      if (reason === undefined) items += 1;
      else this.#report.setAside(`${path}#${key}`, 0, reason, detail);
    }
    this.#report.saved({ path, bytes: sizeBytes, newBytes, items, content, records });
    // Made anew, it has a new time; with the same content it is the same file.
    const isSame = previous?.content?.join() === content.join() && hasSameTraits(file, previous);
    return isSame ? previous : fileNode(file, content, sizeBytes);
  }

  /** A made file that could not be read is one item: what its records would have been is not known. */
  #setAside(file: SourceFile, path: string, reason: ReasonCode, detail?: string): void {
    if (file.made !== undefined) this.#report.found(1 - file.made.items, 0);
    this.#report.setAside(path, file.sizeBytes, reason, detail);
  }

  #content(file: SourceFile, path: string): Promise<Attempt> {
    const local = file.made === undefined ? this.#source.localPath(path) : undefined;
    if (local === undefined) return this.#stream(path);
    return this.#saver.saveFile(local, file.sizeBytes);
  }

  async #stream(path: string): Promise<Attempt> {
    await this.#readSlots.take();
    let isOver = false;
    // Once it is read: what is being hashed and sealed leaves its place to the next.
    const onOver = (): void => {
      if (!isOver) this.#readSlots.give();
      isOver = true;
    };
    let fault: unknown;
    const onError = (error: unknown): void => {
      fault = error;
    };
    const content = noting(this.#source.read(path, this.#signal), onError, onOver);
    try {
      return await this.#saver.saveStream(content);
    } catch (error) {
      if (error !== fault) throw error;
      if (isFailure(error, 'devices/changed-while-reading')) return { kind: 'changed' };
      if (isOfThisFile(error))
        return { kind: 'failed', reason: reasonOfFailure(error), detail: error.message };
      this.#report.lost(error);
      throw error;
    } finally {
      onOver();
    }
  }
}

/** The same bytes; tells what fails in giving them, which is not what fails in taking them, and when they are over. */
async function* noting(
  source: ByteSource,
  onError: (error: unknown) => void,
  onOver: () => void,
): ByteSource {
  try {
    yield* source;
  } catch (error) {
    onError(error);
    throw error;
  } finally {
    onOver();
  }
}

/** By its package: sources fail with `devices/…` for a file, with anything else for the device. */
const isOfThisFile = (error: unknown): error is Failure =>
  isFailure(error) && error.code.startsWith('devices/');
