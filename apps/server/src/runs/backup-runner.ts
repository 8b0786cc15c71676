import { type CapabilityReport, type ItemType, reasonEntry } from '@holdfast/contract';
import type { RunItem } from '@holdfast/contract/api';
import {
  BACKUP_BEGINNING,
  type BackupState,
  type BackupSummary,
  reachedBytes,
  type SetAside,
  stepBackup,
} from '@holdfast/engine';
import { backUp, type ChosenSource, chosenTypes, type Host, ruling, type SettingsFile } from '@holdfast/home';
import { plural } from '../words.ts';
import type { Progress, Runner, RunPhase } from './runner.ts';

/** What backing up needs. */
export interface BackupRunnerOptions {
  readonly host: Host;
  readonly settings: SettingsFile;
  /** How the program names itself in backups. */
  readonly program: string;
  /** A device's source, its link open. Fails with `server/not-in-sight`. */
  readonly open: (
    device: string,
    types: readonly ItemType[] | undefined,
    signal: AbortSignal,
  ) => Promise<ChosenSource & AsyncDisposable>;
  /** Files of the repository were gone or could not be read. */
  readonly onMissed: (files: number) => Promise<void>;
  /** What a phone gives and takes, as it says now. */
  readonly onCapabilities: (device: string, report: CapabilityReport) => void;
}

/** Backs a device up by its rules. */
export function backupRunner({
  host,
  settings,
  program,
  open,
  onMissed,
  onCapabilities,
}: BackupRunnerOptions): Runner<'backup'> {
  return async ({ device, types: asked, allowEmpty = false }, { signal, report, setAside }) => {
    const rules = settings.rulesOf(device);
    let phase: RunPhase = 'connecting';
    let missed = 0;
    let state = BACKUP_BEGINNING;
    const tell = (): void => report(() => progressOf(state, phase));
    tell();
    await using source = await open(device, chosenTypes(rules, asked), signal);
    phase = 'asking';
    tell();
    const events = backUp({ ...host, signal: AbortSignal.any([host.signal, signal]) }, source, {
      program,
      allowEmpty,
      ...ruling(source.source.device, rules, asked, host.timeZone),
    });
    for await (const event of events) {
      if (event.kind === 'capabilities') {
        onCapabilities(device, event.report);
        continue;
      }
      state = stepBackup(state, event);
      phase = state.phase === 'done' || state.phase === 'stopped' ? 'proving' : state.phase;
      if (event.kind === 'set-aside') setAside(itemOf(event));
      if (event.kind === 'began' && event.damagedFiles > 0) {
        missed = event.damagedFiles;
        await onMissed(missed);
      }
      tell();
    }
    const { summary } = state;
    if (summary === undefined) throw new Error('a backup ended without its summary');
    return {
      sentence: `${sentenceOf(summary)}${aboutMissed(missed)}`,
      ...(summary.snapshot !== undefined && { snapshot: summary.snapshot }),
      progress: progressOf(state, 'proving'),
    };
  };
}

const aboutMissed = (files: number): string =>
  files === 0
    ? ''
    : ` ${plural(files, 'file')} of the repository ${files === 1 ? 'is' : 'are'} gone or cannot be read: older backups are damaged.`;

function progressOf(state: BackupState, phase: RunPhase): Progress {
  const { balance, savedItems, newBytes, foundBytes, isFoundComplete, current } = state;
  const done = balance.found - balance.waiting + savedItems;
  return {
    phase,
    balance,
    // Until something is saved that was in no pack: what was, before it was interrupted, comes first.
    isFindingOut: phase !== 'proving' && (!isFoundComplete || newBytes === 0),
    items: { done, ...(isFoundComplete && { total: balance.found }) },
    bytes: { done: reachedBytes(state), ...(isFoundComplete && { total: foundBytes }) },
    current,
  };
}

function itemOf({ path, state, reason, detail }: SetAside): RunItem {
  const { sentence, remedy } = reasonEntry(reason);
  return {
    path,
    state,
    reason,
    sentence,
    ...(remedy !== undefined && { remedy }),
    ...(detail !== undefined && { detail }),
  };
}

function sentenceOf({ balance: { verified, waiting, skipped, failed } }: BackupSummary): string {
  const others = [
    ...(failed > 0 ? [`${plural(failed, 'item')} failed`] : []),
    ...(waiting > 0 ? [`${plural(waiting, 'item')} waiting`] : []),
    ...(skipped > 0 ? [`${plural(skipped, 'item')} left out`] : []),
  ];
  return `${plural(verified, 'item')} safe and proved${others.length > 0 ? `; ${others.join(', ')}` : ''}.`;
}
