import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone, with everything in it, once it is disposed. */
export interface TemporaryFolder extends AsyncDisposable {
  /** Absolute; empty at first. */
  readonly path: string;
}

/** A new folder of one's own: `await using folder = await temporaryFolder();`. `parent` defaults to the system's. */
export async function temporaryFolder(parent: string = tmpdir()): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(parent, 'holdfast-test-'));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}
