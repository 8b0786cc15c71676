import type { ItemType } from '@holdfast/contract';
import type { BackupContents } from '@holdfast/contract/api';
import type { Weight } from './selection/selection.ts';

type Types = (BackupContents & { kind: 'ready' })['types'];

/** Parts of a backup that have a tab of their own, in the order of the tabs. */
const TABS = [
  { tab: 'photos', label: 'Photos & videos', types: ['photos', 'videos'] },
  { tab: 'messages', label: 'Messages', types: ['messages'] },
  { tab: 'contacts', label: 'Contacts', types: ['contacts'] },
  { tab: 'calls', label: 'Calls', types: ['calls'] },
  { tab: 'calendar', label: 'Calendar', types: ['calendar'] },
  { tab: 'apps', label: 'Apps', types: ['apps'] },
  { tab: 'settings', label: 'Settings', types: ['settings'] },
  { tab: 'files', label: 'Files', types: ['photos', 'videos', 'audio', 'documents', 'other'] },
] as const satisfies readonly { tab: string; label: string; types: readonly ItemType[] }[];

/** The word of a tab in an address. */
export type TabName = (typeof TABS)[number]['tab'];

/** Gives the tabs that have something in them, and how much. */
export function tabsWith(types: Types): { tab: TabName; label: string; items: number }[] {
  return TABS.map(({ tab, label, types: own }) => ({ tab, label, items: sum(types, own) })).filter(
    ({ items }) => items > 0,
  );
}

/** Gives how much there is of some types. */
export function weightsOf(types: Types, wanted: readonly ItemType[]): Map<ItemType, Weight> {
  const entries = types
    .filter(({ type }) => wanted.includes(type))
    .map(({ type, items, bytes }) => [type, { items, ...(bytes === undefined ? {} : { bytes }) }] as const);
  return new Map(entries);
}

function sum(types: Types, wanted: readonly ItemType[]): number {
  return types.reduce((total, { type, items }) => total + (wanted.includes(type) ? items : 0), 0);
}
