import { formatBytes } from '@holdfast/contract';
import { factOf, type PhotosFacts, type StorageFacts } from '../photos-facts.ts';
import { entry } from './entry.ts';

const MB = 1_000_000;

/** Below it hardly anything can be written any more. */
const FULL_BYTES = 100 * MB;

/** Below 500 MB Android calls storage low and stops work that waits; and a film may need more to fit once more, smaller. */
const LOW_BYTES = 1500 * MB;

function freeBelow(facts: PhotosFacts, least: number, most: number): StorageFacts | undefined {
  const storage = factOf(facts, 'storage');
  return storage !== undefined && storage.freeBytes >= least && storage.freeBytes < most
    ? storage
    : undefined;
}

/** About room on the phone. */
export const STORAGE_COMPLAINTS = [
  entry({
    code: 'storage-full',
    severity: 'blocking',
    title: 'The phone’s storage is full',
    seen: (facts) => freeBelow(facts, 0, FULL_BYTES),
    explain: (storage) =>
      `Only ${formatBytes(storage.freeBytes)} are free on the phone. Google Photos cannot prepare what it uploads, and Android stops work in the background.`,
    fix: () => 'Make room: remove what is already backed up, or apps you do not use.',
    probes: ['storage'],
    fixes: ['clear-cache', 'free-space'],
  }),
  entry({
    code: 'storage-low',
    severity: 'warning',
    title: 'There is little room on the phone',
    seen: (facts) => freeBelow(facts, FULL_BYTES, LOW_BYTES),
    explain: (storage) =>
      `${formatBytes(storage.freeBytes)} are free on the phone. Below 500 MB Android holds back work in the background, and to make videos smaller before uploading Google Photos needs room for a copy.`,
    fix: () => 'Make room for a few gigabytes.',
    probes: ['storage'],
    fixes: ['free-space'],
  }),
];
