import type { CapabilityReport } from '@holdfast/contract';
import type { Device } from '@holdfast/devices';
import type { KeptCounts, OpenRepository, Verify } from '@holdfast/repository';
import { formatTime, type Id, type Snapshot } from '@holdfast/restic-format';
import type { BackupSummary, SetAside } from './events.ts';
import { LAYOUT_VERSION, type Manifest } from './manifest.ts';
import type { BackupState } from './state.ts';

/** What a backup was of, when, and how. */
export interface RunFacts {
  readonly device: Device;
  readonly began: Temporal.Instant;
  readonly verify: Verify;
  readonly excludes: readonly string[];
  /** Absent: all. */
  readonly types: readonly string[] | undefined;
  readonly rules: readonly string[] | undefined;
  readonly facts: Readonly<Record<string, string>> | undefined;
  readonly capabilities: CapabilityReport | undefined;
  /** IANA name. */
  readonly timeZone: string;
  readonly program: string | undefined;
}

/** `holdfast.json` of a backup. What was saved counts as verified: the snapshot that holds this file comes only once all is proved. */
export function manifestOf(
  { device, began, verify, excludes, types, rules, facts, capabilities }: RunFacts,
  state: BackupState,
  setAside: readonly SetAside[],
): Manifest {
  return {
    layout: LAYOUT_VERSION,
    began: formatTime(began.epochNanoseconds),
    device,
    ...(facts && { facts }),
    ...(capabilities && { capabilities }),
    asked: { excludes, verify, ...(types && { types }), ...(rules && rules.length > 0 && { rules }) },
    counts: provedBalance(state),
    totalBytes: state.foundBytes,
    setAside: setAside.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** The snapshot of a backup. Its time has the time zone's offset. */
export function snapshotOf(
  { device, began, timeZone, program }: RunFacts,
  { username, uid, gid }: OpenRepository['identity'],
  tree: Id,
  { parent, hostname }: { readonly parent: { readonly id: Id } | undefined; readonly hostname: string },
): Snapshot {
  const offsetMinutes = Math.round(began.toZonedDateTimeISO(timeZone).offsetNanoseconds / 60e9);
  return {
    time: formatTime(began.epochNanoseconds, offsetMinutes),
    ...(parent !== undefined && { parent: parent.id }),
    tree,
    paths: ['/'],
    hostname,
    username,
    uid,
    gid,
    tags: ['holdfast', `device:${device.id}`, `kind:${device.kind}`],
    ...(program !== undefined && { programVersion: program }),
  };
}

/** How a backup ended. Without a snapshot (a dry run) nothing was saved, so nothing more is proved. */
export function summaryOf(
  { verify }: Pick<RunFacts, 'verify'>,
  state: BackupState,
  kept: KeptCounts,
  snapshot: Id | undefined,
): BackupSummary {
  return {
    snapshot,
    balance: snapshot === undefined ? state.balance : provedBalance(state),
    totalBytes: state.foundBytes,
    newBytes: state.newBytes,
    storedBytes: kept.storedBytes,
    verifiedBytes: kept.verifiedBytes,
    verifiedFrom: verifiedFrom(verify, kept),
  };
}

function provedBalance({ balance, savedItems }: BackupState): BackupState['balance'] {
  return {
    ...balance,
    verified: balance.verified + savedItems,
    waiting: balance.waiting - savedItems,
  };
}

function verifiedFrom(
  verify: Verify,
  { storedPacks, devicePacks }: KeptCounts,
): BackupSummary['verifiedFrom'] {
  if (storedPacks === 0) return 'nothing-new';
  if (verify !== 'device') return verify;
  if (devicePacks === storedPacks) return 'device';
  return devicePacks === 0 ? 'cache' : 'mixed';
}
