import type { JsonLineOf } from '@holdfast/contract';
import { withBegun } from '@holdfast/home/opening';
import {
  type CheckProgress,
  check,
  describeFinding,
  type Finding,
  type IndexedRepository,
  isDamage,
  readPacksEarly,
  repairsFor,
  repairsForAll,
} from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { usage } from '#failures.ts';
import type { Progress } from '#output/progress.ts';
import { sameRepository } from '#output/same-repository.ts';
import type { Screen } from '#output/screen.ts';
import { stopwatch } from '#output/stopwatch.ts';
import { formatBytes, formatDuration, plural } from '#output/words.ts';
import type { CheckGiven } from './table.ts';

type Given = GivenOptions<CheckGiven>;

/** What was read whole. */
interface ReadSoFar {
  packs: number;
  bytes: number;
}

/** Looks for damage. */
export async function run(given: Given, _words: readonly string[], context: Context): Promise<ExitCode> {
  const { world, screen, globals } = context;
  const { readData: isAll, readDataSubset } = given;
  if (isAll && readDataSubset !== undefined)
    throw usage('"check" takes either --read-data or --read-data-subset, not both.', 'check');
  const readData = isAll ? 'all' : (readDataSubset ?? 'none');
  const { isProcessAlive } = world;
  const passed = stopwatch(world.clock);
  const same = sameRepository(globals);
  const early = {
    prepare: async () => {},
    begin: (indexed: IndexedRepository, _: void, signal: AbortSignal) =>
      isAll ? readPacksEarly(indexed, signal) : undefined,
  };
  return await withBegun(context.host, { tolerate: true }, early, async ({ indexed, begun, signal }) => {
    const damage: Finding[] = [];
    let notes = 0;
    const read: ReadSoFar = { packs: 0, bytes: 0 };
    using progress = screen.progress();
    for await (const event of check(
      indexed,
      { readData, isProcessAlive, ...(begun && { early: begun }) },
      signal,
    )) {
      if (event.kind === 'progress') {
        if (event.phase === 'data') Object.assign(read, { packs: event.done, bytes: event.bytes });
        progress.update(() => progressOf(event));
        continue;
      }
      if (isDamage(event.finding)) damage.push(event.finding);
      else notes += 1;
      await tell(event.finding, same, screen);
    }
    progress.clear();
    await close(damage, notes, { read, seconds: passed() }, same, screen);
    return damage.length === 0 ? 0 : 1;
  });
}

async function tell(finding: Finding, same: string, screen: Screen): Promise<void> {
  const sentence = describeFinding(finding);
  const repairs = repairsFor(finding);
  const line: JsonLineOf<'finding'> = {
    type: 'finding',
    isDamage: isDamage(finding),
    sentence,
    repairs: [...repairs],
    finding: { ...finding },
  };
  const word = isDamage(finding) ? screen.style('red', 'damage') : screen.style('dim', 'note  ');
  await screen.result(
    line,
    [`${word}  ${sentence}`, ...repairs.map((command) => `        → ${command}${same}`)].join('\n'),
  );
}

async function close(
  damage: readonly Finding[],
  notes: number,
  { read, seconds }: { readonly read: ReadSoFar; readonly seconds: number },
  same: string,
  screen: Screen,
): Promise<void> {
  const repairs = repairsForAll(damage);
  const proved =
    read.packs === 0 ? '' : ` ${plural(read.packs, 'pack')} (${formatBytes(read.bytes)}) read whole.`;
  const noted = notes === 0 ? '' : ` ${plural(notes, 'note')}, which ${notes === 1 ? 'does' : 'do'} no harm.`;
  const time = formatDuration(seconds);
  const text =
    damage.length === 0
      ? [`${screen.style('green', 'No damage found')} in ${time}.${proved}${noted}`]
      : [
          `\n${screen.style('red', `${plural(damage.length, 'piece')} of damage found`)} in ${time}.${proved}${noted}`,
          ...(repairs.length === 0
            ? ['No command undoes it: keep what is there, and back up to another drive.']
            : ['To repair it, run in this order:', ...repairs.map((command) => `  ${command}${same}`)]),
        ];
  await screen.result({ type: 'check', damage: damage.length, notes, repairs, seconds }, text.join('\n'));
}

const PHASES: Readonly<Record<CheckProgress['phase'], readonly [phase: string, one: string, many: string]>> =
  {
    files: ['Looking at keys and locks', 'file', 'files'],
    indexes: ['Reading the index', 'index file', 'index files'],
    packs: ['Looking at packs', 'pack', 'packs'],
    trees: ['Reading folders', 'folder', 'folders'],
    data: ['Reading data', 'pack', 'packs'],
  };

function progressOf({ phase, done, total, bytes, totalBytes }: CheckProgress): Progress {
  const [words, one, many] = PHASES[phase];
  return {
    phase: words,
    noun: [one, many],
    items: { done, total },
    ...(totalBytes > 0 && { bytes: { done: bytes, total: totalBytes } }),
  };
}
