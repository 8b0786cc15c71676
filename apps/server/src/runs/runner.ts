import type { Balance } from '@holdfast/contract';
import type { Run, RunItem, RunRequest } from '@holdfast/contract/api';

/** What a run does. */
export type RunKind = RunRequest['kind'];

/** Where a run is. */
export type RunPhase = Extract<Run['state'], { kind: 'running' }>['phase'];

/** How far a run is. */
export interface Progress {
  readonly phase: RunPhase;
  readonly items: Run['items'];
  readonly bytes: Run['bytes'];
  readonly balance?: Balance;
  /** The item under way. */
  readonly current?: string | undefined;
  /** It is still being found out what is there already: what an attempt before reached is not counted yet. */
  readonly isFindingOut?: boolean;
}

/** What a runner is given to tell what happens. */
export interface RunTools {
  /** Aborted when the run is to stop soon: what is proved stays, the locks are given back. The runner then throws its reason. */
  readonly signal: AbortSignal;
  /** Tells how far the run is, as often as it likes: the function is called a few times a second. */
  readonly report: (progress: () => Progress) => void;
  /** Tells of an item that was set aside, or of what became of one. */
  readonly setAside: (item: RunItem) => void;
}

/** How a run ended that got to its end. */
export interface RunEnd {
  /** For a person: `12 new items are safe`. */
  readonly sentence: string;
  /** Of a backup. */
  readonly snapshot?: string | undefined;
  /** Of a restore in which something failed: the plan of that. */
  readonly again?: string | undefined;
  /** At its end. */
  readonly progress?: Progress;
}

/**
 * Does one kind of run, from its beginning; a run that was interrupted is begun again and makes use of what there is already. A `Failure` with
 * `retry: 'later'` lets the run wait and go on by itself, where `waitFor` knows what for; any other ends it.
 */
export type Runner<K extends RunKind = RunKind> = (
  request: Extract<RunRequest, { kind: K }>,
  tools: RunTools,
) => Promise<RunEnd>;

/** One for each kind; a kind without one is refused. */
export type Runners = { readonly [K in RunKind]?: Runner<K> };
