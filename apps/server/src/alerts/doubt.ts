import type { Alert } from '@holdfast/contract/api';

/** Alerts while which nobody knows whether what was saved is still there, or what the ledger says of it right. */
const DOUBTS: ReadonlySet<string> = new Set([
  'store-closed',
  'store-missing',
  'files-missed',
  'damage',
  'drill-failed',
  'ledger-gone',
  'ledger-damaged',
]);

/** The first alert that puts all backups in doubt; `undefined`: what is said to be safe is. */
export const doubtOf = (alerts: readonly Alert[]): Alert | undefined =>
  alerts.find(({ id }) => DOUBTS.has(id));
