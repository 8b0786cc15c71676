import type { JsonLineOf } from '@holdfast/contract';
import type { AuditSummary } from '@holdfast/engine';
import { type AuditHereEvent, auditHere, type ChosenSource } from '@holdfast/home';
import { shellWord } from '@holdfast/kernel';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import type { Progress } from '#output/progress.ts';
import { sameRepository } from '#output/same-repository.ts';
import { type Screen, shown } from '#output/screen.ts';
import { stopwatch } from '#output/stopwatch.ts';
import { formatBytes, formatCount, formatDuration, plural } from '#output/words.ts';
import { nameOf } from '#phones/name-of.ts';
import { chooseSources } from '#sources/choose-sources.ts';
import { StandingOut } from './standing-out.ts';
import type { AuditGiven } from './table.ts';

type Given = GivenOptions<AuditGiven>;

/** Says what is in no backup. */
export async function run(given: Given, words: readonly string[], context: Context): Promise<ExitCode> {
  const passed = stopwatch(context.world.clock);
  await using chosen = await chooseSources(words, given, context);
  const [device] = chosen.sources;
  if (device === undefined) throw new Error('nothing was chosen');
  const standingOut = new StandingOut(context.screen);
  const events = auditHere(context.host, device, { isThorough: given.all });
  const { summary, damagedParts } = await follow(events, standingOut, context);
  await tellEnd(device, summary, standingOut, { given, word: words[0], seconds: passed() }, context);
  tellDamage(summary.unread + damagedParts, context);
  return summary.notInAnyBackup + summary.cannotTell === 0 ? 0 : 3;
}

async function follow(
  events: AsyncIterable<AuditHereEvent>,
  standingOut: StandingOut,
  { screen }: Context,
): Promise<{ readonly summary: AuditSummary; readonly damagedParts: number }> {
  using view = screen.progress();
  let progress: Progress = { phase: 'Looking', noun: ['item', 'items'], items: { done: 0 } };
  let [items, files, bytes, allFiles, allBytes] = [0, 0, 0, 0, 0];
  let damagedParts = 0;
  for await (const event of events) {
    switch (event.kind) {
      case 'opened':
        ({ damagedParts } = event);
        break;
      case 'looked':
        items += event.items;
        progress = { phase: 'Looking', noun: ['item', 'items'], items: { done: items } };
        break;
      case 'doubtful':
        [allFiles, allBytes] = [event.files, event.bytes];
        break;
      case 'hashed':
        files += 1;
        bytes += event.bytes;
        progress = {
          phase: 'Comparing',
          items: { done: files, total: allFiles },
          bytes: { done: bytes, total: allBytes },
        };
        break;
      case 'item':
        await standingOut.add(event.item);
        break;
      case 'unread':
        break;
      case 'done':
        return { summary: event.summary, damagedParts };
      default:
        event satisfies never;
    }
    view.update(() => progress);
  }
  throw new Error('an audit ended without its summary');
}

async function tellEnd(
  { source, phone }: ChosenSource,
  summary: AuditSummary,
  standingOut: StandingOut,
  {
    given,
    word,
    seconds,
  }: { readonly given: Given; readonly word: string | undefined; readonly seconds: number },
  { host, screen, globals }: Context,
): Promise<void> {
  const { device } = source;
  const line: JsonLineOf<'audit'> = {
    type: 'audit',
    device: { ...device },
    ...summary,
    isThorough: given.all,
    seconds,
  };
  await screen.result(line, describe(await nameOf(device, host), summary, seconds, screen));
  await standingOut.print();
  if (summary.notInAnyBackup === 0) return;
  const name = phone === undefined ? shellWord(word ?? '.') : device.id;
  await screen.text(`\nClose the gap:   holdfast backup ${name}${sameRepository(globals)}`);
}

function describe(
  name: string,
  { found, inBackup, notInAnyBackup, cannotTell, elsewhere, hashed, notInAnyBackupBytes }: AuditSummary,
  seconds: number,
  screen: Screen,
): string {
  const parts = [
    `${formatCount(inBackup)} in a backup`,
    `${formatCount(notInAnyBackup)} in none`,
    `${formatCount(cannotTell)} of which it cannot be told`,
  ];
  const looked = `${plural(hashed, 'file')} compared by content, in ${formatDuration(seconds)}`;
  const details = [
    ...(elsewhere === 0 ? [] : [`${formatCount(elsewhere)} in a backup under another name or path`]),
    ...(notInAnyBackupBytes === 0 ? [] : [`${formatBytes(notInAnyBackupBytes)} in no backup`]),
    looked,
  ];
  return [
    screen.style('bold', shown(name)),
    `found ${formatCount(found)} = ${parts.join(' + ')}`,
    details.join(', '),
  ].join('\n');
}

function tellDamage(parts: number, { screen, globals }: Context): void {
  if (parts === 0) return;
  screen.trouble(
    `${plural(parts, 'part')} of the repository cannot be read: what only they hold counts as in no backup. Run "holdfast check${sameRepository(globals)}".`,
  );
}
