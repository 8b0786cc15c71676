import type { Alarm, Catalog, DeviceBalance, KnownDevice } from '@holdfast/catalog';
import {
  type CapabilityReport,
  ITEM_KINDS,
  ITEM_TYPES,
  type ItemKind,
  type ItemType,
} from '@holdfast/contract';
import type { Card, DeviceDetail, Rules } from '@holdfast/contract/api';
import { TYPE_OF_FILE } from '@holdfast/devices';

const TYPE_OF_KIND: Readonly<Record<ItemKind, ItemType>> = {
  ...TYPE_OF_FILE,
  contact: 'contacts',
  message: 'messages',
  call: 'calls',
  event: 'calendar',
  app: 'apps',
  setting: 'settings',
};

/** A device with all that a person can set and see of it. */
export function detailOf(
  card: Card,
  known: KnownDevice,
  rules: Rules,
  balance: DeviceBalance,
  alarms: readonly Alarm[],
  capabilities: CapabilityReport | undefined,
): DeviceDetail {
  return {
    card,
    facts: Object.fromEntries(Object.entries(known.facts).map(([name, value]) => [name, String(value)])),
    rules,
    types: ITEM_TYPES.map((type) => countOf(type, balance)).filter(
      ({ items, type }) => items > 0 || capabilities?.types.some((one) => one.type === type),
    ),
    ...(capabilities !== undefined && {
      capabilities: capabilities.types.map(({ type, canRead, readNotes, canGiveBack, giveBackNotes }) => ({
        type,
        canRead,
        readNotes: readNotes.map((note) => ({ ...note })),
        canGiveBack,
        giveBackNotes: giveBackNotes.map((note) => ({ ...note })),
      })),
    }),
    alarms: alarms.map(({ kind, before, now, since }) => ({ kind, before, now, since: since.toString() })),
  };
}

function countOf(type: ItemType, { byKind }: DeviceBalance): DeviceDetail['types'][number] {
  const kinds = ITEM_KINDS.filter((kind) => TYPE_OF_KIND[kind] === type);
  return {
    type,
    items: kinds.reduce((sum, kind) => sum + (byKind[kind]?.found ?? 0), 0),
    verified: kinds.reduce((sum, kind) => sum + (byKind[kind]?.verified ?? 0), 0),
  };
}

/** Where what a phone gives and takes is kept: in the catalog, which is a cache too. */
const keyOf = (device: string): string => `capabilities:${device}`;

/** Keeps what a phone gives and takes. */
export const keepCapabilities = (
  catalog: Pick<Catalog, 'set'>,
  device: string,
  report: CapabilityReport,
): Promise<void> => catalog.set(keyOf(device), JSON.stringify(report));

/** What a phone gave and took when it was last asked. */
export async function keptCapabilities(
  catalog: Pick<Catalog, 'setting'>,
  device: string,
): Promise<CapabilityReport | undefined> {
  const text = await catalog.setting(keyOf(device));
  return text === undefined ? undefined : (JSON.parse(text) as CapabilityReport);
}
