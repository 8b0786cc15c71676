import { type Clock, type RandomBytes, toHex } from '@holdfast/kernel';
import {
  type Config,
  createKeyFile,
  formatConfig,
  formatKeyFile,
  formatTime,
  generateMasterKey,
  idOf,
  NONCE_LENGTH,
  randomPolynomial,
  Sealer,
} from '@holdfast/restic-format';
import { CONFIG, type Store } from '@holdfast/store';
import { type OpenRepository, openRepository } from '#repository.ts';
import { unpackedFiles } from '#unpacked.ts';

/** How a {@link cheapRepository} is made. */
export interface CheapOptions {
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Default 2. */
  readonly version?: 1 | 2;
}

/** The password of every {@link cheapRepository}. */
export const CHEAP_PASSWORD = 'cheap';

/** scrypt's cost for tests: a millisecond, and no protection at all. restic opens such a key file too. */
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

/** A new repository in `store` whose password takes no time to try: for tests that open one again and again. */
export async function cheapRepository(
  store: Store,
  { clock, random, version = 2 }: CheapOptions,
): Promise<OpenRepository> {
  await store.create();
  const masterKey = generateMasterKey(random);
  const identity = { hostname: 'testing', username: 'tester', pid: 4711, uid: 1000, gid: 1000 };
  const created = formatTime(clock.now().epochNanoseconds);
  const { hostname, username } = identity;
  const keyFile = formatKeyFile(
    await createKeyFile(masterKey, CHEAP_PASSWORD, { created, hostname, username, random, ...CHEAP }),
  );
  await store.put({ kind: 'key', name: idOf(keyFile) }, [keyFile]);
  const config: Config = { version, id: toHex(random(32)), chunkerPolynomial: randomPolynomial(random) };
  await store.put(CONFIG, [new Sealer(masterKey).seal(formatConfig(config), random(NONCE_LENGTH))]);
  return openRepository(store, CHEAP_PASSWORD, { clock, random, identity });
}

/** The same repository, opened with the same key, on another store that holds its files. */
export function onStore(repository: OpenRepository, store: Store): OpenRepository {
  const { sealer, config, random } = repository;
  return { ...repository, store, files: unpackedFiles(store, sealer, config.version, random) };
}
