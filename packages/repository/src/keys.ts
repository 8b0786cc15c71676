import { equalBytes, isFailure, mapOrdered } from '@holdfast/kernel';
import { type BoxKey, type Id, idOf, openKeyFile, parseKeyFile, shortId } from '@holdfast/restic-format';
import { ambiguousId, currentKey, damaged, lastKey, noKey, tooManyKeys } from './failures.ts';
import { type OpenRepository, saveKey } from './repository.ts';

/** A key file. Of one that cannot be read only the id and the problem are known. */
export interface KeyEntry {
  readonly id: Id;
  /** RFC 3339. */
  readonly created?: string;
  readonly hostname?: string;
  readonly username?: string;
  /** The repository was opened with it. */
  readonly isCurrent: boolean;
  /** What is wrong with the file: it may not open any more. */
  readonly problem?: string;
}

/** A key file is a page of JSON; more is not one. */
const LIMIT_BYTES = 64 * 1024;

/** Whoever opens a repository tries no more than this, as restic does: a further one might never be tried. */
const MOST_KEYS = 20;

const MOST_LOADS = 8;

/** All key files by the time they were made, damaged ones last. Passwords are not needed and not tried. */
export async function listKeys(repository: OpenRepository, signal?: AbortSignal): Promise<KeyEntry[]> {
  const { store, keyId } = repository;
  const keys: KeyEntry[] = [];
  const load = ({ name }: { name: Id }, stop: AbortSignal): ReturnType<typeof describeKey> =>
    describeKey(repository, name, stop);
  for await (const key of mapOrdered(store.list('key', signal), MOST_LOADS, load, signal)) {
    if (key !== undefined) keys.push({ ...key, isCurrent: key.id === keyId });
  }
  return keys.sort((a, b) => compareText(a.created ?? '~', b.created ?? '~') || compareText(a.id, b.id));
}

/**
 * Adds a key file for a further password and gives its id; read back and opened before it is trusted. Fails with
 * `repository/too-many-keys` when there are 20. The caller holds a lock.
 */
export async function addKey(
  repository: OpenRepository,
  password: string,
  signal?: AbortSignal,
): Promise<Id> {
  const names = await Array.fromAsync(repository.store.list('key', signal));
  if (names.length >= MOST_KEYS) throw tooManyKeys(MOST_KEYS);
  return saveProvedKey(repository, password, signal);
}

/**
 * Removes the key file whose id this is, or begins with this.
 *
 * Fails with `repository/no-key` and `repository/ambiguous`, and refuses the key in use (`repository/current-key`) and
 * the last one that is whole (`repository/last-key`). The caller holds an exclusive lock. Whoever has read a removed key
 * file and knows its password can open the repository for ever: all key files hold the same master key.
 */
export async function removeKey(
  repository: OpenRepository,
  idOrPrefix: string,
  signal?: AbortSignal,
): Promise<Id> {
  const keys = await listKeys(repository, signal);
  const meant = keys.filter(({ id }) => idOrPrefix !== '' && id.startsWith(idOrPrefix.toLowerCase()));
  const [key] = meant;
  if (key === undefined) throw noKey(idOrPrefix);
  if (meant.length > 1)
    throw ambiguousId(
      'key',
      idOrPrefix,
      meant.map(({ id }) => id),
    );
  if (!keys.some((other) => other !== key && other.problem === undefined)) throw lastKey(key.id);
  if (key.isCurrent) throw currentKey(key.id);
  signal?.throwIfAborted();
  await repository.store.remove({ kind: 'key', name: key.id }, signal);
  return key.id;
}

/**
 * Replaces the key file in use by one for `newPassword`, and gives the repository as opened by that.
 *
 * The old one is removed last: if anything fails before, it still opens the repository, and perhaps the new one does
 * too. Other key files stay. The caller holds an exclusive lock.
 */
export async function changePassword(
  repository: OpenRepository,
  newPassword: string,
  signal?: AbortSignal,
): Promise<OpenRepository> {
  const keyId = await saveProvedKey(repository, newPassword, signal);
  signal?.throwIfAborted();
  try {
    await repository.store.remove({ kind: 'key', name: repository.keyId }, signal);
  } catch (error) {
    if (!isFailure(error, 'store/missing')) throw error;
  }
  return { ...repository, keyId };
}

async function saveProvedKey(
  repository: OpenRepository,
  password: string,
  signal?: AbortSignal,
): Promise<Id> {
  const { store, masterKey } = repository;
  const { clock, random, identity } = repository;
  const name = await saveKey(store, masterKey, password, { clock, random, identity }, signal);
  const { bytes } = await store.readBack({ kind: 'key', name }, { from: 'cache', ...(signal && { signal }) });
  if (await opens(name, bytes, password, masterKey)) return name;
  await store.remove({ kind: 'key', name });
  throw damaged(`key file ${shortId(name)}, just written,`, 'holdfast keys');
}

async function opens(name: Id, bytes: Uint8Array, password: string, masterKey: BoxKey): Promise<boolean> {
  if (idOf(bytes) !== name) return false;
  const opened = await openKeyFile(parseKeyFile(bytes), password);
  if (opened === undefined) return false;
  return (['encrypt', 'k', 'r'] as const).every((part) => equalBytes(opened[part], masterKey[part]));
}

async function describeKey(
  { store }: OpenRepository,
  id: Id,
  signal: AbortSignal,
): Promise<Omit<KeyEntry, 'isCurrent'> | undefined> {
  try {
    const bytes = await store.get({ kind: 'key', name: id }, { limitBytes: LIMIT_BYTES, signal });
    const { created, hostname, username } = parseKeyFile(bytes);
    const problem = 'its content does not match its name';
    return { id, created, hostname, username, ...(idOf(bytes) !== id && { problem }) };
  } catch (error) {
    if (!isFailure(error)) throw error;
    if (error.code === 'store/missing') return undefined;
    if (error.code.startsWith('store/') && error.code !== 'store/too-large') throw error;
    return { id, problem: error.message };
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
