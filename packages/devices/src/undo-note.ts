/**
 * Something that was changed on a device for as long as it is written to, and how it was: plain data, to be kept where a later run
 * finds it should this one die.
 */
export type UndoNote = AppOpNote | StagesNote;

/** A permission that was lent. */
export interface AppOpNote {
  readonly kind: 'app-op';
  readonly deviceId: string;
  /** Whose, which, and the mode it had. */
  readonly package: string;
  readonly op: string;
  readonly mode: string;
}

/** Files are on their way: what lies in these folders under the name of a stage is of nobody when no run is under way. */
export interface StagesNote {
  readonly kind: 'stages';
  readonly deviceId: string;
  /** Volumes' ids and names below them, joined by `/`. */
  readonly folders: readonly string[];
}

/** Keeps notes of what is to be undone. A note that `remember` resolved for survives the end of this process. */
export interface UndoNotes {
  /** Those that were remembered and not forgotten, by this run or by one that died. */
  pending(): Promise<readonly UndoNote[]>;
  remember(note: UndoNote): Promise<void>;
  forget(note: UndoNote): Promise<void>;
}
