/** Bytes from whoever receives them to one reader, in order. */
export class Inbox {
  #chunks: Uint8Array[] = [];
  #at = 0;
  #heldBytes = 0;
  #end: { readonly error?: unknown } | undefined;
  #waiting: PromiseWithResolvers<Uint8Array | undefined> | undefined;

  /** Bytes put and not yet taken. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  get isEnded(): boolean {
    return this.#end !== undefined;
  }

  /** Bytes after the end are dropped. */
  put(chunk: Uint8Array): void {
    if (this.#end !== undefined || chunk.length === 0) return;
    if (this.#waiting !== undefined) {
      this.#waiting.resolve(chunk);
      this.#waiting = undefined;
      return;
    }
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.length;
  }

  /** Nothing more comes. The reader still gets what is there; then the end, or the `error`. */
  end(end: { readonly error?: unknown } = {}): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    if ('error' in end) this.#waiting?.reject(end.error);
    else this.#waiting?.resolve(undefined);
    this.#waiting = undefined;
  }

  /** The reader gets the error now, and nothing of what is there. An error that came before stays. */
  drop(error: unknown): void {
    this.#chunks = [];
    this.#at = 0;
    this.#heldBytes = 0;
    if (this.#end !== undefined && !('error' in this.#end)) this.#end = undefined;
    this.end({ error });
  }

  /** The next bytes, or `undefined` at the end. One call at a time. */
  take(): Promise<Uint8Array | undefined> {
    // The first reader would never be woken.
    if (this.#waiting !== undefined) throw new TypeError('read by two at a time');
    const chunk = this.#chunks[this.#at];
    if (chunk !== undefined) {
      this.#at += 1;
      this.#heldBytes -= chunk.length;
      if (this.#at === this.#chunks.length) {
        this.#chunks = [];
        this.#at = 0;
      }
      return Promise.resolve(chunk);
    }
    if (this.#end !== undefined) {
      if ('error' in this.#end) return Promise.reject(this.#end.error as Error);
      return Promise.resolve(undefined);
    }
    this.#waiting = Promise.withResolvers();
    return this.#waiting.promise;
  }
}
