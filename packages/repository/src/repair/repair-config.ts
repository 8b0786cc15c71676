import { isFailure, toHex } from '@holdfast/kernel';
import { type Config, formatConfig, NONCE_LENGTH, randomPolynomial, Sealer } from '@holdfast/restic-format';
import { CONFIG, type Store } from '@holdfast/store';
import { foreignKeys } from '../failures.ts';
import { findKey, type OpenOptions, openRepository } from '../repository.ts';

/** Sealed files that are tried; some may be damaged themselves. */
const MOST_TRIED = 20;

/** A snapshot is a page; an index file of the largest kind takes less. */
const LIMIT = 256 * 1024 * 1024;

/**
 * Makes the config anew where it is lost or damaged; `false` where it opens, and nothing is changed. What is in a config is needed by nothing that is
 * stored: an id that is random, a version, of which the newest reads what all others wrote, and restic's secret for cutting files.
 *
 * First the key is proved on what is stored. Fails as `openRepository` does, and with `repository/damaged` where the key opens nothing.
 */
export async function repairConfig(
  store: Store,
  password: string,
  options: OpenOptions,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    await openRepository(store, password, options, signal);
    return false;
  } catch (error) {
    if (!isFailure(error, 'repository/damaged')) throw error;
  }
  const { random, onTrying } = options;
  const sealer = new Sealer((await findKey(store, password, onTrying, signal)).masterKey);
  if (!(await opensSomething(store, sealer, signal))) throw foreignKeys(store.location);
  const config: Config = { version: 2, id: toHex(random(32)), chunkerPolynomial: randomPolynomial(random) };
  const sealed = sealer.seal(formatConfig(config), random(NONCE_LENGTH));
  signal?.throwIfAborted();
  try {
    await store.remove(CONFIG);
  } catch (error) {
    if (!isFailure(error, 'store/missing')) throw error;
  }
  await store.put(CONFIG, [sealed]);
  return true;
}

async function opensSomething(store: Store, sealer: Sealer, signal?: AbortSignal): Promise<boolean> {
  let tried = 0;
  for (const kind of ['snapshot', 'index'] as const)
    for await (const { name } of store.list(kind, signal)) {
      if (tried++ === MOST_TRIED) return false;
      const bytes = await store.get({ kind, name }, { limitBytes: LIMIT, ...(signal && { signal }) });
      if (sealer.tryOpen(bytes) !== undefined) return true;
    }
  return false;
}
