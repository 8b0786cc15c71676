import type { Problem } from '@holdfast/contract/api';

/** A run of Holdfast's own that is not over well. */
export interface OwnRun {
  readonly id: string;
  /** In a few words: `Backup of Pixel 8`. */
  readonly title: string;
  readonly state:
    | { readonly kind: 'stuck'; readonly since: Temporal.Instant }
    | { readonly kind: 'waiting'; readonly why: string; readonly hint?: string }
    | { readonly kind: 'failed'; readonly problem: Problem };
}

/** A device, as far as Holdfast's own work goes. */
export interface OwnDevice {
  readonly name: string;
  readonly isBackupOn: boolean;
  readonly isInSight: boolean;
  readonly lastSeen: Temporal.Instant;
  /** Why it cannot be used although it is in sight. */
  readonly obstacle?: { readonly says: string; readonly hint: string };
}

/** All that the complaints about Holdfast itself follow from. What is not known is not there. */
export interface OwnFacts {
  readonly now: Temporal.Instant;
  readonly runs: readonly OwnRun[];
  readonly devices: readonly OwnDevice[];
  /** 0: never. */
  readonly notSeenDays: number;
  /** Why the repository cannot be used; `undefined` where it can. */
  readonly repositoryProblem?: Problem | undefined;
  readonly freeBytes?: number | undefined;
  readonly hasBackups: boolean;
  readonly hasRecoveryKit: boolean;
  readonly lastCheck?:
    | { readonly findings: number; readonly isClean: boolean; readonly at?: Temporal.Instant | undefined }
    | undefined;
  /** 0: never by itself. */
  readonly checkEveryDays?: number | undefined;
  readonly isCatalogHalfRebuilt: boolean;
}
