import { type ByteSource, collect } from '@holdfast/kernel';

/** A source of these bytes in chunks of `size`, each overwritten when the next is asked for, as producers may. */
export async function* inChunks(bytes: Uint8Array, size: number): ByteSource {
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    yield chunk;
    chunk.fill(0x0a);
  }
}

/** A source of a text in UTF-8, in one chunk. */
export function textSource(text: string): ByteSource {
  return inChunks(new TextEncoder().encode(text), 1 << 30);
}

/** All of a source. */
export function bytesOf(source: ByteSource): Promise<Uint8Array> {
  return collect(source, 1 << 30);
}

/** All of a source, as text. */
export async function textOf(source: ByteSource): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await bytesOf(source));
}
