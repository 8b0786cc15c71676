import { ITEM_TYPES } from '@holdfast/contract';
import type { Retention, Rules, Settings } from '@holdfast/contract/api';

/** What holds where nobody chose anything: every backup is kept, all of it is read back in a month. */
export const DEFAULT_SETTINGS: Settings = {
  retention: {},
  isRetentionAutomatic: false,
  checkEveryDays: 7,
  drillEveryDays: 30,
  notSeenDays: 7,
  channels: [],
};

/** Rules of a device that nobody chose any for: all of it, and nothing by itself before a person backed it up once. */
export const DEFAULT_RULES: Rules = {
  isOn: false,
  types: [...ITEM_TYPES],
  foldersOff: [],
  items: [],
  onlyCharging: false,
  retention: {},
};

/** What retention holds for a device: its own, or that of all. */
export function retentionFor(
  { retention }: Pick<Rules, 'retention'>,
  settings: Pick<Settings, 'retention'>,
): Retention {
  return keepsAll(retention) ? settings.retention : retention;
}

/** True when nothing is ever let go. */
export const keepsAll = (retention: Retention): boolean =>
  Object.values(retention).every((count) => count === undefined || count === 0);
