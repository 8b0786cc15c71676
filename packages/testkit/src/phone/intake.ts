import { concatBytes } from '@holdfast/kernel';

/** Bytes that come in pieces, taken out by lengths. */
export class Intake {
  #chunks: Uint8Array[] = [];
  #isEnded = false;
  #wake: (() => void) | undefined;
  readonly #onTaken: (length: number) => void;

  /** `onTaken` hears of each piece, in the length it came in, when it is begun. */
  constructor(onTaken: (length: number) => void = () => undefined) {
    this.#onTaken = onTaken;
  }

  put(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#wake?.();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  /** The next bytes as they came; `undefined` at the end. */
  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) {
        this.#onTaken(chunk.length);
        return chunk;
      }
      if (this.#isEnded) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Everything that came and was not taken, which is taken by that. */
  takeAll(): Uint8Array {
    const all = concatBytes([this.#rest, ...this.#chunks]);
    this.#rest = new Uint8Array(0);
    this.#chunks = [];
    return all;
  }

  #rest: Uint8Array = new Uint8Array(0);

  /** The next `length` bytes; `undefined` when there are not that many left. */
  async take(length: number): Promise<Uint8Array | undefined> {
    const parts = [this.#rest];
    let held = this.#rest.length;
    while (held < length) {
      const chunk = await this.next();
      if (chunk === undefined) return undefined;
      parts.push(chunk);
      held += chunk.length;
    }
    const whole = concatBytes(parts);
    this.#rest = whole.subarray(length);
    return whole.subarray(0, length);
  }
}
