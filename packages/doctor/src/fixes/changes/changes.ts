import { appOp, idleExemption, standbyBucket } from './background-changes.ts';
import type { Change, ChangeOf } from './change.ts';
import type { ChangeEntry } from './change-entry.ts';
import { airplaneMode, batterySaver, dataSaverList, meteredWifi, setting, wifi } from './network-changes.ts';
import { enabled, hidden, installed, permission, suspended } from './package-changes.ts';

const ENTRIES: { readonly [Kind in Change['kind']]: ChangeEntry<ChangeOf<Kind>> } = {
  setting,
  'app-op': appOp,
  permission,
  enabled,
  hidden,
  suspended,
  installed,
  'standby-bucket': standbyBucket,
  'idle-exemption': idleExemption,
  'data-saver-list': dataSaverList,
  'battery-saver': batterySaver,
  'airplane-mode': airplaneMode,
  wifi,
  'metered-wifi': meteredWifi,
};

/** How a change is read and set. */
export const entryOf = (change: Change): ChangeEntry => ENTRIES[change.kind] as ChangeEntry;

/** True for something that was read back from where changes are kept: a kind there is, with its own facts. */
export function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const { kind, key, op, name, list, uid, by, ssid } = value as Record<string, unknown>;
  if (typeof kind !== 'string' || !Object.hasOwn(ENTRIES, kind)) return false;
  switch (kind as Change['kind']) {
    case 'setting':
      return typeof key === 'string';
    case 'app-op':
      return typeof op === 'string';
    case 'permission':
      return typeof name === 'string';
    case 'data-saver-list':
      return (list === 'whitelist' || list === 'blacklist') && Number.isSafeInteger(uid);
    case 'battery-saver':
      return by === 'power' || by === 'setting';
    case 'metered-wifi':
      return typeof ssid === 'string';
    default:
      return true;
  }
}
