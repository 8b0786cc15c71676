import { type Android, SDK } from './android.ts';
import type { Call } from './call.ts';

/** What a service of Android throws; a command prints it. */
export class JavaException extends Error {
  /** With its package, as it is printed. */
  readonly className: string;

  constructor(className: string, message: string) {
    super(message);
    this.className = className;
  }
}

export const securityException = (message: string): JavaException =>
  new JavaException('java.lang.SecurityException', message);

export const illegalArgument = (message: string): JavaException =>
  new JavaException('java.lang.IllegalArgumentException', message);

export const illegalState = (message: string): JavaException =>
  new JavaException('java.lang.IllegalStateException', message);

/** The text of a trace: what was thrown, and frames of which only the form matters. */
export const traceOf = ({ className, message }: JavaException): string =>
  `${className}: ${message}\n\tat android.os.Parcel.createExceptionOrNull(Parcel.java:3057)\n\tat android.os.Parcel.readException(Parcel.java:3025)\n`;

/**
 * Runs a service's command. What it throws goes to standard error and makes the exit code 255, in the words of the release:
 * AOSP ShellCommand.java up to 10, BasicShellCommandHandler.java from 11 on.
 */
export async function serviceCommand(
  call: Call,
  action: string,
  run: () => Promise<number>,
): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof JavaException)) throw error;
    await call.complain(thrownText(call.android, action, error));
    return 255;
  }
}

function thrownText({ release }: Android, action: string, error: JavaException): string {
  if (SDK[release] >= 30) return `\nException occurred while executing '${action}':\n${traceOf(error)}`;
  if (error.className === 'java.lang.SecurityException')
    return `Security exception: ${error.message}\n\n${traceOf(error)}`;
  return `\nException occurred while executing:\n${traceOf(error)}`;
}
