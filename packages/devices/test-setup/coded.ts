import { isFailure } from '@holdfast/kernel';

/** True for a failure with this code and, where it is given, this reason in its details. */
export const coded =
  (code: string, reason?: string) =>
  (error: unknown): boolean =>
    isFailure(error, code) && (reason === undefined || error.details['reason'] === reason);
