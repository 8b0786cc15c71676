import type { ItemKind, ItemState, ReasonCode } from '@holdfast/contract';
import type { CardAction } from '@holdfast/contract/api';

/** What of a device's items is looked at. */
export interface ItemsFilter {
  readonly state?: ItemState | undefined;
  readonly reason?: ReasonCode | undefined;
  readonly kind?: ItemKind | undefined;
}

/** Where a device is shown, or a part of it. */
export const deviceHref = (device: string, tab?: 'items' | 'rules' | 'backups' | 'doctor'): string =>
  `/devices/${encodeURIComponent(device)}${tab === undefined ? '' : `/${tab}`}`;

/** Where the items behind a count are listed. */
export function itemsHref(device: string, filter: ItemsFilter = {}): string {
  const { state, reason, kind } = filter;
  const words = Object.entries({ state, reason, kind }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${deviceHref(device, 'items')}${words.length === 0 ? '' : `?${words.join('&')}`}`;
}

/** Where a run is shown. */
export const runHref = (run: string): string => `/runs/${encodeURIComponent(run)}`;

/** Where a backup is looked at. */
export const backupHref = (backup: string): string => `/backups/${encodeURIComponent(backup)}`;

/** Where an action leads; `undefined` where it does something instead. */
export function hrefOfAction(device: string, action: CardAction): string | undefined {
  switch (action.kind) {
    case 'watch-run':
      return runHref(action.run);
    case 'see-items':
      return itemsHref(device, { state: action.state, reason: action.reason });
    case 'view-backup':
      return backupHref(action.backup);
    case 'back-up':
    case 'resume-run':
    case 'turn-on':
    case 'none':
      return undefined;
  }
}
