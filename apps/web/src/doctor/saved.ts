import type { Run } from '@holdfast/contract/api';

/** How far saving a phone's photos with Holdfast is. */
export type Saved =
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'under-way'; readonly run: Run }
  | { readonly kind: 'saved'; readonly backup: Run }
  /** Compared with the phone after it was saved. */
  | { readonly kind: 'compared'; readonly backup: Run; readonly audit: Run };

/** Where that stands, by the runs of a device. */
export function savedBy(runs: readonly Run[]): Saved {
  const busy = runs.find(({ kind, ended }) => ended === undefined && (kind === 'backup' || kind === 'audit'));
  if (busy !== undefined) return { kind: 'under-way', run: busy };
  const done = runs
    .filter(({ state, ended }) => state.kind === 'done' && ended !== undefined)
    .toSorted((a, b) => Date.parse(b.ended ?? '') - Date.parse(a.ended ?? ''));
  const backup = done.find(({ kind }) => kind === 'backup');
  if (backup === undefined) return { kind: 'not-yet' };
  const audit = done.find(
    ({ kind, began }) => kind === 'audit' && Date.parse(began) >= Date.parse(backup.ended ?? ''),
  );
  return audit === undefined ? { kind: 'saved', backup } : { kind: 'compared', backup, audit };
}
