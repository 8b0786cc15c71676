import { type Clock, isFailure, type RandomBytes, toHex } from '@holdfast/kernel';
import {
  type BoxKey,
  type Config,
  createKeyFile,
  formatConfig,
  formatKeyFile,
  formatTime,
  generateMasterKey,
  type Id,
  idOf,
  type NewKeyFile,
  NONCE_LENGTH,
  openKeyFile,
  parseConfig,
  parseKeyFile,
  randomPolynomial,
  Sealer,
} from '@holdfast/restic-format';
import { CONFIG, type Store } from '@holdfast/store';
import {
  damagedConfig,
  damagedKey,
  existingRepository,
  lostConfig,
  lostKeys,
  missingRepository,
  wrongPassword,
} from './failures.ts';
import { type UnpackedFiles, unpackedFiles } from './unpacked.ts';

/** Who and where: what key files, locks and snapshots say about the program that made them. */
export interface Identity {
  readonly hostname: string;
  readonly username: string;
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

/** The outside, as parameters. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly identity: Identity;
}

/** A repository whose password was right. It does not know yet which blobs it has: `loadIndex` tells. */
export interface OpenRepository extends Surroundings {
  readonly store: Store;
  readonly config: Config;
  readonly files: UnpackedFiles;
  readonly sealer: Sealer;
  /** Secret; needed to make further key files and by worker threads. */
  readonly masterKey: BoxKey;
  /** The key file that the password opened. */
  readonly keyId: Id;
}

/** Format version of new repositories, unless asked otherwise. */
const NEWEST = 2;

/** A key file is a page of JSON; more is not one. */
const KEY_FILE_LIMIT = 64 * 1024;

/** A config is a line of JSON. */
const CONFIG_LIMIT = 64 * 1024;

/** restic, too, gives up after so many: each one costs a key derivation. */
const MOST_KEYS_TRIED = 20;

/** What is asked of a new repository. */
export interface NewRepository extends Surroundings {
  /** Of the format. */
  readonly version?: 1 | 2;
  /** `random`: of 128 bits and more, so that nobody guesses it however fast they try, and trying it need not be slow. Default `chosen`. */
  readonly passwordIs?: 'chosen' | 'random';
}

/** scrypt's cost for a password that cannot be guessed: 16 MiB and about 40 ms. restic takes what a key file says. */
const COST_OF_RANDOM = { N: 2 ** 14, r: 8, p: 1 };

/** Makes a repository in `store` and opens it. Fails with `repository/exists` when there is one, or the remains of one. */
export async function createRepository(
  store: Store,
  password: string,
  { version = NEWEST, passwordIs = 'chosen', ...surroundings }: NewRepository,
  signal?: AbortSignal,
): Promise<OpenRepository> {
  if (await isThere(store, signal)) throw existingRepository(store.location);
  await store.create();
  const { random } = surroundings;
  const masterKey = generateMasterKey(random);
  const cost = passwordIs === 'random' ? COST_OF_RANDOM : {};
  const keyId = await saveKey(store, masterKey, password, { ...surroundings, ...cost }, signal);
  const sealer = new Sealer(masterKey);
  const config: Config = { version, id: toHex(random(32)), chunkerPolynomial: randomPolynomial(random) };
  // Last: a repository is there from the moment its config is.
  await store.put(CONFIG, [sealer.seal(formatConfig(config), random(NONCE_LENGTH))], signal);
  return assemble(store, config, sealer, masterKey, keyId, surroundings);
}

/** How a repository is opened. */
export interface OpenOptions extends Surroundings {
  /** Told each time a key begins to be derived from the password: that takes another thread some time. */
  readonly onTrying?: () => void;
}

/**
 * Opens the repository in `store`.
 *
 * Fails with `repository/missing`, `repository/wrong-password`, `repository/damaged` (config or every key file), and
 * `restic-format/newer-version`.
 */
export async function openRepository(
  store: Store,
  password: string,
  { onTrying, ...surroundings }: OpenOptions,
  signal?: AbortSignal,
): Promise<OpenRepository> {
  const sealedConfig = await loadConfig(store, signal);
  const { masterKey, keyId } = await findKey(store, password, onTrying, signal);
  const sealer = new Sealer(masterKey);
  const opened = sealer.tryOpen(sealedConfig);
  if (opened === undefined) throw damagedConfig(store.location);
  return assemble(store, parseConfig(opened), sealer, masterKey, keyId, surroundings);
}

/** True when a config file is there. Fails with `repository/damaged` when only that is missing of a repository. */
export async function isThere(store: Store, signal?: AbortSignal): Promise<boolean> {
  try {
    await store.size(CONFIG, signal);
    return true;
  } catch (error) {
    if (!isNotThere(error)) throw error;
  }
  if (await hasContent(store, signal)) throw lostConfig(store.location);
  return false;
}

const isNotThere = (error: unknown): boolean =>
  isFailure(error, 'store/missing') || isFailure(error, 'store/absent');

/** Keys do not count: they come before the config, so the making of a repository may have been cut off after them. */
async function hasContent(store: Store, signal?: AbortSignal): Promise<boolean> {
  try {
    for (const kind of ['snapshot', 'index', 'pack'] as const)
      for await (const _ of store.list(kind, signal)) return true;
    return false;
  } catch (error) {
    if (isNotThere(error)) return false;
    throw error;
  }
}

/** Adds a key file for `password` and gives its name; the cost of trying it is `createKeyFile`'s unless given. */
export async function saveKey(
  store: Store,
  masterKey: BoxKey,
  password: string,
  { clock, random, identity, ...cost }: Surroundings & Pick<NewKeyFile, 'N' | 'r' | 'p'>,
  signal?: AbortSignal,
): Promise<Id> {
  const created = formatTime(clock.now().epochNanoseconds);
  const { hostname, username } = identity;
  const bytes = formatKeyFile(
    await createKeyFile(masterKey, password, { created, hostname, username, random, ...cost }),
  );
  const name = idOf(bytes);
  await store.put({ kind: 'key', name }, [bytes], signal);
  return name;
}

function assemble(
  store: Store,
  config: Config,
  sealer: Sealer,
  masterKey: BoxKey,
  keyId: Id,
  surroundings: Surroundings,
): OpenRepository {
  const files = unpackedFiles(store, sealer, config.version, surroundings.random);
  return { ...surroundings, store, config, files, sealer, masterKey, keyId };
}

async function loadConfig(store: Store, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    return await store.get(CONFIG, { limitBytes: CONFIG_LIMIT, ...(signal && { signal }) });
  } catch (error) {
    if (!isNotThere(error)) throw error;
    throw (await hasContent(store, signal)) ? lostConfig(store.location) : missingRepository(store.location);
  }
}

/** The master key that a password opens, of the first key file that it fits. */
export async function findKey(
  store: Store,
  password: string,
  onTrying: (() => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<{ masterKey: BoxKey; keyId: Id }> {
  let tried = 0;
  let broken: { name: Id; error: unknown } | undefined;
  for await (const { name } of store.list('key', signal)) {
    if (tried++ === MOST_KEYS_TRIED) break;
    try {
      const bytes = await store.get(
        { kind: 'key', name },
        { limitBytes: KEY_FILE_LIMIT, ...(signal && { signal }) },
      );
      // Its name is the hash of what was saved: the password of a damaged key file is as good as a wrong one.
      if (idOf(bytes) !== name) broken = { name, error: undefined };
      const opening = openKeyFile(parseKeyFile(bytes), password);
      onTrying?.();
      const masterKey = await opening;
      if (masterKey !== undefined) return { masterKey, keyId: name };
    } catch (error) {
      // One damaged key file must not hide a good one.
      if (!isFailure(error)) throw error;
      broken = { name, error };
    }
  }
  if (broken !== undefined) throw damagedKey(broken.name, broken.error);
  if (tried === 0) throw lostKeys(store.location);
  throw wrongPassword(store.location);
}
