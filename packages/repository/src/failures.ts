import { Failure, plainText } from '@holdfast/kernel';
import { type Id, type Lock, shortId } from '@holdfast/restic-format';

/** Every code this package throws; each is made by the function beside it. */
export const REPOSITORY_FAILURES = [
  'repository/missing',
  'repository/exists',
  'repository/wrong-password',
  'repository/locked',
  'repository/damaged',
  'repository/missing-blob',
  'repository/unreliable-store',
  'repository/nearly-full',
  'repository/no-snapshot',
  'repository/ambiguous',
  'repository/last-key',
  'repository/no-key',
  'repository/current-key',
  'repository/too-many-keys',
  'repository/lock-lost',
  'repository/empty-policy',
  'repository/removes-all',
  'repository/bad-duration',
  'repository/stopped',
  'repository/plan-outdated',
  'repository/missing-pack',
  'repository/no-pack',
  'repository/no-compression',
  'repository/too-large',
] as const;

/** Nothing at that place is a repository. */
export const missingRepository = (location: string): Failure =>
  new Failure('repository/missing', `there is no repository at ${location}`, {
    hint: 'Check the path, or run "holdfast init" to create one there.',
    details: { location },
  });

/** A repository is there already. */
export const existingRepository = (location: string): Failure =>
  new Failure('repository/exists', `there is a repository at ${location} already`, {
    hint: 'Use it as it is, or choose another folder.',
    details: { location },
  });

/** No key file opens with this password. */
export const wrongPassword = (location: string): Failure =>
  new Failure('repository/wrong-password', `the password does not open the repository at ${location}`, {
    hint: 'Check the password file, or the password on your recovery kit.',
    details: { location },
  });

/** A file of the repository is not what was saved. */
export const damaged = (what: string, repair: string, cause?: unknown): Failure =>
  new Failure('repository/damaged', `${what} is damaged`, {
    hint: `Run "holdfast check", then "${repair}".`,
    cause,
  });

/** Only the master key made the config file, and nothing else says what is in it. */
export const damagedConfig = (location: string): Failure =>
  new Failure('repository/damaged', `the config file of the repository at ${location} is damaged`, {
    hint: 'Put the file "config" back from a copy of the repository; without one, run "holdfast repair config".',
    details: { location },
  });

/** Backups are there, and the one file without which nothing is a repository is not. */
export const lostConfig = (location: string): Failure =>
  new Failure('repository/damaged', `the repository at ${location} has lost its config file`, {
    hint: 'Put the file "config" back from a copy of the repository; without one, run "holdfast repair config".',
    details: { location },
  });

/** A key was opened, and it opens nothing else. */
export const foreignKeys = (location: string): Failure =>
  new Failure('repository/damaged', `the key of this password opens nothing that is stored at ${location}`, {
    hint: 'Put the folder "keys" back from a copy of the repository: these may be the keys of another one.',
    details: { location },
  });

/** No password opens anything. */
export const lostKeys = (location: string): Failure =>
  new Failure('repository/damaged', `the repository at ${location} has lost its key files`, {
    hint: 'Put the folder "keys" back from a copy of the repository: no password opens anything without it.',
    details: { location },
  });

/** The password opened none of the whole key files, and may be that of a damaged one. */
export const damagedKey = (id: Id, cause: unknown): Failure =>
  new Failure('repository/damaged', `key file ${shortId(id)} is damaged, and the password opens no other`, {
    hint: `Give the password of another key, or put the file "keys/${id}" back from a copy of the repository.`,
    details: { id },
    cause,
  });

/** A blob that a snapshot needs is in no pack the index knows. */
export const missingBlob = (type: string, id: Id): Failure =>
  new Failure('repository/missing-blob', `${type} blob ${shortId(id)} is not in the repository`, {
    hint: 'Run "holdfast repair index", then "holdfast check".',
    details: { type, id },
  });

