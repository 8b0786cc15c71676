import { formatBytes } from '@holdfast/contract';
import type { DoctorComplaint, OwnReport } from '@holdfast/contract/api';
import { visibleText } from '@holdfast/kernel';
import type { OwnDevice, OwnFacts, OwnRun } from './own-facts.ts';

const GIGABYTE = 1_000_000_000;
const FULL = GIGABYTE / 2;
const NEARLY_FULL = 5 * GIGABYTE;

/** Where a report is read: the app names its buttons, the command line its commands. */
export type OwnReader = 'app' | 'command-line';

type Severity = DoctorComplaint['severity'];

/** `1 day`, `2 days`. */
const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

function complaint(
  code: string,
  severity: Severity,
  title: string,
  explain: string,
  fix: string,
): DoctorComplaint {
  return {
    code,
    severity,
    title,
    explain: visibleText(explain, 1000),
    fix: visibleText(fix, 1000),
    probes: [],
    fixes: [],
  };
}

/** What is wrong with Holdfast's own work, the worst first, with what helps where it is read. Pure: what is not known is no complaint. */
export function ownReport(facts: OwnFacts, reader: OwnReader): OwnReport {
  const complaints = [
    ...repositoryComplaints(facts, reader),
    ...facts.runs.map((run) => runComplaint(run, facts.now)),
    ...facts.devices.flatMap((device) => [...deviceComplaints(device, facts)]),
    ...careComplaints(facts, reader),
  ].toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  const [first, ...others] = complaints;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return {
    at: facts.now.toString(),
    verdict:
      first === undefined
        ? { kind: 'healthy', sentence: 'Nothing is wrong with Holdfast itself.' }
        : { kind: 'complaints', sentence: `${first.title}${more}.` },
    complaints,
  };
}

const ORDER: Readonly<Record<Severity, number>> = { blocking: 0, warning: 1, info: 2 };

/** What each failure of a repository is to a person; all others are said in their own words. */
const REPOSITORY: Readonly<Record<string, readonly [code: string, title: string]>> = {
  'repository/missing': ['own-repository-missing', 'The repository is not there'],
  'store/absent': ['own-repository-missing', 'The repository is not there'],
  'repository/locked': ['own-repository-locked', 'Another program has locked the repository'],
  'repository/wrong-password': ['own-wrong-password', 'The password does not open the repository'],
  'home/no-password': ['own-wrong-password', 'There is no password for the repository'],
};

function* repositoryComplaints(facts: OwnFacts, reader: OwnReader): Generator<DoctorComplaint> {
  const { repositoryProblem: problem, freeBytes } = facts;
  if (problem !== undefined) {
    const [code, title] = REPOSITORY[problem.code] ?? [
      'own-repository-damaged',
      'The repository cannot be read',
    ];
    yield complaint(code, 'blocking', title, `${problem.message}.`, problem.hint ?? WAYS.look[reader]);
  }
  if (freeBytes === undefined || freeBytes >= NEARLY_FULL) return;
  const isFull = freeBytes < FULL;
  yield complaint(
    isFull ? 'own-drive-full' : 'own-drive-nearly-full',
    isFull ? 'blocking' : 'warning',
    isFull ? 'The drive with the backups is full' : 'The drive with the backups is nearly full',
    `${formatBytes(freeBytes)} are left on it.`,
    WAYS.makeRoom[reader],
  );
}

function runComplaint({ title, state }: OwnRun, now: Temporal.Instant): DoctorComplaint {
  switch (state.kind) {
    case 'stuck': {
      const minutes = Math.floor(now.since(state.since).total({ unit: 'minutes' }));
      return complaint(
        'own-run-stuck',
        'blocking',
        'A run does not move',
        `${title}: nothing has moved for ${counted(minutes, 'minute')}.`,
        'Unplug the phone, unlock it and plug it in again. The run goes on from there.',
      );
    }
    case 'waiting':
      return complaint(
        'own-run-waiting',
        'info',
        'A run waits',
        `${title}: ${state.why}`,
        state.hint ?? 'It begins by itself.',
      );
    case 'failed': {
      const { message, hint = 'Begin it again.' } = state.problem;
      return complaint('own-run-failed', 'warning', 'The last run failed', `${title}: ${message}.`, hint);
    }
    default:
      return state satisfies never;
  }
}

