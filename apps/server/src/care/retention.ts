import type { Retention, Rules, Settings } from '@holdfast/contract/api';
import { keepsAll, retentionFor } from '@holdfast/home';
import {
  deviceOf,
  type ForgetGroup,
  type ForgetPlan,
  type ForgetPolicy,
  planForget,
  planForgetOf,
  type SnapshotEntry,
} from '@holdfast/repository';

/** By what a plan is made. */
export interface RetentionRules {
  readonly rulesOf: (device: string) => Pick<Rules, 'retention'>;
  readonly settings: Pick<Settings, 'retention'>;
}

/** Of which device, and by what instead of its rules. */
export interface RetentionAsked {
  readonly device?: string | undefined;
  readonly retention?: Retention | undefined;
}

/**
 * Which backups retention lets go, device by device; every device keeps its newest. Backups of other programs stay, and are not in
 * the plan.
 */
export function planRetention(
  snapshots: readonly SnapshotEntry[],
  { device: only, retention: asked }: RetentionAsked,
  { rulesOf, settings }: RetentionRules,
  now: Temporal.Instant,
): ForgetPlan {
  const byDevice = Map.groupBy(snapshots, ({ snapshot }) => deviceOf(snapshot).id);
  const groups: ForgetGroup[] = [];
  for (const [device, entries] of byDevice) {
    if (device === undefined || (only !== undefined && device !== only)) continue;
    const retention = asked ?? retentionFor(rulesOf(device), settings);
    const plan = keepsAll(retention)
      ? planForgetOf(entries, new Set())
      : planForget(entries, policyOf(retention), now);
    groups.push(...plan.groups);
  }
  return { groups };
}

/** How many backups a plan lets go. */
export const removalsOf = ({ groups }: ForgetPlan): number =>
  groups.reduce((sum, { remove }) => sum + remove.length, 0);

/** A count of 0 keeps none for that reason, which is the same as not naming it. */
function policyOf(retention: Retention): ForgetPolicy {
  return Object.fromEntries(Object.entries(retention).filter(([, count]) => (count ?? 0) > 0));
}