/** Bytes read back differ from the bytes written, again and again. */
export const unreliableStore = (location: string, pack: Id): Failure =>
  new Failure(
    'repository/unreliable-store',
    `pack ${shortId(pack)} was written to ${location} but reads back different`,
    {
      hint: 'Stop using this drive: check its cable and health, then back up to another one.',
      details: { location, pack },
    },
  );

/** What is left of the drive is kept for what makes room again: locks, index files, a prune. */
export const nearlyFull = (location: string, freeBytes: number, neededBytes: number): Failure =>
  new Failure(
    'repository/nearly-full',
    `the drive of ${location} is full: at least ${inMegabytes(neededBytes - freeBytes)} more are needed to go on`,
    {
      retry: 'later',
      hint: 'Free some space on that drive, or make room with "holdfast forget" and "holdfast prune", then run it again: what is stored stays stored.',
      details: { location, freeBytes, neededBytes },
    },
  );

/** Never less than it is: who frees so much can go on. */
const inMegabytes = (bytes: number): string => `${(Math.ceil(bytes / 1e5) / 10).toFixed(1)} MB`;

/** The worker pool or the saver was closed while the call was waiting. */
export const stopped = (): Failure =>
  new Failure('repository/stopped', 'the work was stopped before this was done');

/** Most names a hint lists. */
const MOST_LISTED = 8;

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, MOST_LISTED).map((name) => plainText(name, 80));
  return names.length > MOST_LISTED
    ? `${shown.join(', ')} and ${names.length - MOST_LISTED} more`
    : shown.join(', ');
};

/** No snapshot is meant by `text`; `devices` are those that have some, where a device was asked for. */
export const noSnapshot = (text: string, devices: readonly string[] = []): Failure =>
  new Failure('repository/no-snapshot', `there is no backup "${plainText(text, 80)}"`, {
    hint:
      devices.length === 0
        ? 'Run "holdfast backups" to list what there is.'
        : `Choose one of these devices: ${listed(devices)}.`,
  });

/** More than one id starts with `prefix`. */
export const ambiguousId = (kind: string, prefix: string, ids: readonly Id[]): Failure =>
  new Failure('repository/ambiguous', `"${prefix}" is the beginning of ${ids.length} ${kind} ids`, {
    hint: `Type more digits: ${listed(ids.map((id) => id.slice(0, Math.max(12, prefix.length + 4))))}.`,
    details: { kind, prefix },
  });

/** More than one device is called so. */
export const ambiguousDevice = (name: string, devices: readonly string[]): Failure =>
  new Failure('repository/ambiguous', `"${plainText(name, 80)}" may be any of ${devices.length} devices`, {
    hint: `Name one by its id: ${listed(devices)}.`,
  });

/** No key file's id begins so. */
export const noKey = (prefix: string): Failure =>
  new Failure('repository/no-key', `there is no key "${plainText(prefix, 80)}"`, {
    hint: 'Run "holdfast keys" to list them.',
  });

/** The key file the repository was opened with. */
export const currentKey = (id: Id): Failure =>
  new Failure('repository/current-key', `key ${shortId(id)} is the one in use`, {
    hint: 'Open the repository with another password to remove this one, or change the password.',
    details: { id },
  });

/** Without this key file nobody could open the repository. */
export const lastKey = (id: Id): Failure =>
  new Failure('repository/last-key', `key ${shortId(id)} is the last one that works`, {
    hint: 'Add another key first: without any, nothing in the repository can be read again.',
    details: { id },
  });

/** A further key file might never be tried. */
export const tooManyKeys = (most: number): Failure =>
  new Failure('repository/too-many-keys', `there are ${most} keys already, and no more are tried`, {
    hint: 'Remove one that nobody uses any more: "holdfast keys" lists them.',
    details: { most },
  });

/** Clocks of two machines that are both right. */
const CLOCKS_DIFFER = Temporal.Duration.from({ minutes: 1 });

