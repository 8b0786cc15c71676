import type { Machine } from '@holdfast/home';

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
export interface World extends Machine {
  readonly stdin: Inlet;
  readonly stdout: Outlet;
  readonly stderr: Outlet;
  /** Where the built web app is, if it is. */
  readonly webFolder: string;
  /** Opens a link in the person's browser: `false` where that cannot be done. Absent: there is none. */
  readonly openLink?: (link: string) => Promise<boolean>;
}
