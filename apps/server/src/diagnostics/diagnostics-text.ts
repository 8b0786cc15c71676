import {
  type Balance,
  DEVICE_KINDS,
  ITEM_KINDS,
  ITEM_STATES,
  ITEM_TYPES,
  REASONS,
  type ReasonCode,
} from '@holdfast/contract';
import type { Alert, Rules, Run, Settings } from '@holdfast/contract/api';
import type { DiagnosedDevice, DiagnosticsFacts } from './facts.ts';
import { codeOf, momentOf, oneOf, versionOf } from './words.ts';

/** Runs that are told of, the newest. */
const MOST_RUNS = 50;

const REASON_CODES = Object.keys(REASONS) as ReasonCode[];
const MAKERS =
  'samsung google xiaomi oneplus oppo vivo realme motorola sony huawei honor nokia fairphone asus nothing'.split(
    ' ',
  );
const PLATFORMS = ['linux', 'darwin', 'win32', 'freebsd', 'openbsd'];
const ARCHITECTURES = ['x64', 'arm64', 'arm', 'ia32', 'riscv64', 'ppc64', 's390x', 'loong64'];
const HOLDS = ['off', 'charging', 'battery', 'quiet-hours', 'interval', 'retry'];
const ALERTS =
  'store-missing store-full store-nearly-full store-full-soon damage drill-failed no-recovery-kit settings-damaged not-seen failing fewer stuck'.split(
    ' ',
  );

/**
 * What somebody who helps needs to know, as text: versions, states and reasons with counts, runs, facts of the repository. It is put together of
 * numbers, times and words that are ours; nothing that a person, a phone or a path says is in it. Devices are `device-1`, ….
 */
export function diagnosticsText(facts: DiagnosticsFacts): string {
  const ids = new Map(facts.devices.map(({ card }, at) => [card.device.id, `device-${at + 1}`]));
  const nameOf = (id: string | undefined): string | undefined =>
    id === undefined ? undefined : (ids.get(id) ?? 'device-unknown');
  const { machine, repository } = facts;
  const told = {
    made: facts.now.toString({ smallestUnit: 'second' }),
    version: semver(facts.version),
    machine: {
      node: semver(machine.node),
      platform: oneOf(PLATFORMS, machine.platform),
      release: /^\d+(\.\d+){0,3}/.exec(machine.release)?.[0],
      architecture: oneOf(ARCHITECTURES, machine.architecture),
      cores: machine.cores,
      memoryBytes: machine.memoryBytes,
    },
    devices: facts.devices.map((device) => deviceOf(device, nameOf)),
    strangers: facts.strangers.map(({ code }) => codeOf(code)),
    runs: facts.runs.slice(0, MOST_RUNS).map((run) => runOf(run, nameOf)),
    repository: 'failure' in repository ? { failure: codeOf(repository.failure) } : repositoryOf(repository),
    alerts: facts.alerts.map((alert) => alertOf(alert, nameOf)),
    settings: settingsOf(facts.settings),
  };
  return `Holdfast diagnostics\nWithout names, numbers, places and secrets: read through it before you send it.\n\n${JSON.stringify(told, undefined, 2)}\n`;
}

type NameOf = (id: string | undefined) => string | undefined;

function deviceOf({ card, facts, rules, counts, heldBy }: DiagnosedDevice, nameOf: NameOf) {
  const { device, state, isInSight, route, isBackupOn, lastSeen, balance, lastBackup } = card;
  const maker = facts['manufacturer'];
  return {
    device: nameOf(device.id),
    kind: oneOf(DEVICE_KINDS, device.kind),
    maker: maker === undefined ? undefined : oneOf(MAKERS, String(maker).toLowerCase()),
    android: versionOf(facts['android'] ?? facts['release']),
    sdk: versionOf(facts['sdk']),
    state: oneOf(CARD_WORDS, state),
    isInSight,
    route: oneOf(['cable', 'network', 'folder'], route),
    isBackupOn,
    heldBy: oneOf(HOLDS, heldBy),
    lastSeen: momentOf(lastSeen),
    lastBackup: momentOf(lastBackup?.time),
    balance: balanceOf(balance),
    items: counts.map(({ kind, state: of, reason, isGone, items }) => ({
      kind: oneOf(ITEM_KINDS, kind),
      state: oneOf(ITEM_STATES, of),
      reason: oneOf(REASON_CODES, reason),
      isGone,
      items,
    })),
    rules: rulesOf(rules),
  };
}