/** A program at work holds the repository. */
export const locked = (
  lock: Lock,
  lockedAt: Temporal.Instant,
  now: Temporal.Instant,
  location: string,
): Failure => {
  const { hostname, username, pid, exclusive } = lock;
  const host = plainText(hostname, 80);
  const who = `process ${pid} of ${plainText(username, 80) || 'somebody'} on ${host || 'an unknown machine'}`;
  const since = lockedAt.toString({ smallestUnit: 'second' });
  const isAhead = Temporal.Instant.compare(lockedAt, now.add(CLOCKS_DIFFER)) > 0;
  return new Failure(
    'repository/locked',
    `the repository at ${location} is locked${exclusive ? ' exclusively' : ''} by ${who} since ${since}${isAhead ? ', a time yet to come: a clock is wrong, here or there' : ''}`,
    {
      retry: 'later',
      hint: isAhead
        ? 'Set the clocks right; if that program is not running any more, run "holdfast unlock --all".'
        : 'Wait until it is done; if that program is not running any more, run "holdfast unlock --all".',
      details: { hostname: host, pid, since, exclusive },
    },
  );
};

/** A lock file says nothing of who is at work. */
export const unreadableLock = (id: Id, cause: unknown): Failure =>
  new Failure('repository/locked', `lock ${shortId(id)} is damaged: nobody knows who is at work`, {
    hint: 'Make sure that no other program uses the repository, then run "holdfast unlock --all".',
    details: { id },
    cause,
  });

/** Others may have taken our lock for stale. */
export const lockLost = (location: string, cause: unknown): Failure =>
  new Failure(
    'repository/lock-lost',
    `the lock on the repository at ${location} could not be renewed in time`,
    {
      retry: 'later',
      hint: 'Start again: what is stored already is used.',
      details: { location },
      cause,
    },
  );

/** Text that is no time as restic writes it. */
export const badDuration = (text: string): Failure =>
  new Failure('repository/bad-duration', `"${plainText(text, 40)}" is no length of time`, {
    hint: 'Write years, months, days and hours like 1y5m7d2h, leaving out what is zero.',
  });

/** A policy that says nothing. */
export const emptyPolicy = (): Failure =>
  new Failure('repository/empty-policy', 'nothing says which backups to keep, so none was removed', {
    hint: 'Say what to keep, for example "--keep-daily 7 --keep-weekly 8".',
  });

/** Groups that would lose their last snapshot. */
export const removesAll = (names: readonly string[]): Failure =>
  new Failure('repository/removes-all', `this would remove every backup of ${listed(names)}`, {
    hint: 'Keep at least one of each, or say that all may go with "--allow-remove-all".',
    details: { groups: names.length },
  });

/** Something was saved or removed since the plan was made: what it would remove may be needed now. */
export const outdatedPlan = (): Failure =>
  new Failure('repository/plan-outdated', 'the repository has changed since this was planned', {
    retry: 'later',
    hint: 'Plan it again: run the same command once more.',
  });

/** Packs that snapshots need are not in the store. */
export const missingPacks = (packs: readonly Id[]): Failure =>
  new Failure(
    'repository/missing-pack',
    `${packs.length === 1 ? 'a pack' : `${packs.length} packs`} that backups need ${packs.length === 1 ? 'is' : 'are'} missing: ${listed(packs.map(shortId))}`,
    {
      hint: 'Run "holdfast check" to see which backups need them, before anything is removed.',
      details: { packs: packs.length },
    },
  );

/** No pack's id begins so. */
export const noPack = (prefix: string): Failure =>
  new Failure('repository/no-pack', `there is no pack "${plainText(prefix, 80)}"`, {
    hint: 'Run "holdfast check --read-data" to see which packs are damaged.',
  });

/** Version 1 of the format has no compression. */
export const noCompression = (): Failure =>
  new Failure('repository/no-compression', 'a repository of format version 1 cannot compress', {
    hint: 'Leave out "--repack-uncompressed".',
  });

/** Longer than a blob can be. */
export const tooLargeBlob = (type: string, sizeBytes: number): Failure =>
  new Failure(
    'repository/too-large',
    `a ${type} blob of ${sizeBytes} bytes is more than a repository can hold`,
    {
      hint: 'Share the entries of the largest folder out among several, or leave it out with "--exclude".',
      details: { sizeBytes },
    },
  );
