import type { JsonLineOf } from '@holdfast/contract';
import type { Loss, RepairSnapshotsPlan, SnapshotRepair } from '@holdfast/repository';
import { type Id, shortId } from '@holdfast/restic-format';
import { type Screen, shown } from '#output/screen.ts';
import { formatBytes } from '#output/words.ts';

type Action = JsonLineOf<'repair-snapshot-plan'>['action'];

/** Prints what becomes of every backup that is damaged, and each path that has lost something. */
export async function showPlan(plan: RepairSnapshotsPlan, screen: Screen): Promise<void> {
  const { repairs, misnamed, hopeless, forget } = plan;
  for (const repair of repairs) {
    await show(repair.snapshot, ...repairWords(repair, forget), screen);
    for (const loss of repair.losses) await showLoss(repair.snapshot, loss, screen);
  }
  for (const { file, snapshot } of misnamed)
    await show(file, 'rename', `is whole, and gets its right name, ${shortId(snapshot)}.`, screen);
  for (const { snapshot, reason } of hopeless) {
    const why = reason === 'unreadable' ? 'cannot be read' : 'has lost its root folder, and everything in it';
    await show(
      snapshot,
      forget ? 'remove' : 'none',
      `${why}: ${forget ? 'it goes' : 'only --forget removes it'}.`,
      screen,
    );
  }
}

function repairWords({ losses, repairedBefore }: SnapshotRepair, forget: boolean): [Action, string] {
  const old = forget ? ', then it goes' : '';
  if (repairedBefore !== undefined)
    return [
      forget ? 'remove' : 'none',
      `was saved again before, as ${shortId(repairedBefore)}${forget ? ': it goes' : ''}.`,
    ];
  if (losses.length === 0) return ['save-again', 'has lost nothing, but its folders have to be saved again.'];
  return ['replace', `is saved again without what it has lost${old}:`];
}

function show(snapshot: Id, action: Action, words: string, screen: Screen): Promise<void> {
  return screen.result(
    { type: 'repair-snapshot-plan', snapshot, action },
    `Backup ${shortId(snapshot)} ${words}`,
  );
}

async function showLoss(snapshot: Id, loss: Loss, screen: Screen): Promise<void> {
  const { kind, path } = loss;
  const sentence = describe(loss);
  await screen.result({ type: 'loss', snapshot, kind, path, sentence }, `  ${shown(path)}: ${sentence}`);
}

function describe(loss: Loss): string {
  switch (loss.kind) {
    case 'content-lost':
      return `${formatBytes(loss.keptBytes)} of ${formatBytes(loss.sizeBytes)} are left.`;
    case 'folder-lost':
      return 'The folder is lost with all that is in it; an empty one stays.';
    case 'entry-dropped':
      return 'It is of a kind this version does not know, and is left out.';
    case 'size-corrected':
      return `Nothing is lost: it has ${loss.contentBytes} bytes, not ${loss.sizeBytes}.`;
    default:
      return loss satisfies never;
  }
}
