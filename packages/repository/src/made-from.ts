import type { Id } from '@holdfast/restic-format';
import { outdatedPlan } from './failures.ts';
import type { OpenRepository } from './repository.ts';

/** The files a plan was made from, by name: while they are the same, so is what the plan says. */
export interface MadeFrom {
  readonly indexes: readonly Id[];
  readonly snapshots: readonly Id[];
}

/** What a plan made now is made from. */
export async function filesNow({ store }: OpenRepository, signal?: AbortSignal): Promise<MadeFrom> {
  const names = async (kind: 'index' | 'snapshot'): Promise<Id[]> =>
    (await Array.fromAsync(store.list(kind, signal), ({ name }) => name)).sort();
  return { snapshots: await names('snapshot'), indexes: await names('index') };
}

/** Fails with `repository/plan-outdated` unless index files and snapshots are those the plan was made from. */
export async function assertUnchanged(
  repository: OpenRepository,
  madeFrom: MadeFrom,
  signal?: AbortSignal,
): Promise<void> {
  const now = await filesNow(repository, signal);
  if (!isSame(now.indexes, madeFrom.indexes) || !isSame(now.snapshots, madeFrom.snapshots))
    throw outdatedPlan();
}

const isSame = (a: readonly Id[], b: readonly Id[]): boolean =>
  a.length === b.length && a.every((id, at) => id === b[at]);
