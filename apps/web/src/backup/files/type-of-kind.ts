import type { ItemKind, ItemType } from '@holdfast/contract';

const TYPES: Readonly<Record<ItemKind, ItemType>> = {
  photo: 'photos',
  video: 'videos',
  audio: 'audio',
  document: 'documents',
  file: 'other',
  contact: 'contacts',
  message: 'messages',
  call: 'calls',
  event: 'calendar',
  app: 'apps',
  setting: 'settings',
};

/** Gives the type that things of a kind are chosen by. */
export function typeOfKind(kind: ItemKind): ItemType {
  return TYPES[kind];
}
