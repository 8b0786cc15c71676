import { Failure } from '@holdfast/kernel';

/** Every failure code the command itself throws. */
export const CLI_FAILURES = {
  /** The words after `holdfast` ask for something that is not there, or leave out something that must be. */
  usage: 'cli/usage',
  /** A file that is to be written is there already, or its folder is not. */
  outFile: 'cli/out-file',
  /** Whoever read the output stopped reading: no one is left to tell. */
  outputClosed: 'cli/output-closed',
  /** The output could not be written. */
  output: 'cli/output',
  /** A question was answered with no. */
  declined: 'cli/declined',
  /** The phone that was asked for is not in sight. */
  noPhone: 'cli/no-phone',
  /** More than one phone could be meant. */
  whichPhone: 'cli/which-phone',
  /** The ledger knows no device of that name. */
  unknownDevice: 'cli/unknown-device',
  /** The ledger knows several devices that could be meant. */
  whichDevice: 'cli/which-device',
  /** The person pressed Ctrl-C, or the system asked to stop. */
  interrupted: 'cli/interrupted',
  /** The current folder was removed. */
  folderGone: 'cli/folder-gone',
} as const;

/** The `Failure` for words that cannot be obeyed; `help` is the command whose help page tells more. */
export function usage(sentence: string, help: string | undefined, suggestion?: string): Failure {
  const page = help === undefined ? 'holdfast help' : `holdfast help ${help}`;
  return new Failure(CLI_FAILURES.usage, suggestion === undefined ? sentence : `${sentence} ${suggestion}`, {
    hint: `Run "${page}" to see what it takes.`,
  });
}

/** The `Failure` for a command whose current folder was removed under it. */
export function folderGone(): Failure {
  return new Failure(CLI_FAILURES.folderGone, 'The folder this was started in is gone', {
    hint: 'Change to a folder that is there, and run it again.',
  });
}

/** The reason of an abort that a person or the system asked for. */
export function interrupted(): Failure {
  return new Failure(CLI_FAILURES.interrupted, 'Stopped, as asked', {
    hint: 'Nothing that was stored is lost; run the same command again to go on.',
  });
}

/** The `Failure` for what was ended in the middle of something; `why` says whether that was asked for. */
export function endedAtOnce(why: 'asked' | 'no-answer'): Failure {
  const message =
    why === 'asked' ? 'Stopped at once, as asked' : 'Stopped in the middle of something that does not answer';
  return new Failure(CLI_FAILURES.interrupted, message, {
    hint: 'Run the same command again to go on: what is stored is whole, and the lock that it may have left in the repository is taken away then.',
  });
}