const CARD_WORDS = 'safe backing-up waiting attention failed off never not-seen cannot-talk'.split(' ');

const rulesOf = (rules: Rules) => ({
  isOn: rules.isOn,
  types: rules.types.map((type) => oneOf(ITEM_TYPES, type)),
  foldersOff: rules.foldersOff.length,
  items: rules.items.length,
  maxSizeBytes: rules.maxSizeBytes,
  hasFirstDay: rules.newerThan !== undefined,
  onlyCharging: rules.onlyCharging,
  minBatteryPercent: rules.minBatteryPercent,
  hasQuietHours: rules.quietHours !== undefined,
  minHoursBetween: rules.minHoursBetween,
  retention: retentionOf(rules.retention),
});

const retentionOf = (retention: Settings['retention']) => ({
  last: retention.keepLast,
  daily: retention.keepDaily,
  weekly: retention.keepWeekly,
  monthly: retention.keepMonthly,
  yearly: retention.keepYearly,
});

const RUN_WORDS = 'running waiting pausing paused stopping stopped done failed'.split(' ');
const PHASES = 'connecting asking looking saving proving comparing giving checking removing repeating'.split(
  ' ',
);
const RUNS = 'backup restore audit check drill forget prune'.split(' ');

function runOf(run: Run, nameOf: NameOf) {
  const { state } = run;
  const reasons = new Map<string, number>();
  for (const { reason } of run.lastSetAside) {
    const word = oneOf(REASON_CODES, reason) ?? 'other';
    reasons.set(word, (reasons.get(word) ?? 0) + 1);
  }
  return {
    kind: oneOf(RUNS, run.kind),
    device: nameOf(run.device?.id),
    startedBy: oneOf(['person', 'rule'], run.startedBy),
    began: momentOf(run.began),
    ended: momentOf(run.ended),
    state: oneOf(RUN_WORDS, state.kind),
    phase: state.kind === 'running' ? oneOf(PHASES, state.phase) : undefined,
    failure: state.kind === 'failed' ? codeOf(state.problem.code) : undefined,
    stuckSince: momentOf(run.stuckSince),
    balance: balanceOf(run.balance),
    items: { done: run.items.done, total: run.items.total },
    bytes: { done: run.bytes.done, total: run.bytes.total },
    setAside: run.setAside,
    lastReasons: Object.fromEntries(reasons),
  };
}

function repositoryOf(repository: Exclude<DiagnosticsFacts['repository'], { failure: string }>) {
  const { lastCheck, lastDrill, lastPrune } = repository;
  return {
    usedBytes: repository.usedBytes,
    freeBytes: repository.freeBytes,
    fullInDays: repository.fullInDays,
    backups: repository.backups,
    keys: repository.keys,
    lastCheck: lastCheck && {
      time: momentOf(lastCheck.time),
      isClean: lastCheck.isClean,
      findings: lastCheck.findings,
      readBytes: lastCheck.readBytes,
    },
    readBackShare: repository.readBackShare,
    lastDrill: lastDrill && {
      time: momentOf(lastDrill.time),
      isGood: lastDrill.isGood,
      items: lastDrill.items,
    },
    lastPrune: lastPrune && { time: momentOf(lastPrune.time), freedBytes: lastPrune.freedBytes },
    hasRecoveryKit: repository.hasRecoveryKit,
  };
}

const alertOf = ({ id, severity, device, since }: Alert, nameOf: NameOf) => ({
  alert: oneOf(ALERTS, id.split(':')[0]),
  severity: oneOf(['warning', 'error'], severity),
  device: nameOf(device?.id),
  since: momentOf(since),
});

const settingsOf = (settings: Settings) => ({
  retention: retentionOf(settings.retention),
  isRetentionAutomatic: settings.isRetentionAutomatic,
  checkEveryDays: settings.checkEveryDays,
  drillEveryDays: settings.drillEveryDays,
  notSeenDays: settings.notSeenDays,
  channels: settings.channels.map(({ kind }) => oneOf(['webhook', 'ntfy', 'smtp'], kind)),
});

const balanceOf = ({ found, verified, waiting, skipped, failed }: Balance): Balance => ({
  found,
  verified,
  waiting,
  skipped,
  failed,
});

const semver = (text: string): string | undefined => /^v?\d+\.\d+\.\d+/.exec(text)?.[0];
