import {
  type Android,
  onStorage,
  phoneFolder,
  type Release,
  samplePhone,
  type Vendor,
} from '@holdfast/testkit/phone';
import { chanceOf } from './chance.ts';
import { addSome } from './new-things.ts';

/** What a story's phone is; the rest is by its seed. */
export interface PhoneTold {
  readonly seed: number;
  readonly release: Release;
  readonly vendor: Vendor;
  readonly files: number;
  readonly messages: number;
  readonly multimedia: number;
  /** People, calls, events and an app, a few of each. */
  readonly hasRecords: boolean;
  readonly hasCard: boolean;
}

/** A phone with few files, all of them odd, and some of everything else. */
export function storyPhone({
  seed,
  release,
  vendor,
  files,
  messages,
  multimedia,
  hasRecords,
  hasCard,
}: PhoneTold): Android {
  const chance = chanceOf(seed);
  const storage = onStorage(phoneFolder({ DCIM: phoneFolder() }), 'shared');
  const card = onStorage(phoneFolder({ Music: phoneFolder() }), 'shared');
  for (let at = 0; at < files; at++) addSome(hasCard && chance.is(0.3) ? card : storage, chance);
  return samplePhone({
    seed,
    release,
    vendor,
    messages,
    multimedia,
    contacts: hasRecords ? 2 : 0,
    calls: hasRecords ? 2 : 0,
    events: hasRecords ? 2 : 0,
    apps: hasRecords ? 1 : 0,
    photos: 0,
    storage,
    ...(hasCard && { card }),
  });
}
