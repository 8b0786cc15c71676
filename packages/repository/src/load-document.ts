import { isFailure } from '@holdfast/kernel';
import { type Id, shortId } from '@holdfast/restic-format';
import { damaged } from './failures.ts';
import type { UnpackedFiles } from './unpacked.ts';

const REPAIR = {
  snapshot: 'holdfast repair snapshots',
  lock: 'holdfast unlock --all',
} as const;

/**
 * A document as `parse` reads it. Fails with `repository/damaged` also when the file is whole but says nothing that
 * `parse` takes, with `store/missing` when it is gone.
 */
export async function loadDocument<T>(
  files: UnpackedFiles,
  kind: 'snapshot' | 'lock',
  name: Id,
  parse: (json: Uint8Array) => T,
  signal?: AbortSignal,
): Promise<T> {
  const json = await files.load(kind, name, signal);
  try {
    return parse(json);
  } catch (error) {
    if (!isFailure(error)) throw error;
    throw damaged(`${kind} ${shortId(name)}`, REPAIR[kind], error);
  }
}
