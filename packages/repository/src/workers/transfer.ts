import type { Transferable } from 'node:worker_threads';

/** Moved, not copied, from this size on; less is cheaper to copy, and may be a view of a pool that others use too. */
const WORTH_MOVING_BYTES = 256 * 1024;

/**
 * The memory in a message that moves to the other thread: that of every array which fills its whole buffer.
 *
 * Whoever posts a message gives up these arrays.
 */
export function transferables(message: unknown): Transferable[] {
  const buffers = new Set<ArrayBuffer>();
  visit(message, buffers);
  return [...buffers];
}

function visit(value: unknown, buffers: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteLength } = value;
    if (
      buffer instanceof ArrayBuffer &&
      byteLength === buffer.byteLength &&
      byteLength >= WORTH_MOVING_BYTES
    ) {
      buffers.add(buffer);
    }
    return;
  }
  // Lists of entries and chunks are long and hold no memory: only the first element tells what a list is of.
  if (Array.isArray(value)) {
    if (holdsMemory(value[0])) for (const element of value) visit(element, buffers);
    return;
  }
  for (const field of Object.values(value)) visit(field, buffers);
}

function holdsMemory(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ArrayBuffer.isView(value) || Object.values(value).some((field) => ArrayBuffer.isView(field));
}
