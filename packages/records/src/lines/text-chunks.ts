import type { ByteSource } from '@holdfast/kernel';

/** Characters gathered before they become a chunk: few enough to be short-lived, enough that a chunk costs nothing. */
const CHUNK_CHARACTERS = 64 * 1024;

/** Texts one after another as UTF-8, in chunks of at least 64 KiB but for the last. Each text must be well formed. */
export async function* textChunks(texts: AsyncIterable<string> | Iterable<string>): ByteSource {
  const encoder = new TextEncoder();
  let pending: string[] = [];
  let length = 0;
  for await (const text of texts) {
    pending.push(text);
    length += text.length;
    if (length < CHUNK_CHARACTERS) continue;
    yield encoder.encode(pending.join(''));
    pending = [];
    length = 0;
  }
  if (length > 0) yield encoder.encode(pending.join(''));
}
