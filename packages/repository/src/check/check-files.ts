import { isFailure } from '@holdfast/kernel';
import { parseConfig } from '@holdfast/restic-format';
import { CONFIG } from '@holdfast/store';
import { listKeys } from '../keys.ts';
import { type IsProcessAlive, listLocks } from '../locks/found-locks.ts';
import type { OpenRepository } from '../repository.ts';
import type { Finding } from './finding.ts';

/** A config is a line of JSON. */
const CONFIG_LIMIT = 64 * 1024;

/** Looks at the config, the key files and the locks. */
export async function* checkFiles(
  repository: OpenRepository,
  isProcessAlive: IsProcessAlive,
  signal?: AbortSignal,
): AsyncGenerator<Finding, void, undefined> {
  const reason = await configProblem(repository, signal);
  if (reason !== undefined) yield { kind: 'config-damaged', reason };
  const keys = await listKeys(repository, signal);
  for (const { id, isCurrent, problem } of keys) {
    if (problem !== undefined) yield { kind: 'key-damaged', key: id, reason: problem, isCurrent };
  }
  if (!keys.some(({ isCurrent }) => isCurrent))
    yield { kind: 'key-damaged', key: repository.keyId, reason: 'it is gone', isCurrent: true };
  yield* checkLocks(repository, isProcessAlive, signal);
}

async function configProblem(
  { store, sealer, config }: OpenRepository,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const sealed = await store.get(CONFIG, { limitBytes: CONFIG_LIMIT, ...(signal && { signal }) });
    const { id } = parseConfig(sealer.open(sealed));
    return id === config.id ? undefined : 'it is of another repository';
  } catch (error) {
    if (!isFailure(error) || error.code === 'store/absent') throw error;
    return error.message;
  }
}

async function* checkLocks(
  repository: OpenRepository,
  isProcessAlive: IsProcessAlive,
  signal?: AbortSignal,
): AsyncGenerator<Finding, void, undefined> {
  const { locks, unreadable } = await listLocks(repository, { isProcessAlive, ...(signal && { signal }) });
  for (const { name, error } of unreadable)
    yield { kind: 'lock-damaged', lock: name, reason: reasonOf(error) };
  for (const { id, state, lock } of locks) {
    if (state !== 'held') yield { kind: 'lock-stale', lock: id, hostname: lock.hostname, time: lock.time };
  }
}

/** What is wrong, without the sentence around it where there is a cause that says it better. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && isFailure(error.cause)) return error.cause.message;
  if (isFailure(error, 'repository/damaged')) return 'its content does not match its name';
  return error instanceof Error ? error.message : String(error);
}
