import type { RepositoryCare, Settings } from '@holdfast/contract/api';
import { careDue } from '@holdfast/engine';

import type { AlertFacts } from '../alerts/facts.ts';
import { fullInDays } from './forecast.ts';
import { historyOf, type Notes } from './notes.ts';
import { readShare } from './parts.ts';
import type { SeenRepository } from './repository-look.ts';

/** How the repository is, for a person. */
export function careView(
  facts: SeenRepository,
  notes: Notes,
  settings: Settings,
  now: Temporal.Instant,
): RepositoryCare {
  const { place, usedBytes, freeBytes, backups, keys, hasRecoveryKit, firstBackup } = facts;
  const { check, drill, prune } = notes;
  const { next } = careDue(now, settings, historyOf(notes, firstBackup));
  const days = freeBytes === undefined ? undefined : fullInDays(notes.sizes, freeBytes);
  return {
    place,
    ...(isMissed(facts, notes) && { isAway: true as const }),
    usedBytes,
    ...(freeBytes !== undefined && { freeBytes }),
    ...(days !== undefined && { fullInDays: days }),
    backups,
    keys,
    ...(check && {
      lastCheck: {
        time: timeOf(check.doneMs),
        isClean: check.findings === 0,
        findings: check.findings,
        readBytes: check.readBytes,
      },
    }),
    readBackShare: readShare(notes.readAt, now.epochMilliseconds),
    ...(drill && {
      lastDrill: {
        time: timeOf(drill.doneMs),
        isGood: drill.isGood,
        items: drill.items,
        sentence: drill.sentence,
      },
    }),
    ...(prune && { lastPrune: { time: timeOf(prune.doneMs), freedBytes: prune.freedBytes } }),
    ...(next.check && { nextCheck: next.check.toString({ smallestUnit: 'second' }) }),
    ...(next.drill && { nextDrill: next.drill.toString({ smallestUnit: 'second' }) }),
    hasRecoveryKit,
  };
}

/** A repository that never was there is not missed. */
const isMissed = ({ isThere, wasThere }: SeenRepository, { sizes }: Notes): boolean =>
  !isThere && (wasThere || sizes.length > 0);

/** What of it alerts are made of. */
export function careFacts(
  facts: SeenRepository,
  notes: Notes,
): Pick<
  AlertFacts,
  | 'isStoreThere'
  | 'freeBytes'
  | 'fullInDays'
  | 'missedFiles'
  | 'lastCheck'
  | 'lastDrill'
  | 'hasBackups'
  | 'hasRecoveryKit'
> {
  const { freeBytes, packs, backups, hasRecoveryKit } = facts;
  const { check, drill, missed, sizes } = notes;
  return {
    isStoreThere: !isMissed(facts, notes),
    freeBytes,
    fullInDays: freeBytes === undefined ? undefined : fullInDays(sizes, freeBytes),
    missedFiles: packs === 0 && backups > 0 ? 'all' : missed,
    lastCheck: check && { isClean: check.findings === 0, findings: check.findings },
    lastDrill: drill && { isGood: drill.isGood, sentence: drill.sentence },
    hasBackups: backups > 0,
    hasRecoveryKit,
  };
}

const timeOf = (ms: number): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: 'second' });
