import {
  check,
  type Finding,
  type IndexedRepository,
  isDamage,
  type LoadIndexOptions,
  loadIndex,
  type OpenRepository,
  planPrune,
  planRepairIndex,
  planRepairPacks,
  planRepairSnapshots,
  planUnlock,
  prune,
  repairIndex,
  repairPacks,
  repairSnapshots,
  repairsForAll,
  unlock,
} from '@holdfast/repository';

/** Repairs make others possible, at most so often in turn. */
const MOST_ROUNDS = 3;

/** Everything `check --read-data` finds, where every process that holds a lock is at work. */
export async function findingsIn(opened: OpenRepository, options: LoadIndexOptions): Promise<Finding[]> {
  await using repository = await loadIndex(opened, { ...options, tolerate: true });
  const findings: Finding[] = [];
  for await (const event of check(repository, { readData: 'all', isProcessAlive: () => true }))
    if (event.kind === 'finding') findings.push(event.finding);
  return findings;
}

/** Does what a finding's repair command says, as the program would. */
export async function runRepair(
  command: string,
  opened: OpenRepository,
  options: LoadIndexOptions,
): Promise<void> {
  const [, verb = '', what = '', ...ids] = command.split(' ');
  if (verb === 'keys' && what === 'remove') return opened.store.remove({ kind: 'key', name: ids[0] ?? '' });
  if (verb === 'unlock') {
    await unlock(opened, await planUnlock(opened, { all: what === '--all', isProcessAlive: () => true }));
    return;
  }
  await using repository = await loadIndex(opened, { ...options, tolerate: true });
  for await (const _ of await steps(repository, verb === 'repair' ? what : verb, ids));
}

async function steps(
  repository: IndexedRepository,
  what: string,
  ids: readonly string[],
): Promise<AsyncIterable<unknown>> {
  switch (what) {
    case 'index':
      return repairIndex(repository, await planRepairIndex(repository));
    case 'packs':
      return repairPacks(repository, await planRepairPacks(repository, ids));
    case 'snapshots':
      return repairSnapshots(repository, await planRepairSnapshots(repository, { forget: true }));
    case 'prune':
      return prune(repository, await planPrune(repository));
    default:
      throw new RangeError(`nobody knows how to do this: ${what}`);
  }
}

/** Checks, does what is advised, and again, until nothing is damaged; gives the commands. Throws when that does not end. */
export async function repairAsAdvised(opened: OpenRepository, options: LoadIndexOptions): Promise<string[]> {
  const commands: string[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const findings = (await findingsIn(opened, options)).filter(isDamage);
    if (findings.length === 0) return commands;
    const advised = repairsForAll(findings);
    if (advised.length === 0) break;
    for (const command of advised) await runRepair(command, opened, options);
    commands.push(...advised);
  }
  const left = (await findingsIn(opened, options)).filter(isDamage).map(({ kind }) => kind);
  if (left.length > 0) throw new Error(`after ${commands.join(', ') || 'nothing'} there is: ${left.join()}`);
  return commands;
}
