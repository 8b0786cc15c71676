import type { ItemKind } from '@holdfast/contract';
import type { Alert } from '@holdfast/contract/api';
import { visibleText } from '@holdfast/kernel';
import { formatBytes, plural } from '../words.ts';
import type { AlertFacts, DeviceFacts, RunFacts } from './facts.ts';

/** An alert as it is now; since when is for whoever remembers. */
export type AlertNow = Omit<Alert, 'since'>;

/** Nothing moved for so long: the run itself tries again before. */
const STUCK_MINUTES = 10;

/** One failure may be a cable. */
const MOST_FAILURES = 3;

const GIGABYTE = 1_000_000_000;
const NEARLY_FULL = 5 * GIGABYTE;
const FULL = GIGABYTE / 2;
const SOON_DAYS = 14;

/** What a person should be told now, each by an id that stays the same as long as it is so. */
export function alertsOf(facts: AlertFacts): AlertNow[] {
  return [
    ...storeAlerts(facts),
    ...careAlerts(facts),
    ...ledgerAlerts(facts),
    ...facts.devices.flatMap((device) => [...deviceAlerts(device, facts)]),
    ...facts.runs.flatMap((run) => [...stuckAlert(run, facts.now)]),
  ];
}

function* storeAlerts(facts: AlertFacts): Generator<AlertNow> {
  const { isStoreThere, storeTrouble, freeBytes, fullInDays } = facts;
  if (storeTrouble !== undefined) {
    const { message, hint } = storeTrouble;
    yield {
      id: 'store-closed',
      severity: 'error',
      sentence: `The backups cannot be opened: ${message.charAt(0).toLowerCase()}${message.slice(1)}.`,
      remedy: hint ?? 'Look at the drive that they are on. Nothing is backed up until then.',
    };
    return;
  }
  if (!isStoreThere) {
    yield {
      id: 'store-missing',
      severity: 'error',
      sentence: 'The place that backups are kept in is not there.',
      remedy: 'Connect its drive. Nothing is backed up until then.',
    };
    return;
  }
  const remedy = 'Free some space on it, or press “See what would be removed” in Repository.';
  if (freeBytes !== undefined && freeBytes < NEARLY_FULL) {
    const isFull = freeBytes < FULL;
    yield {
      id: isFull ? 'store-full' : 'store-nearly-full',
      severity: isFull ? 'error' : 'warning',
      sentence: `The drive with the backups is ${isFull ? 'all but full' : 'nearly full'}: ${formatBytes(freeBytes)} are left.`,
      remedy,
    };
  } else if (fullInDays !== undefined && fullInDays <= SOON_DAYS)
    yield {
      id: 'store-full-soon',
      severity: 'warning',
      sentence: `The drive with the backups will be full in about ${days(fullInDays)}.`,
      remedy,
    };
}

function* careAlerts(facts: AlertFacts): Generator<AlertNow> {
  const { lastCheck, lastDrill, hasBackups, hasRecoveryKit, damagedSettings, missedFiles } = facts;
  // Damage that a check found is what this would say, and more.
  if (missedFiles === 'all' || (missedFiles !== undefined && lastCheck?.isClean !== false))
    yield {
      id: 'files-missed',
      severity: 'error',
      sentence:
        missedFiles === 'all'
          ? 'The files that hold what was backed up are gone.'
          : `Backups are damaged: ${plural(missedFiles, 'file')} of the repository ${missedFiles === 1 ? 'is' : 'are'} gone or cannot be read.`,
      remedy:
        'If they are on another drive or were moved, put them back. Then back up each device: what is still on it is saved again. “Check everything” in Repository says what is missing, and whether all is well again.',
    };
  if (lastCheck?.isClean === false)
    yield {
      id: 'damage',
      severity: 'error',
      sentence: `The last check found ${lastCheck.findings === 1 ? 'a piece' : `${lastCheck.findings} pieces`} of damage in the backups.`,
      remedy:
        'Open the last check in Repository: it says what is damaged. What repairs each is said by "holdfast check", in a terminal.',
    };
  if (lastDrill?.isGood === false)
    yield {
      id: 'drill-failed',
      severity: 'error',
      sentence: `The last restore drill failed: ${visibleText(lastDrill.sentence)}`,
      remedy: 'Check the repository, and back up again what is damaged.',
    };
  if (hasBackups && !hasRecoveryKit)
    yield {
      id: 'no-recovery-kit',
      severity: 'warning',
      sentence: 'There is no recovery kit: without the password nobody can read the backups, you included.',
      remedy: 'Make one in Repository, print it, and keep it away from this computer.',
    };
  if (damagedSettings !== undefined)
    yield {
      id: 'settings-damaged',
      severity: 'warning',
      sentence: 'The settings could not be read whole: some are as they were at the beginning.',
      remedy: `Look through rules and settings. What could not be read is in ${visibleText(damagedSettings)}.`,
    };
}

