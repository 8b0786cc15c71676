import type { Id } from '@holdfast/restic-format';

/** Digits of an id that make a small whole number. */
const KEY_DIGITS = 7;

/**
 * Ids of blobs that are on their way to a pack.
 *
 * By numbers: V8 keeps every string that is looked up in a Set, and a hundred thousand ids that each are needed for a second
 * would live until the next full collection.
 */
export class ClaimedBlobs {
  readonly #byKey = new Map<number, Id>();
  /** Of several with one key, all but the first. */
  readonly #others = new Set<Id>();

  has(id: Id): boolean {
    return this.#byKey.get(keyOf(id)) === id || (this.#others.size > 0 && this.#others.has(id));
  }

  /** Claims a blob that is not claimed. */
  add(id: Id): void {
    const key = keyOf(id);
    if (this.#byKey.has(key)) this.#others.add(id);
    else this.#byKey.set(key, id);
  }

  delete(id: Id): void {
    const key = keyOf(id);
    if (this.#byKey.get(key) === id) this.#byKey.delete(key);
    else this.#others.delete(id);
  }
}

function keyOf(id: Id): number {
  let key = 0;
  for (let at = 0; at < KEY_DIGITS; at++) {
    const code = id.charCodeAt(at);
    key = (key << 4) | (code < 58 ? code - 48 : code - 87);
  }
  return key;
}
