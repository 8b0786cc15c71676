import type { DiscoverOptions } from '@holdfast/adb';
import type { Clock, RandomBytes } from '@holdfast/kernel';
import type { Identity, IsProcessAlive } from '@holdfast/repository';

/** Everything outside a program, as a parameter: all that a home folder and what is at hand in it depend on. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the folder that relative paths start from. */
  readonly cwd: string;
  readonly platform: string;
  /** The person's own folder. */
  readonly homeFolder: string;
  readonly clock: Clock;
  /** IANA name; times are shown in it, and backups take their day and hour from it. */
  readonly timeZone: string;
  readonly random: RandomBytes;
  readonly identity: Identity;
  /** Tells the locks of programs that have died. */
  readonly isProcessAlive: IsProcessAlive;
  /** What no other process ever has but the one of that number now, whatever the clock says; `undefined` where there is none or nobody tells. */
  readonly processMark?: (pid: number) => string | undefined;
  /** Aborted when the person wants to stop soon: what is under way is finished or undone, the locks are given back. */
  readonly signal: AbortSignal;
  /** Where phones announce themselves; absent: in all networks of this computer. */
  readonly wireless?: Pick<DiscoverOptions, 'addresses' | 'port'>;
  /** Threads that work at once; absent: as many as suit the machine. */
  readonly threads?: number;
}

/** Whom something worth knowing is told, and no result. */
export interface Tell {
  /** What may be left out for somebody who wants quiet. */
  note(text: string): void;
  /** What is missing from the results. */
  trouble(text: string): void;
  /** A password is being tried, which takes another thread some time. */
  trying?(): void;
}

/** A machine, and the repository that is meant on it. */
export interface Host extends Machine {
  /** The repository's folder; absent: `HOLDFAST_REPOSITORY`, or the one in the home folder. */
  readonly repository?: string;
  /** The file with its password; absent: `HOLDFAST_PASSWORD_FILE`, `HOLDFAST_PASSWORD`, or the one in the home folder. */
  readonly passwordFile?: string;
  readonly tell: Tell;
  /** Asks a person; absent where nobody is there to be asked. An empty answer is none. */
  readonly askPassword?: (question: string) => Promise<string>;
}
