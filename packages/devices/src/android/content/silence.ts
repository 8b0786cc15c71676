import { ADB_FAILURES, runShell } from '@holdfast/adb';
import { isFailure } from '@holdfast/kernel';
import type { ContentLink } from './content-query.ts';

/** Does nothing on a phone, at once. */
const NOTHING_TO_DO = ['true'];

/**
 * The error to throw for a command that failed: `instead` when it printed without end, or fell silent while the phone still does
 * other things; otherwise the error itself.
 */
export async function unlessSilent(
  { transport, clock }: Pick<ContentLink, 'transport' | 'clock'>,
  error: unknown,
  instead: (said: string) => Error,
  signal?: AbortSignal,
): Promise<unknown> {
  if (isFailure(error, ADB_FAILURES.outputTooLarge)) return instead(error.message);
  if (!isFailure(error, ADB_FAILURES.stalled)) return error;
  try {
    await runShell(transport, NOTHING_TO_DO, { ...(clock && { clock }), ...(signal && { signal }) });
    return instead(error.message);
  } catch {
    signal?.throwIfAborted();
    return error;
  }
}
