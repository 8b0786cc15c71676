import { Failure } from '@holdfast/kernel';

/** Every failure code this package throws. */
export const CONTENTS_FAILURES = {
  /** The index of a backup can be neither made nor read. */
  cache: 'contents/cache',
  /** Nothing in the backup has this number. */
  noEntry: 'contents/missing-entry',
  /** There is no such thread in the backup. */
  noThread: 'contents/missing-thread',
  /** A place to go on from that this backup never gave. */
  badPage: 'contents/bad-page',
} as const;

/** For a number that nothing has. */
export const noEntry = (entry: number): Failure =>
  new Failure(CONTENTS_FAILURES.noEntry, `This backup has nothing with the number ${entry}`, {
    hint: 'Open the backup again.',
    details: { entry },
  });

/** For a thread that is not there. */
export const noThread = (thread: number): Failure =>
  new Failure(CONTENTS_FAILURES.noThread, `This backup has no messages with the number ${thread}`, {
    hint: 'Open the messages of the backup again.',
    details: { thread },
  });

/** For an `after` that no page gave. */
export const badPage = (): Failure =>
  new Failure(CONTENTS_FAILURES.badPage, 'The list cannot be continued from there', {
    hint: 'Load it again from the start.',
  });

/** For what SQLite or the file system say about the index in `folder`. */
export const cacheFailure = (folder: string, cause: unknown): Failure =>
  new Failure(CONTENTS_FAILURES.cache, `What is in the backup cannot be laid out in ${folder}`, {
    hint: 'Make room there, and check that this account may write in it; all in it can be removed at any time.',
    retry: 'later',
    cause,
  });
