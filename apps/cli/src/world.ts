import type { DiscoverOptions } from '@holdfast/adb';
import type { Clock, RandomBytes } from '@holdfast/kernel';
import type { Identity, IsProcessAlive } from '@holdfast/repository';

/** Where text or bytes go: a stream of the process, or a test's memory. */
export interface Outlet {
  /** A terminal, where a line can be drawn over. */
  readonly isTTY: boolean;
  /** Columns of the terminal; 80 where it is none. */
  readonly columns: number;
  /**
   * Resolves when the next may follow. Rejects with `cli/output-closed` when the reader has gone and `cli/output` when
   * it could not be written.
   */
  write(chunk: string | Uint8Array): Promise<void>;
}

/** Where answers come from. */
export interface Inlet {
  /** Someone is there to be asked. */
  readonly isTTY: boolean;
  /** The answer, without its line end. A secret is not shown while it is typed. */
  ask(
    question: string,
    options: { readonly isSecret: boolean; readonly signal: AbortSignal },
  ): Promise<string>;
}

/** Everything outside the command, as a parameter of `main`. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the folder that relative paths start from. */
  readonly cwd: string;
  readonly platform: string;
  /** The person's own folder. */
  readonly homeFolder: string;
  readonly stdin: Inlet;
  readonly stdout: Outlet;
  readonly stderr: Outlet;
  readonly clock: Clock;
  /** IANA name; times are shown in it, and backups take their day and hour from it. */
  readonly timeZone: string;
  readonly random: RandomBytes;
  readonly identity: Identity;
  /** Tells the locks of programs that have died. */
  readonly isProcessAlive: IsProcessAlive;
  /** Aborted when the person wants to stop soon: what is under way is finished or undone, the locks are given back. */
  readonly signal: AbortSignal;
  /** Where phones announce themselves; absent: in all networks of this computer. */
  readonly wireless?: Pick<DiscoverOptions, 'addresses' | 'port'>;
  /** Threads that work at once; absent: as many as suit the machine. */
  readonly threads?: number;
}
