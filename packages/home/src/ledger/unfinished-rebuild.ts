import type { Catalog } from '@holdfast/catalog';

/** The setting that is there from the beginning of a rebuild to its end. */
const REBUILDING = 'rebuild-began';

/** Writes down that the ledger is not all there until {@link endRebuild}. */
export const beginRebuild = (catalog: Catalog, at: Temporal.Instant): Promise<void> =>
  catalog.set(REBUILDING, at.toString());

/** Writes down that it is. */
export const endRebuild = (catalog: Catalog): Promise<void> => catalog.set(REBUILDING, undefined);

/** True when a rebuild began and did not come to its end. */
export const isHalfRebuilt = async (catalog: Pick<Catalog, 'setting'>): Promise<boolean> =>
  (await catalog.setting(REBUILDING)) !== undefined;
