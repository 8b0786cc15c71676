import { openHere } from '@holdfast/home';
import { plainText } from '@holdfast/kernel';
import { type KeyEntry, listKeys } from '@holdfast/repository';
import { parseTime, shortId } from '@holdfast/restic-format';
import type { GivenOptions, NoOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { shown } from '#output/screen.ts';
import { formatMoment } from '#output/words.ts';

/** Lists keys. */
export async function run(
  _given: GivenOptions<NoOptions>,
  _words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { screen, world } = context;
  const { repository } = await openHere(context.host);
  for (const key of await listKeys(repository, world.signal)) {
    await screen.result({ type: 'key', ...key }, describe(key, world.timeZone));
  }
  return 0;
}

function describe(
  { id, created, hostname, username, isCurrent, problem }: KeyEntry,
  timeZone: string,
): string {
  const madeNs = created === undefined ? undefined : parseTime(created);
  const made = madeNs === undefined ? '' : formatMoment(madeNs, timeZone);
  const maker = hostname === undefined ? '' : `${username ?? ''}@${hostname}`;
  const remarks = [
    ...(isCurrent ? ['in use'] : []),
    ...(problem === undefined ? [] : [`damaged: ${plainText(problem)}`]),
  ];
  return [shortId(id), made, shown(maker), ...remarks].filter((part) => part !== '').join('  ');
}
