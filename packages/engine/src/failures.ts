import { formatBytes, formatBytesAtLeast } from '@holdfast/contract';
import { Failure, plainText } from '@holdfast/kernel';

/** Every code this package throws; each is made by the function beside it. */
export const ENGINE_FAILURES = ['engine/source-empty', 'engine/no-such-path', 'engine/no-room'] as const;

/** A device that had items lists none: an alarm, not a reason to record an empty backup. */
export const sourceEmpty = (name: string, before: number): Failure =>
  new Failure(
    'engine/source-empty',
    `${name} lists nothing now, and had ${before} items in its last backup`,
    {
      retry: 'later',
      hint: 'Check that the drive or card is there. If it really is meant to be empty, back up with --allow-empty.',
      details: { before },
    },
  );

/** The backup has nothing at that path. */
export const noSuchPath = (path: string): Failure =>
  new Failure('engine/no-such-path', `this backup has nothing at /${plainText(path)}`, {
    hint: 'Look inside with "holdfast ls BACKUP", and give the path as it is shown there.',
    details: { path },
  });

/** The target has less room than what is to be written; `volume` names the part of a device that has. */
export function noRoom(
  target: string,
  { neededBytes, freeBytes, volume }: { neededBytes: number; freeBytes: number; volume?: string },
): Failure {
  const more = formatBytesAtLeast(neededBytes - freeBytes);
  return new Failure(
    'engine/no-room',
    `there is not enough room at ${plainText(target)}: ${more} more are needed, to write ${formatBytes(neededBytes)} with ${formatBytes(freeBytes)} free`,
    {
      retry: 'later',
      hint: `Free ${more} there, choose another target, or restore less at a time.`,
      details: { target, neededBytes, freeBytes, ...(volume !== undefined && { volume }) },
    },
  );
}
