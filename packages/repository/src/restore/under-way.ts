/** Bytes that are written of files which are not finished: what a bar shows while one long file is being written. */
export class UnderWay {
  #bytes = 0;
  readonly #ofFile = new Map<number, number>();

  get bytes(): number {
    return this.#bytes;
  }

  add(file: number, bytes: number): void {
    this.#bytes += bytes;
    this.#ofFile.set(file, (this.#ofFile.get(file) ?? 0) + bytes);
  }

  /** The file is finished, or given up. */
  settle(file: number): void {
    this.#bytes -= this.#ofFile.get(file) ?? 0;
    this.#ofFile.delete(file);
  }
}