function* ledgerAlerts(facts: AlertFacts): Generator<AlertNow> {
  const { ledgerTrouble, knowsBackups, isLedgerWhole, hasBackups } = facts;
  if (ledgerTrouble !== undefined)
    yield {
      id: `ledger-${ledgerTrouble}`,
      severity: 'error',
      sentence:
        ledgerTrouble === 'gone'
          ? 'The ledger was removed or replaced: what is shown here of your items may be old.'
          : 'The ledger is damaged: what is shown here of your items may be wrong.',
      remedy: `The backups are not touched by that. ${REBUILD}`,
    };
  else if (hasBackups && (knowsBackups === false || isLedgerWhole === false))
    yield {
      id: 'ledger-empty',
      severity: 'warning',
      sentence:
        knowsBackups === false
          ? 'There are backups that the ledger of this computer knows nothing of.'
          : 'The ledger of this computer is not whole: it does not know all backups.',
      remedy: `Backups shows them. ${REBUILD}`,
    };
}

const REBUILD =
  'Press “Make the ledger again”: it is read from the backups. That takes a while, and nothing is backed up meanwhile.';

function* deviceAlerts(facts: DeviceFacts, { now, notSeenDays }: AlertFacts): Generator<AlertNow> {
  const { device, isBackupOn, isInSight, lastSeen, failures, lastFailure, alarms } = facts;
  const name = visibleText(device.name, 100);
  const unseen = Math.floor(now.since(lastSeen).total({ unit: 'hours' }) / 24);
  if (isBackupOn && !isInSight && notSeenDays > 0 && unseen >= notSeenDays)
    yield {
      id: `not-seen:${device.id}`,
      severity: 'warning',
      device,
      sentence: `${name} was not seen for ${days(unseen)}.`,
      remedy: 'Connect it, or turn its backup off.',
    };
  if (isBackupOn && failures >= MOST_FAILURES)
    yield {
      id: `failing:${device.id}`,
      severity: 'error',
      device,
      sentence: `The last ${failures} backups of ${name} did not get to their end${lastFailure === undefined ? '.' : `: ${visibleText(lastFailure, 300)}`}`,
      remedy: 'See the last run of the device for what to do.',
    };
  for (const { kind, before, now: left } of alarms)
    yield {
      id: `fewer:${kind}:${device.id}`,
      severity: 'warning',
      device,
      sentence: `${name} has far fewer ${NAMES[kind]} than before: ${left} instead of ${before}.`,
      remedy: 'If they were not deleted on purpose, restore them: older backups still have them.',
    };
}

function* stuckAlert({ id, kind, device, stuckSince }: RunFacts, now: Temporal.Instant): Generator<AlertNow> {
  if (stuckSince === undefined) return;
  if (now.since(stuckSince).total({ unit: 'minutes' }) < STUCK_MINUTES) return;
  const of = device === undefined ? '' : ` of ${visibleText(device.name, 100)}`;
  yield {
    id: `stuck:${id}`,
    severity: 'warning',
    ...(device && { device }),
    sentence: `A run (${kind}${of}) has stopped making progress.`,
    remedy:
      device?.kind === 'android'
        ? 'Unlock the phone and look at its cable.'
        : 'Look at its drive, or stop it.',
  };
}

const days = (count: number): string => (count === 1 ? 'a day' : `${count} days`);

const NAMES: Readonly<Record<ItemKind | 'all', string>> = {
  all: 'items',
  photo: 'photos',
  video: 'videos',
  audio: 'sounds',
  document: 'documents',
  file: 'files',
  contact: 'contacts',
  message: 'messages',
  call: 'calls',
  event: 'events',
  app: 'apps',
  setting: 'settings',
};