function* deviceComplaints(device: OwnDevice, { now, notSeenDays }: OwnFacts): Generator<DoctorComplaint> {
  const { name, isBackupOn, isInSight, lastSeen, obstacle } = device;
  if (obstacle !== undefined)
    yield complaint(
      'own-device-refused',
      'warning',
      'A phone cannot be used',
      `${name}: ${obstacle.says}`,
      obstacle.hint,
    );
  const days = Math.floor(now.since(lastSeen).total({ unit: 'hours' }) / 24);
  if (isBackupOn && !isInSight && obstacle === undefined && notSeenDays > 0 && days >= notSeenDays)
    yield complaint(
      'own-device-not-seen',
      'warning',
      'A phone was not seen for long',
      `${name} was last seen ${counted(days, 'day')} ago, and nothing of it was backed up since.`,
      'Connect it by cable, or have it in the same Wi-Fi with wireless debugging on.',
    );
}

function* careComplaints(facts: OwnFacts, reader: OwnReader): Generator<DoctorComplaint> {
  const { lastCheck, checkEveryDays = 0, hasBackups, hasRecoveryKit, isCatalogHalfRebuilt, now } = facts;
  if (lastCheck?.isClean === false)
    yield complaint(
      'own-damage',
      'blocking',
      'The last check found damage in the backups',
      `It found ${counted(lastCheck.findings, 'piece')} of damage.`,
      WAYS.repair[reader],
    );
  const since =
    lastCheck?.at === undefined ? undefined : now.since(lastCheck.at).total({ unit: 'hours' }) / 24;
  // Half as long again: a computer is not always on.
  if (since !== undefined && checkEveryDays > 0 && since > checkEveryDays * 1.5)
    yield complaint(
      'own-check-overdue',
      'warning',
      'The backups were not checked for long',
      `The last check was ${counted(Math.floor(since), 'day')} ago; it is due every ${checkEveryDays === 1 ? 'day' : `${checkEveryDays} days`}.`,
      WAYS.check[reader],
    );
  if (hasBackups && !hasRecoveryKit)
    yield complaint(
      'own-no-recovery-kit',
      'warning',
      'There is no recovery kit',
      'Without the password nobody can read the backups, you included.',
      WAYS.makeKit[reader],
    );
  if (isCatalogHalfRebuilt)
    yield complaint(
      'own-catalog-half-rebuilt',
      'warning',
      'The ledger is not whole',
      'It was damaged, or making it again was cut off: its counts are too small.',
      WAYS.rebuild[reader],
    );
}

/** What helps. Some of it there is no button for: then the app says that it takes a terminal. */
const WAYS = {
  look: {
    app: 'Press “Check everything” in Repository.',
    'command-line': 'Run "holdfast check".',
  },
  makeRoom: {
    app: 'Free some space on it, or press “See what would be removed” in Repository, then “Free up space”.',
    'command-line': 'Free some space on it, or keep fewer backups: "holdfast help forget".',
  },
  repair: {
    app: 'Open the last check in Repository: it says what is damaged. In a terminal, "holdfast check" says for each what repairs it. Then back up again.',
    'command-line': 'Run "holdfast check": it says for each what repairs it. Then back up again.',
  },
  check: {
    app: 'Press “Check what is due” in Repository.',
    'command-line': 'Run "holdfast check --read-data".',
  },
  makeKit: {
    app: 'Press “Show the recovery kit” in Repository; print it, and keep it away from this computer.',
    'command-line': 'Make one with "holdfast recovery-kit"; print it, and keep it away from this computer.',
  },
  rebuild: {
    app: 'Press “Make the ledger again” in Repository. The backups themselves are whole.',
    'command-line': 'Run "holdfast rebuild" again. The backups themselves are whole.',
  },
} as const satisfies Record<string, Readonly<Record<OwnReader, string>>>;
