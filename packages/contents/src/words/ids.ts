import type { Id } from '@holdfast/restic-format';

const BYTES = 32;

/** The ids that are in a column, one after another. */
export function idsIn(content: unknown): Id[] {
  if (!(content instanceof Uint8Array)) return [];
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return Array.from({ length: Math.floor(bytes.length / BYTES) }, (_, at) =>
    bytes.toString('hex', at * BYTES, (at + 1) * BYTES),
  );
}
