import { isFailure } from '@holdfast/kernel';
import type { IndexedRepository } from '@holdfast/repository';

/** What of a repository is read. */
export type SavedBlobs = Pick<IndexedRepository, 'blobs' | 'index'>;

const WHOLE_STORE: readonly string[] = ['store/absent', 'store/denied'];

/** What is wrong with one thing of a repository; throws what is wrong with more than that, or passes. */
export function damageOf(error: unknown): string {
  if (!isFailure(error) || error.retry === 'later' || WHOLE_STORE.includes(error.code)) throw error;
  return error.message;
}
