import type { DeviceKind, ItemKind } from '@holdfast/contract';

/** A device, as far as alerts go. */
export interface DeviceFacts {
  readonly device: { readonly id: string; readonly name: string; readonly kind: DeviceKind };
  readonly isBackupOn: boolean;
  readonly isInSight: boolean;
  readonly lastSeen: Temporal.Instant;
  /** Backups in a row, the newest first, that did not get to their end. */
  readonly failures: number;
  /** Why the last of them did not. */
  readonly lastFailure?: string | undefined;
  /** Kinds of which far fewer are left. */
  readonly alarms: readonly {
    readonly kind: ItemKind | 'all';
    readonly before: number;
    readonly now: number;
  }[];
}

/** A run under way. */
export interface RunFacts {
  readonly id: string;
  readonly kind: string;
  readonly device?: DeviceFacts['device'] | undefined;
  readonly stuckSince?: Temporal.Instant | undefined;
}

/** All that alerts are made of. */
export interface AlertFacts {
  readonly now: Temporal.Instant;
  /** 0: never. */
  readonly notSeenDays: number;
  readonly devices: readonly DeviceFacts[];
  readonly runs: readonly RunFacts[];
  /** False when the repository that was there is not. */
  readonly isStoreThere: boolean;
  /** Why the repository that is there cannot be opened; then nothing else of it is known. */
  readonly storeTrouble?: { readonly message: string; readonly hint?: string | undefined } | undefined;
  /** Where it is known. */
  readonly freeBytes?: number | undefined;
  readonly fullInDays?: number | undefined;
  /** Of the repository, that were gone or could not be read; `all`: nothing is left of what was backed up. */
  readonly missedFiles?: number | 'all' | undefined;
  readonly lastCheck?: { readonly isClean: boolean; readonly findings: number } | undefined;
  readonly lastDrill?: { readonly isGood: boolean; readonly sentence: string } | undefined;
  /** Of the ledger: what is shown of items and runs may be old or wrong. */
  readonly ledgerTrouble?: 'gone' | 'damaged' | undefined;
  /** False where the ledger knows of no backup. */
  readonly knowsBackups?: boolean;
  /** False where the ledger is new in the place of one that was damaged, or a rebuild of it was cut off. */
  readonly isLedgerWhole?: boolean;
  readonly hasBackups: boolean;
  readonly hasRecoveryKit: boolean;
  /** Where the settings are that did not make sense. */
  readonly damagedSettings?: string | undefined;
}
