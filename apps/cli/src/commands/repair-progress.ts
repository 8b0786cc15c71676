import type { RepairProgress } from '@holdfast/repository';
import type { Progress } from '#output/progress.ts';

const PHASES: Readonly<Record<RepairProgress['phase'], string>> = {
  salvage: 'Saving again what is whole',
  index: 'Writing the index',
  remove: 'Removing damaged packs',
};

/** How far a repair is, for a progress view. */
export function repairProgress({ phase, done, total }: RepairProgress): Progress {
  return {
    phase: PHASES[phase],
    noun: phase === 'index' ? ['index', 'indexes'] : ['pack', 'packs'],
    items: { done, total },
  };
}
